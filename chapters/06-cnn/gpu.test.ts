/**
 * The third reading: the shader says what the loops say, and what the core says on the CPU.
 */
import { expect, test } from 'vitest';
import { manualSeed } from '../../core';
import { describeGpu } from '../../test/support/gpu';
import { byLoops, byShader, LAYERS, largestDifference, operandsOf } from './readings';

describeGpu('the shader', () => {
  test.each(LAYERS)('agrees with the loops to the bit on whole numbers: $filters', async (layer) => {
    manualSeed(4);
    const operands = operandsOf(layer, 'whole');
    expect(largestDifference(await byLoops(operands, layer), await byShader(operands, layer))).toBe(0);
  });

  test.each(LAYERS)('and nearly on others: $filters', async (layer) => {
    manualSeed(5);
    const operands = operandsOf(layer, 'any');
    expect(largestDifference(await byLoops(operands, layer), await byShader(operands, layer))).toBeLessThan(1e-4);
  });
});
