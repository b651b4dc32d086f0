/**
 * Where a fused backward kernel stands beside the composed one, both must say the same: the kernel serves a plain
 * backward, the composition serves one that is itself recorded.
 */
import { describe, expect, test } from 'vitest';
import { DOUBLE, difference, loosened, valuesOf } from './close';
import { evaluate, leaves } from './evaluate';
import { differentiable } from './table';

describe('backward gives the same gradient, recorded or not', () => {
  for (const { name, inputs, run, looser } of differentiable) {
    test(name, () => {
      const fused = evaluate(run, leaves(inputs)).gradients.map(valuesOf);
      const composed = evaluate(run, leaves(inputs), { createGraph: true }).gradients.map(valuesOf);
      expect(difference(fused, composed, loosened(DOUBLE, looser?.times))).toBeNull();
    });
  }
});
