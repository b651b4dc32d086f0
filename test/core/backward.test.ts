/**
 * Backpropagation: where gradients go, what is summed, and what is an error. (That each single gradient is right is for
 * test/operations.)
 */
import { describe, expect, test } from 'vitest';
import { add, concat, customOperation, enableGrad, grad, noGrad, optim, type Tensor, tensor } from '../../core';

const leaf = (values: number | number[] | number[][]): Tensor =>
  tensor(values, { dtype: 'float64', requiresGrad: true });
const plain = (values: number | number[]): Tensor => tensor(values, { dtype: 'float64' });
const gradOf = (t: Tensor) => t.grad?.arraySync() ?? null;

describe('backward()', () => {
  test('leaves the gradient in the tensors at which the graph begins', () => {
    const [x, w, data] = [leaf([1, 2]), leaf([3, 4]), plain([5, 6])];
    const product = x.mul(w);
    product.mul(data).sum().backward();
    expect([x, w, data, product].map(gradOf)).toEqual([[15, 24], [5, 12], null, null]);
  });

  test('sums over several calls, until the gradient is cleared', () => {
    const x = leaf([1, 2]);
    x.mul(3).sum().backward();
    x.mul(4).sum().backward();
    expect(gradOf(x)).toEqual([7, 7]);
    x.grad = null;
    x.mul(5).sum().backward();
    expect(gradOf(x)).toEqual([5, 5]);
  });

  test('a value used in several places sums its gradients', () => {
    const x = leaf(3);
    const y = x.mul(x); // x²
    y.mul(x).add(y).backward(); // x³ + x²
    expect(gradOf(x)).toBe(33);
  });

  test('a diamond is walked once from each node, whatever the order of making', () => {
    const x = leaf(2);
    const [left, right] = [x.mul(3), x.mul(5)];
    const y = right.mul(left); // 15x²
    y.add(left).backward(); // 15x² + 3x
    expect(gradOf(x)).toBe(63);
  });

  test('takes the gradient of a result that is no single number', () => {
    const x = leaf([1, 2]);
    x.mul(x).backward(plain([10, 100]));
    expect(gradOf(x)).toEqual([20, 400]);
    expect(() => leaf([1, 2]).mul(2).backward()).toThrow(
      new Error(
        'backward: a tensor of shape [2] needs a gradient of its shape; ' +
          'reduce it first, with sum() or mean(), or pass one',
      ),
    );
    expect(() =>
      leaf([1, 2])
        .mul(2)
        .backward(plain([1, 2, 3])),
    ).toThrow(new Error('backward: the gradient has shape [3], the tensor [2]'));
  });

  test('of a tensor without a past that wants a gradient is its seed', () => {
    const x = leaf(2);
    x.backward();
    expect(gradOf(x)).toBe(1);
  });

  test('of a tensor that wants none is an error', () => {
    expect(() => plain(1).mul(2).backward()).toThrow(
      new Error('backward: this tensor wants no gradient; nothing it was computed from has requiresGrad set'),
    );
  });

  test('gradients have the dtype of their tensors', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    x.mul(2).sum().backward();
    expect(x.grad?.dtype).toBe('float32');
  });

  test('a gradient may be set, if it fits', () => {
    const x = leaf([1, 2]);
    x.grad = plain([5, 6]);
    x.mul(2).sum().backward();
    expect(gradOf(x)).toEqual([7, 8]);
    expect(() => {
      x.grad = plain([1]);
    }).toThrow(new Error('grad: a gradient of shape [1] does not fit a tensor of shape [2]'));
  });

  test('changes no value on its way', () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const seed = plain([1, 1]);
    const y = a.add(b); // the gradient of both is the seed itself
    y.backward(seed, { retainGraph: true });
    y.backward(seed);
    expect([a, b].map(gradOf)).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(seed.arraySync()).toEqual([1, 1]);
  });

  test('of a million additions', () => {
    const x = tensor(1, { requiresGrad: true });
    let y = x;
    for (let i = 0; i < 1_000_000; i++) y = y.add(x);
    y.backward();
    expect(y.itemSync()).toBe(1_000_001);
    expect(gradOf(x)).toBe(1_000_001);
  }, 120_000);

  test('of a very wide sum', () => {
    const parts = Array.from({ length: 20_000 }, (_, i) => leaf([i]));
    concat(parts).mul(2).sum().backward();
    expect(parts.every((part) => part.grad?.itemSync() === 2)).toBe(true);
  });
});

