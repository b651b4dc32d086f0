/**
 * The judge of all gradients, judged: it accepts what is right, finds what is wrong, and says where.
 */
import { describe, expect, test } from 'vitest';
import { customOperation, gradCheck, gradGradCheck, type Tensor, tensor } from '../../core';
import '../support/gradcheck';

const leaf = (values: number[] | number[][]): Tensor => tensor(values, { dtype: 'float64', requiresGrad: true });

/** A square whose gradient is multiplied by something. */
const square = (factor: (x: Tensor) => Tensor) =>
  customOperation('square', {
    forward: (x) => x.mul(x),
    backward: ([x]) => ({ saves: [x], gradients: [(g) => g.mul(x).mul(2).mul(factor(x))] }),
  });

describe('gradCheck', () => {
  test('accepts a right gradient and says how much it compared', () => {
    const { passed, checked, message } = gradCheck(
      square((x) => x.mul(0).add(1)),
      [leaf([1, 2, -3])],
    );
    expect(passed).toBe(true);
    expect(checked).toBe(3);
    expect(message).toMatch(
      /^gradCheck: 3 elements agree \(furthest apart: element \d of input 0 \[3\]: backward says /,
    );
  });

  test('finds one wrong element among many and names it', () => {
    const wrongAt3 = square((x) => x.eq(3).mul(0.001).add(1).to('float64'));
    const { passed, worst, message } = gradCheck(wrongAt3, [
      leaf([
        [1, 2],
        [3, 4],
      ]),
    ]);
    expect(passed).toBe(false);
    expect(worst).toMatchObject({ input: 0, element: 2 });
    expect(worst?.numeric).not.toBe(0);
    expect((worst?.analytic ?? 0) / (worst?.numeric ?? 1)).toBeCloseTo(1.001, 6);
    expect(message).toMatch(
      /^gradCheck: wrong gradient at element 2 of input 0 \[2,2\]: backward says \S+, differences say \S+$/,
    );
  });

  test('names the input', () => {
    const wrongSecond = customOperation('product', {
      forward: (a, b) => a.mul(b),
      backward: ([a, b]) => ({ saves: [a, b], gradients: [(g) => g.mul(b), (g) => g.mul(b)] }),
    });
    expect(gradCheck(wrongSecond, [leaf([1, 2]), leaf([3, 4])]).worst?.input).toBe(1);
  });

  test('is not fooled by outputs whose sum is constant, such as those of a softmax', () => {
    const careless = customOperation('softmax', {
      forward: (x) => x.softmax(),
      backward: ([x]) => ({ saves: [x], gradients: [(g) => g.mul(0)] }),
    });
    expect(gradCheck(careless, [leaf([1, 2, 3])]).passed).toBe(false);
  });

  test('checks every output', () => {
    const halfRight = (x: Tensor): Tensor[] => [x.mul(2), square(() => tensor(2, { dtype: 'float64' }))(x)];
    expect(gradCheck(halfRight, [leaf([1, 2])]).passed).toBe(false);
  });

  test('a gradient that is NaN is wrong', () => {
    const nowhere = square((x) => x.mul(0).log().mul(0));
    const { passed, worst } = gradCheck(nowhere, [leaf([1, 2])]);
    expect(passed).toBe(false);
    expect(worst?.analytic).toBeNaN();
  });

  test('a result cut off from its inputs is wrong', () => {
    expect(gradCheck((x) => x.detach().mul(2), [leaf([1, 2])]).passed).toBe(false);
  });

  test('inputs that want no gradient are left alone, also whole numbers', () => {
    const index = tensor([1, 0], { dtype: 'int32' });
    expect(gradCheck((x, i) => x.gather(0, i), [leaf([1, 2]), index]).checked).toBe(2);
  });

  test('leaves the inputs as they were', () => {
    const x = leaf([1, 2]);
    gradCheck((y) => y.mul(y), [x]);
    expect(x.arraySync()).toEqual([1, 2]);
    expect(x.grad).toBeNull();
  });

  test('takes its tolerances from the caller', () => {
    const aThousandthOff = square(() => tensor(1.001, { dtype: 'float64' }));
    expect(gradCheck(aThousandthOff, [leaf([1, 2])], { relative: 0.01 }).passed).toBe(true);
  });

  test('compares nothing where there is nothing', () => {
    expect(gradCheck((x) => x.mul(2), [leaf([])])).toEqual({
      passed: true,
      checked: 0,
      worst: null,
      message: 'gradCheck: the inputs are empty, nothing was compared',
    });
  });

  test('refuses inputs it cannot judge by', () => {
    const message = (inputs: Tensor[]) => () => gradCheck((x) => x, inputs);
    expect(message([tensor([1], { dtype: 'float64' })])).toThrow(
      new Error('gradCheck: none of the inputs wants a gradient (requiresGrad)'),
    );
    expect(message([tensor([1], { requiresGrad: true })])).toThrow(
      new Error("gradCheck: input 0 is float32; differences need double precision: make it with { dtype: 'float64' }"),
    );
  });
});

describe('gradGradCheck', () => {
  const cube = (secondOrder: boolean) =>
    customOperation('cube', {
      forward: (x) => x.mul(x).mul(x),
      backward: ([x]) => ({ saves: [x], gradients: [(g) => g.mul((secondOrder ? x : x.detach()).mul(x).mul(3))] }),
    });

  test('accepts a gradient that is itself differentiated rightly', () => {
    expect(gradGradCheck(cube(true), [leaf([1, -2])]).passed).toBe(true);
  });

  test('finds a gradient that is right in value and wrong in its own gradient', () => {
    expect(gradCheck(cube(false), [leaf([1, -2])]).passed).toBe(true);
    expect(gradGradCheck(cube(false), [leaf([1, -2])]).passed).toBe(false);
  });
});

describe('toPassGradCheck', () => {
  const complaint = (fn: (x: Tensor) => Tensor, values = [1, 2]): string => {
    try {
      expect(fn).toPassGradCheck([leaf(values)]);
    } catch (error) {
      return (error as Error).message;
    }
    return 'passed';
  };
  const scaled = (factor: number) => square(() => tensor(factor, { dtype: 'float64' }));

  test('passes and fails', () => {
    expect((x: Tensor) => x.tanh()).toPassGradCheck([leaf([1, 2])]);
    expect((x: Tensor) => x.detach()).not.toPassGradCheck([leaf([1, 2])]);
    expect(scaled(1.001)).toPassGradCheck([leaf([1, 2])], { relative: 0.01 });
  });

  test.each([
    [-1, 'It has the wrong sign.'],
    [2, 'It is 2 times too large: counted twice, or a mean taken for a sum?'],
    [1 / 3, 'It is 3 times too small: is a part left out, or a sum taken for a mean?'],
    [0, 'No gradient arrives here: is a result detached, computed in noGrad, or a branch left out?'],
    [NaN, 'Backward makes a NaN here; detectAnomaly() names the operation.'],
  ])('a gradient %d times what it should be', (factor, reason) => {
    const [where, why] = complaint(scaled(factor)).split('\n');
    expect(where).toMatch(
      /^gradCheck: wrong gradient at element \d of input 0 \[2\]: backward says \S+, differences say \S+$/,
    );
    expect(why).toBe(reason);
  });

  test('a gradient where the value does not depend', () => {
    const constant = customOperation('constant', {
      forward: (x) => x.mul(0),
      backward: () => ({ gradients: [(g) => g] }),
    });
    expect(complaint(constant)).toContain('The value does not depend on this element at all');
  });

  test('says only where, when there is no pattern', () => {
    expect(complaint(scaled(1.37))).not.toContain('\n');
  });
});
