/**
 * Two values in, one out, with broadcasting: arithmetic, comparisons, and `where`. As in map.ts each operator has a
 * loop of its own.
 */
import type { BinaryName, CompareName } from '../kernels';
import { elements, type Strided, type TypedArray } from '../strided';
import { forEachRow } from './rows';

/** y[k…] = f(a[i], b[j]), f(a[i + s], b[j + t]), … for n elements; y is contiguous from k on. */
type BinaryRow = (
  a: TypedArray,
  i: number,
  s: number,
  b: TypedArray,
  j: number,
  t: number,
  y: TypedArray,
  k: number,
  n: number,
) => void;

// biome-ignore format: a table, one line for each function
const loops: Record<BinaryName | CompareName, BinaryRow> = {
  add: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] + b[j]; },
  sub: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] - b[j]; },
  mul: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] * b[j]; },
  div: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] / b[j]; },
  pow: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] ** b[j]; },
  maximum: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = Math.max(a[i], b[j]); },
  minimum: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = Math.min(a[i], b[j]); },
  eq: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] === b[j] ? 1 : 0; },
  ne: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] !== b[j] ? 1 : 0; },
  lt: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] < b[j] ? 1 : 0; },
  le: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] <= b[j] ? 1 : 0; },
  gt: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] > b[j] ? 1 : 0; },
  ge: (a, i, s, b, j, t, y, k, n) => { for (; n > 0; n--, i += s, j += t) y[k++] = a[i] >= b[j] ? 1 : 0; },
};

export function binary(name: BinaryName | CompareName, a: Strided, b: Strided, y: Strided): void {
  const [left, right, out] = [elements(a), elements(b), elements(y)];
  const loop = loops[name];
  forEachRow(y.shape, [a, b, y], ([i, j, k], n, [s, t]) => loop(left, i, s, right, j, t, out, k, n));
}

export const compare = binary;

export function where(condition: Strided, a: Strided, b: Strided, y: Strided): void {
  const [test, yes, no, out] = [elements(condition), elements(a), elements(b), elements(y)];
  forEachRow(y.shape, [condition, a, b, y], ([c, i, j, k], n, [cs, s, t]) => {
    for (; n > 0; n--, c += cs, i += s, j += t) out[k++] = test[c] !== 0 ? yes[i] : no[j];
  });
}