describe('a graph that was walked', () => {
  const AGAIN =
    "backward: the graph through 'sum' was released by an earlier backward(); " +
    'pass { retainGraph: true } to that one to walk it twice, ' +
    'or detach() a tensor that is carried over from the step before';

  test('cannot be walked again', () => {
    const x = leaf([1, 2]);
    const loss = x.mul(x).sum();
    loss.backward();
    expect(() => loss.backward()).toThrow(new Error(AGAIN));
    expect(gradOf(x)).toEqual([2, 4]);
  });

  test('unless it was retained', () => {
    const x = leaf([1, 2]);
    const loss = x.mul(x).sum();
    loss.backward(null, { retainGraph: true });
    loss.backward();
    expect(gradOf(x)).toEqual([4, 8]);
    expect(() => loss.backward()).toThrow(new Error(AGAIN));
  });

  test('cannot be entered from the side either, and then nothing is changed', () => {
    const x = leaf([1, 2]);
    const hidden = x.mul(x);
    hidden.sum().backward();
    const before = gradOf(x);
    expect(() => hidden.mul(3).sum().backward()).toThrow("backward: the graph through 'mul' was released");
    expect(gradOf(x)).toEqual(before);
  });

  test('detach() carries a value over', () => {
    const x = leaf(2);
    let state = plain(0);
    for (let step = 0; step < 3; step++) {
      const next = state.add(x);
      next.mul(x).backward();
      state = next.detach();
    }
    expect(state.itemSync()).toBe(6);
    expect(gradOf(x)).toBe(4 + 6 + 8); // d(state + x)·x = state + 2x
  });
});

describe('a saved tensor that was changed in place', () => {
  const step = (parameter: Tensor) => {
    parameter.grad = plain([1, 1]);
    new optim.SGD([parameter], { lr: 0.1 }).step();
  };

  test('is an error', () => {
    const w = leaf([1, 2]);
    const loss = w.mul(w).sum();
    step(w);
    expect(() => loss.backward()).toThrow(
      new Error(
        "backward: 'mul' saved a tensor of shape [2] that was changed in place since (by an optimiser's step?); " +
          'call backward() before the change',
      ),
    );
  });

  test('also through a view', () => {
    const w = leaf([1, 2]);
    const loss = w
      .slice([0, 1])
      .exp()
      .mul(w.slice([1, 2]))
      .sum();
    step(w);
    expect(() => loss.backward()).toThrow('was changed in place since');
  });

  test('is fine where nothing was saved', () => {
    const w = leaf([1, 2]);
    const loss = w.add(1).sum();
    step(w);
    w.grad = null;
    loss.backward();
    expect(gradOf(w)).toEqual([1, 1]);
  });
});

