/**
 * Comparing tensors, and saying where they differ.
 */
import type { Shape, Tensor } from '../../core';

/** The values of a tensor, wherever they come from. */
export interface Values {
  dtype: 'float' | 'int32';
  shape: Shape;
  values: ArrayLike<number>;
}

export interface Tolerance {
  /** Of the value itself. */
  relative: number;
  /** Of the largest value beside it. */
  absolute: number;
}

/** Two ways to compute the same in double precision. */
export const DOUBLE: Tolerance = { relative: 1e-9, absolute: 1e-12 };
/** Single precision beside double. */
export const SINGLE: Tolerance = { relative: 1e-5, absolute: 2e-6 };

export const loosened = ({ relative, absolute }: Tolerance, times = 1): Tolerance => ({
  relative: relative * times,
  absolute: absolute * times,
});

export const valuesFrom = ({ dtype, shape }: Tensor, values: ArrayLike<number>): Values => ({
  dtype: dtype === 'int32' ? 'int32' : 'float',
  shape,
  values,
});

export const valuesOf = (t: Tensor | null): Values | null => t && valuesFrom(t, t.dataSync());

/**
 * The first place where lists of values differ, in words; null where they agree. A null in a list stands for no
 * gradient.
 */
export function difference(
  actual: readonly (Values | null)[],
  expected: readonly (Values | null)[],
  tolerance: Tolerance,
): string | null {
  if (actual.length !== expected.length) return `${actual.length} tensors instead of ${expected.length}`;
  for (const [i, one] of actual.entries()) {
    const found = differenceOf(one, expected[i], tolerance);
    if (found) return `tensor ${i}: ${found}`;
  }
  return null;
}

function differenceOf(
  actual: Values | null,
  expected: Values | null,
  { relative, absolute }: Tolerance,
): string | null {
  if (!actual || !expected) return actual === expected ? null : `${write(actual)} instead of ${write(expected)}`;
  if (write(actual) !== write(expected)) return `${write(actual)} instead of ${write(expected)}`;
  const finite = Array.from(expected.values).map(Math.abs).filter(Number.isFinite);
  const largest = finite.reduce((most, value) => Math.max(most, value), 0);
  for (let i = 0; i < expected.values.length; i++) {
    const [a, e] = [actual.values[i], expected.values[i]];
    const close = Number.isFinite(e) ? Math.abs(a - e) <= relative * Math.abs(e) + absolute * largest : Object.is(a, e);
    if (!close) return `element ${i} of ${write(expected)} is ${a} instead of ${e}`;
  }
  return null;
}

const write = (tensor: Values | null): string => (tensor ? `${tensor.dtype} [${tensor.shape.join()}]` : 'nothing');
