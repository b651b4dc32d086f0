/**
 * checkpoint: the same values and gradients as without it, and none of the memory in between.
 */
import { describe, expect, test } from 'vitest';
import { bernoulli, checkpoint, gradGradCheck, manualSeed, memory, rand, type Tensor, tensor } from '../../core';
import { Scope } from '../../core/memory/lifetimes';
import '../support/gradcheck';

const leaf = (values: number[] | number[][]): Tensor => tensor(values, { dtype: 'float64', requiresGrad: true });
const gradOf = (t: Tensor) => t.grad?.arraySync() ?? null;

/** Runs `fn` with and without checkpoint and returns what the leaves got. */
function both(fn: (x: Tensor) => Tensor, leaves: Tensor[], x = leaves[0]) {
  return [(y: Tensor) => fn(y), (y: Tensor) => checkpoint(fn, y)].map((run) => {
    manualSeed(3);
    for (const t of leaves) t.grad = null;
    const y = run(x.mul(2));
    y.mul(y).sum().backward();
    return [y.arraySync(), ...leaves.map(gradOf)];
  });
}

describe('checkpoint', () => {
  test('gives the same value and gradient', () => {
    const [plain, saved] = both((x) => x.tanh().mul(x).exp(), [leaf([0.1, -0.2])]);
    expect(saved).toEqual(plain);
  });

  test('sends gradients to parameters that the function only closes over', () => {
    const [x, w, b] = [
      leaf([[0.1, 0.2]]),
      leaf([
        [1, 2],
        [3, 4],
      ]),
      leaf([0.5, 0.6]),
    ];
    const [plain, saved] = both((input) => input.matmul(w).add(b).tanh(), [x, w, b]);
    expect(saved).toEqual(plain);
    expect(gradOf(w)).not.toBeNull();
  });

  test('and to results that it closes over', () => {
    const [x, w] = [leaf([0.1, 0.2]), leaf([0.3, 0.4])];
    const run = (wrap: (fn: (x: Tensor) => Tensor) => (x: Tensor) => Tensor) => {
      w.grad = null;
      const squares = w.mul(w);
      wrap((input) => input.mul(squares).exp())(x)
        .sum()
        .backward();
      return gradOf(w);
    };
    expect(run((fn) => (input) => checkpoint(fn, input))).toEqual(run((fn) => fn));
  });

  test('draws the same random numbers again', () => {
    const dropout = (x: Tensor) => x.mul(bernoulli(0.5, [50])).mul(rand([50], { dtype: 'float64' }));
    const [plain, saved] = both(dropout, [leaf(new Array(50).fill(1))]);
    expect(saved).toEqual(plain);
    expect(new Set((saved[1] as number[]).map((g) => g === 0)).size).toBe(2);
  });

  test('and leaves the stream of random numbers where it would have been', () => {
    const run = (wrap: (fn: (x: Tensor) => Tensor, x: Tensor) => Tensor) => {
      manualSeed(3);
      const y = wrap((x) => x.mul(rand([2], { dtype: 'float64' })), leaf([1, 2]));
      const between = rand([4]).arraySync();
      y.sum().backward();
      return [between, rand([4]).arraySync()];
    };
    expect(run(checkpoint)).toEqual(run((fn, x) => fn(x)));
  });

  test('passes the gradient check, also of second order', () => {
    const part = (x: Tensor, w: Tensor) => checkpoint((a, b) => a.mul(b).tanh().mul(a), x, w);
    expect(part).toPassGradCheck([leaf([0.1, 0.2]), leaf([0.3, 0.4])]);
    expect(gradGradCheck(part, [leaf([0.1, 0.2]), leaf([0.3, 0.4])]).message).toContain('elements agree');
  });

  test('may stand inside another', () => {
    const inner = (x: Tensor) => checkpoint((y) => y.tanh().mul(y), x);
    const [plain, saved] = both((x) => inner(x).exp(), [leaf([0.1, -0.2])]);
    expect(saved).toEqual(plain);
    expect((x: Tensor) => checkpoint((y) => inner(y).exp(), x)).toPassGradCheck([leaf([0.1, -0.2])]);
  });

  test('runs the function again only for backward', () => {
    let runs = 0;
    const y = checkpoint(
      (x) => {
        runs++;
        return x.exp();
      },
      leaf([1]),
    );
    expect(runs).toBe(1);
    y.sum().backward();
    expect(runs).toBe(2);
  });

  test('keeps nothing that is large in between', () => {
    const SIZE = 10_000;
    const x = leaf(new Array(SIZE).fill(0.5));
    const deep = (input: Tensor): Tensor => {
      let y = input;
      for (let i = 0; i < 20; i++) y = y.tanh();
      return y;
    };
    const bytesOf = (run: () => Tensor): number => {
      const before = memory().cpu.bytes;
      const scope = new Scope();
      const y = run();
      scope.close(new Set([y.storage]), true);
      return memory().cpu.bytes - before;
    };
    const one = bytesOf(() => x.mul(1));
    expect(bytesOf(() => deep(x))).toBeGreaterThan(19 * one);
    expect(bytesOf(() => checkpoint(deep, x))).toBeLessThan(2 * one);
  });

  test('an error inside is the caller’s, and leaves recording as it was', () => {
    const broken = () =>
      checkpoint(
        () => {
          throw new Error('inside');
        },
        leaf([1]),
      );
    expect(broken).toThrow('inside');
    expect(leaf([1]).mul(2).requiresGrad).toBe(true);
  });
});