describe('grad()', () => {
  test('returns gradients and leaves .grad alone', () => {
    const [x, w] = [leaf([1, 2]), leaf([3, 4])];
    const [gw, gx] = grad(x.mul(w).sum(), [w, x]);
    expect([gx, gw].map((g) => g.arraySync())).toEqual([
      [3, 4],
      [1, 2],
    ]);
    expect([x, w].map(gradOf)).toEqual([null, null]);
  });

  test('also those of results in between', () => {
    const x = leaf(3);
    const y = x.mul(2);
    const z = y.mul(y);
    const [gx, gy] = grad(z, [x, y]);
    expect([gx.itemSync(), gy.itemSync()]).toEqual([24, 12]);
  });

  test('of the output itself', () => {
    const y = leaf(3).mul(2);
    expect(grad(y, [y])[0].itemSync()).toBe(1);
  });

  test('the same input twice', () => {
    const x = leaf(3);
    expect(grad(x.mul(x), [x, x]).map((g) => g.itemSync())).toEqual([6, 6]);
  });

  test('sums over several outputs, each with its own gradient', () => {
    const x = leaf([1, 2]);
    const [g] = grad([x.mul(2), x.mul(x)], [x], { gradOutputs: [plain([1, 10]), plain([100, 1000])] });
    expect(g.arraySync()).toEqual([202, 4020]);
    expect(() => grad(x.mul(2), [x], { gradOutputs: [plain([1])] })).toThrow(
      new Error('grad: the gradient has shape [1], the tensor [2]'),
    );
  });

  test('an input that is not involved is an error, or null when that is allowed', () => {
    const [x, other] = [leaf(1), leaf(2)];
    const make = () => x.mul(3);
    expect(() => grad(make(), [x, other])).toThrow(
      new Error('grad: the outputs do not depend on input 1; { allowUnused: true } gives null for it'),
    );
    const [gx, gOther] = grad(make(), [x, other], { allowUnused: true });
    expect([gx.itemSync(), gOther]).toEqual([3, null]);
    expect(() => grad(make(), [plain(1)])).toThrow(
      new Error('grad: input 0 wants no gradient; set requiresGrad before computing the outputs'),
    );
  });

  test('releases the graph, unless it is retained', () => {
    const x = leaf(3);
    const y = x.mul(x);
    grad(y, [x], { retainGraph: true });
    grad(y, [x]);
    expect(() => grad(y, [x])).toThrow("the graph through 'mul' was released");
  });

  test('with createGraph gives gradients that have gradients', () => {
    const x = leaf(2);
    const y = x.mul(x).mul(x); // x³
    const [first] = grad(y, [x], { createGraph: true });
    const [second] = grad(first, [x], { createGraph: true });
    const [third] = grad(second, [x], { createGraph: true });
    expect([first, second, third].map((g) => g.itemSync())).toEqual([12, 12, 6]);
    expect(third.requiresGrad).toBe(false);
  });

  test('without it they have none', () => {
    const x = leaf(2);
    expect(grad(x.mul(x), [x])[0].requiresGrad).toBe(false);
  });

  test('a penalty on the gradient trains through it', () => {
    const [w, x] = [leaf([1, 2]), leaf([3, 4])];
    const [gx] = grad(w.mul(x).mul(x).sum(), [x], { createGraph: true }); // 2wx
    gx.mul(gx).sum().backward(); // Σ 4w²x²
    expect(gradOf(w)).toEqual([8 * 1 * 9, 8 * 2 * 16]);
  });

  test('does not look where nothing leads to the inputs', () => {
    const [x, far] = [leaf(1), leaf(2)];
    const trap = customOperation('trap', {
      forward: (a) => a.mul(1),
      backward: () => ({
        gradients: () => {
          throw new Error('should not have been called');
        },
      }),
    });
    expect(grad(add(trap(far), x.mul(3)), [x])[0].itemSync()).toBe(3);
  });
});

describe('backward after an error on its way', () => {
  test('starts with a clean slate', () => {
    const [x, w] = [leaf(3), leaf(5)];
    let broken = true;
    const fragile = customOperation('fragile', {
      forward: (a) => a.mul(2),
      backward: () => ({
        gradients: [
          (g) => {
            if (broken) throw new Error('not now');
            return g.mul(2);
          },
        ],
      }),
    });
    const waiting = x.mul(w); // has its gradient already when fragile's turn comes
    const loss = fragile(x).add(waiting);
    expect(() => loss.backward(null, { retainGraph: true })).toThrow(new Error('not now'));
    expect([x, w].map(gradOf)).toEqual([null, null]);
    broken = false;
    loss.backward();
    expect([x, w].map(gradOf)).toEqual([2 + 5, 3]);
  });
});

describe('requiresGrad', () => {
  test('is handed on to what is computed', () => {
    const x = leaf([1, 2]);
    expect(x.mul(2).requiresGrad).toBe(true);
    expect(plain([1, 2]).mul(2).requiresGrad).toBe(false);
    expect(x.detach().requiresGrad).toBe(false);
    expect(x.detach().storage).toBe(x.storage);
  });

  test('may be set on data, not taken from a result', () => {
    const x = plain([1, 2]);
    x.requiresGrad = true;
    x.mul(x).sum().backward();
    expect(gradOf(x)).toEqual([2, 4]);
    const y = x.mul(2);
    expect(() => {
      y.requiresGrad = false;
    }).toThrow(new Error('requiresGrad: this tensor was computed; detach() gives one without a past'));
  });
});

describe('noGrad and enableGrad', () => {
  test('switch the tape off, and on inside', () => {
    const x = leaf(2);
    const [off, on] = noGrad(() => [x.mul(2), enableGrad(() => x.mul(3))]);
    expect([off.requiresGrad, on.requiresGrad, x.mul(2).requiresGrad]).toEqual([false, true, true]);
  });

  test('are back to what they were after an error', () => {
    const x = leaf(2);
    expect(() =>
      noGrad(() => {
        throw new Error('inside');
      }),
    ).toThrow('inside');
    expect(x.mul(2).requiresGrad).toBe(true);
  });

  test('noGrad refuses an asynchronous function, whose end it cannot see', () => {
    expect(() => noGrad(async () => leaf(1).mul(2))).toThrow(
      new Error(
        'noGrad: the function is asynchronous, so recording was on again before it finished; ' +
          'compute inside, await outside',
      ),
    );
  });
});
