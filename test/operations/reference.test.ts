/**
 * Values and gradients against those that PyTorch gave (test/reference). A row whose inputs or expression have changed
 * since needs `npm run reference`.
 */
import { describe, expect, test } from 'vitest';
import { keyOf, readReferences } from '../reference/reference';
import { difference, SINGLE, type Tolerance, valuesOf } from './close';
import { evaluate, leaves } from './evaluate';
import { rows } from './table';

const references = readReferences();
const TOLERANCE: Tolerance = { relative: 1e-10, absolute: 1e-12 }; // the file has twelve digits

describe('values and gradients agree with PyTorch', () => {
  for (const row of rows) {
    test(row.name, () => {
      const reference = references.get(row.name);
      expect(reference?.key, 'made from these inputs and this expression; if not: npm run reference').toBe(keyOf(row));
      if (!reference) return;
      const { outputs, gradients } = evaluate(row.run, leaves(row.inputs));
      const single = outputs.some((y) => y.dtype === 'float32'); // fractions of whole numbers
      const tolerance = single ? SINGLE : TOLERANCE;
      expect(difference(outputs.map(valuesOf), reference.outputs, tolerance), 'outputs').toBeNull();
      expect(difference(gradients.map(valuesOf), reference.gradients, tolerance), 'gradients').toBeNull();
    });
  }
});
