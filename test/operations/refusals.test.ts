/**
 * What must be refused is refused, with one clear line: the operation, what was given, and how to mend it.
 */
import { describe, expect, test } from 'vitest';
import { leaves } from './evaluate';
import { refusals } from './table';

describe('wrong inputs are refused', () => {
  for (const { name, inputs, run, message } of refusals) {
    test(name, () => {
      expect(() => run(...leaves(inputs))).toThrow(new Error(message));
    });
  }
});
