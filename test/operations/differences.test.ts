/**
 * Every gradient against central differences in double precision.
 */
import { describe, expect, test } from 'vitest';
import { gradCheck } from '../../core';
import { leaves } from './evaluate';
import { differentiable } from './table';

describe('the gradient agrees with central differences', () => {
  for (const { name, inputs, run, noDifferences } of differentiable) {
    if (noDifferences) continue;
    test(name, () => {
      const { passed, message } = gradCheck(run, leaves(inputs));
      expect(passed, message).toBe(true);
    });
  }
});
