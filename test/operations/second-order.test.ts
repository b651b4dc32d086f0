/**
 * Gradients of gradients against central differences. Each output is multiplied by a factor that is an input too, so
 * that the gradient which comes down to the operation depends on something, as it does inside a network.
 *
 * Moving every element by itself would take minutes, so all of them are moved at once, along a few irregular
 * directions: inputs(t) = inputs + Σ tₖ·directionₖ. Only where that finds a fault is the element looked for.
 */
import { describe, expect, test } from 'vitest';
import { gradGradCheck, noGrad, type Tensor, tensor } from '../../core';
import { leaves, outputsOf, weightsFor } from './evaluate';
import { differentiable } from './table';

const DIRECTIONS = 3;

type Outputs = (...inputs: Tensor[]) => Tensor[];

describe('the gradient of the gradient agrees with central differences', () => {
  for (const { name, inputs, run, noDifferences, noSecondOrder } of differentiable) {
    if (noDifferences || noSecondOrder) continue;
    test(name, () => {
      const own = leaves(inputs);
      const factors = noGrad(() => weightsFor(outputsOf(run, own)));
      for (const factor of factors) factor.requiresGrad = true;
      const weighed: Outputs = (...all) => {
        const floating = outputsOf(run, all.slice(0, own.length)).filter((y) => y.dtype !== 'int32');
        return floating.map((y, i) => y.mul(all[own.length + i]));
      };
      const all = [...own, ...factors];
      const t = tensor(new Float64Array(DIRECTIONS), { requiresGrad: true });
      const { passed } = gradGradCheck(alongDirections(weighed, all), [t]);
      expect(passed, passed ? '' : gradGradCheck(weighed, all).message).toBe(true);
    });
  }
});

/** The outputs as functions of t. */
function alongDirections(outputs: Outputs, start: readonly Tensor[]): Outputs {
  let i = 0;
  const directions = start.map((x) => {
    if (!x.requiresGrad) return null;
    const values = Array.from({ length: x.size * DIRECTIONS }, () => Math.cos(++i * i));
    return tensor(values, { shape: [...x.shape, DIRECTIONS], dtype: 'float64' });
  });
  return (t) => outputs(...start.map((x, k) => (directions[k] ? directions[k].mul(t).sum(-1).add(x.detach()) : x)));
}
