/**
 * The graph of a result, and that of its gradient, begin at the inputs and nowhere else: a helper that was made with
 * requiresGrad by mistake would be given gradients that nobody asked for, and hold what nobody needs.
 */
import { describe, expect, test } from 'vitest';
import { type Tensor, tensor } from '../../core';
import { evaluate, leaves, outputsOf } from './evaluate';
import { differentiable } from './table';

describe('a graph begins at the inputs', () => {
  for (const { name, inputs, run } of differentiable) {
    test(name, () => {
      const own = leaves(inputs);
      const factor = tensor(1.5, { dtype: 'float64', requiresGrad: true }); // so that what comes down has a past too
      const weighed = (...all: Tensor[]) => outputsOf(run, all).map((y) => (y.dtype === 'int32' ? y : y.mul(factor)));
      const { outputs, gradients } = evaluate(weighed, own, { createGraph: true });
      const known = [...own, factor];
      const strangers = (tensors: (Tensor | null)[]) => beginningsOf(tensors).filter((t) => !known.includes(t));
      expect(strangers(outputs).map(String), 'of the outputs').toEqual([]);
      expect(strangers(gradients).map(String), 'of the gradients').toEqual([]);
    });
  }
});

/** The tensors without a past that the given ones were computed from, as far as gradients flow. */
function beginningsOf(tensors: readonly (Tensor | null)[]): Tensor[] {
  const seen = new Set<Tensor>();
  const open = [...tensors];
  for (let t = open.pop(); t !== undefined; t = open.pop()) {
    if (!t?.requiresGrad || seen.has(t)) continue;
    seen.add(t);
    open.push(...(t.node?.inputs ?? []));
  }
  return [...seen].filter((t) => !t.node);
}
