/**
 * Looking at gradients in passing: registerHook and retainGrad; and operations with a gradient of one's own.
 */
import { describe, expect, test } from 'vitest';
import { customOperation, type Tensor, tensor } from '../../core';
import '../support/gradcheck';

const leaf = (values: number | number[]): Tensor => tensor(values, { dtype: 'float64', requiresGrad: true });
const gradOf = (t: Tensor) => t.grad?.arraySync() ?? null;

describe('registerHook', () => {
  test('sees the whole gradient of a result once, summed over all its uses', () => {
    const x = leaf(2);
    const y = x.mul(3);
    const seen: number[] = [];
    y.registerHook((g) => {
      seen.push(g.itemSync());
      return undefined;
    });
    y.mul(5).add(y.mul(7)).backward();
    expect(seen).toEqual([12]);
    expect(gradOf(x)).toBe(36);
  });

  test('may put another gradient in its place', () => {
    const x = leaf(2);
    const y = x.mul(3);
    y.registerHook((g) => g.mul(10));
    y.backward();
    expect(gradOf(x)).toBe(30);
  });

  test('works on a beginning too, before the gradient is added to .grad', () => {
    const x = leaf(2);
    x.registerHook((g) => g.neg());
    x.mul(3).backward();
    x.mul(4).backward();
    expect(gradOf(x)).toBe(-7);
  });

  test('several run in order, each seeing what the one before made', () => {
    const x = leaf(2);
    const y = x.mul(1);
    y.registerHook((g) => g.add(1));
    y.registerHook((g) => g.mul(10));
    y.backward();
    expect(gradOf(x)).toBe(20);
  });

  test('can be removed', () => {
    const x = leaf(2);
    const remove = x.registerHook((g) => g.mul(10));
    x.mul(1).backward();
    remove();
    remove();
    x.mul(1).backward();
    expect(gradOf(x)).toBe(11);
  });

  test('what it saw may be kept', () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    const kept: Tensor[] = [];
    y.registerHook((g) => {
      kept.push(g);
      return undefined;
    });
    y.mul(y).sum().backward();
    expect(kept[0].arraySync()).toEqual([6, 12]);
  });

  test('needs a tensor that wants a gradient', () => {
    expect(() => tensor(1).registerHook(() => undefined)).toThrow(
      new Error('registerHook: this tensor wants no gradient'),
    );
  });
});

describe('retainGrad', () => {
  test('keeps the gradient of a result', () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    y.retainGrad();
    y.mul(y).sum().backward();
    expect(gradOf(y)).toEqual([6, 12]);
    expect(gradOf(x)).toEqual([18, 36]);
  });

  test('of the result that backward starts from', () => {
    const y = leaf(2).mul(3);
    y.retainGrad();
    y.backward();
    expect(gradOf(y)).toBe(1);
  });

  test('changes nothing for a beginning, which keeps its gradient anyway', () => {
    const x = leaf(2);
    x.retainGrad();
    x.mul(3).backward();
    expect(gradOf(x)).toBe(3);
  });

  test('needs a tensor that wants a gradient', () => {
    expect(() => tensor(1).retainGrad()).toThrow(new Error('retainGrad: this tensor wants no gradient'));
  });
});

describe('customOperation', () => {
  const cube = customOperation('cube', {
    forward: (x) => x.mul(x).mul(x),
    backward: ([x]) => ({ saves: [x], gradients: [(g) => g.mul(x).mul(x).mul(3)] }),
  });

  test('computes forward without a tape and backward by its own rule', () => {
    const x = leaf([1, 2]);
    const y = cube(x);
    expect(y.node?.name).toBe('cube');
    expect(y.node?.inputs).toEqual([x]);
    expect(cube).toPassGradCheck([leaf([1, -2])]);
  });

  test('records nothing inside its forward', () => {
    let recorded: boolean | null = null;
    const watched = customOperation('watched', {
      forward: (x) => {
        const y = x.mul(2);
        recorded = y.requiresGrad;
        return y;
      },
      backward: () => ({ gradients: [(g) => g.mul(2)] }),
    });
    watched(leaf([1]));
    expect(recorded).toBe(false);
  });

  test('its gradient has a gradient', () => {
    expect((x: Tensor) => cube(cube(x))).toPassGradCheck([leaf([0.5, -0.5])]);
  });

  test('may have a gradient that is not the derivative', () => {
    const straightThrough = customOperation('straightThrough', {
      forward: (x) => x.round(),
      backward: () => ({ gradients: [(g) => g] }),
    });
    const x = leaf([0.4, 1.6]);
    const y = straightThrough(x);
    expect(y.arraySync()).toEqual([0, 2]);
    y.mul(y).sum().backward();
    expect(gradOf(x)).toEqual([0, 4]);
  });

  test('may return its input, which then has a place of its own on the tape', () => {
    const reversal = customOperation('reversal', {
      forward: (x) => x,
      backward: () => ({ gradients: [(g) => g.neg()] }),
    });
    const x = leaf(2);
    reversal(x).mul(3).backward();
    expect(gradOf(x)).toBe(-3);
  });

  test('may leave an input without a gradient, or compute all at once', () => {
    const first = customOperation('first', {
      forward: (a) => a.mul(1),
      backward: () => ({ gradients: [(g) => g, null] }),
    });
    const swapped = customOperation('swapped', {
      forward: (a, b) => a.add(b),
      backward: () => ({ gradients: (g) => [g.mul(2), g.mul(3)] }),
    });
    const [a, b] = [leaf(1), leaf(1)];
    first(a, b).add(swapped(a, b)).backward();
    expect([a, b].map(gradOf)).toEqual([3, 3]);
  });

  test('must name a gradient for each input', () => {
    const short = customOperation('short', {
      forward: (a, b) => a.add(b),
      backward: () => ({ gradients: [(g) => g] }),
    });
    expect(() => short(leaf(1), leaf(2))).toThrow(new Error('short: 2 inputs need as many gradient functions, not 1'));
  });

  test('whose gradient has the wrong shape is an error that names it', () => {
    const wrong = customOperation('wrong', {
      forward: (x) => x.mul(1),
      backward: () => ({ gradients: [(g) => g.reshape(2, 1)] }),
    });
    expect(() =>
      wrong(leaf([1, 2]))
        .sum()
        .backward(),
    ).toThrow(new Error("backward of 'wrong' made a gradient of shape [2,1] for an input of shape [2]"));
  });
});
