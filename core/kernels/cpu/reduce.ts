/**
 * Many values in, one out: sums and extremes over any axes, the place of an extreme, running sums. Sums are kept in
 * double precision until they are written, so a float32 sum over a million elements loses nothing on its way.
 */
import type { ArgReduceName, ReduceName } from '../kernels';
import { contiguousElements, elements, type Strided, type TypedArray } from '../strided';
import { planWalk, walkRows } from './rows';

/** Folds n elements into what was reduced so far. */
type ReduceRow = (soFar: number, x: TypedArray, i: number, s: number, n: number) => number;

const start: Record<ReduceName, number> = { sum: 0, prod: 1, max: -Infinity, min: Infinity };

// biome-ignore format: a table, one line for each function
const loops: Record<ReduceName, ReduceRow> = {
  sum: (soFar, x, i, s, n) => { for (; n > 0; n--, i += s) soFar += x[i]; return soFar; },
  prod: (soFar, x, i, s, n) => { for (; n > 0; n--, i += s) soFar *= x[i]; return soFar; },
  max: (soFar, x, i, s, n) => { for (; n > 0; n--, i += s) soFar = Math.max(soFar, x[i]); return soFar; },
  min: (soFar, x, i, s, n) => { for (; n > 0; n--, i += s) soFar = Math.min(soFar, x[i]); return soFar; },
};

export function reduce(name: ReduceName, x: Strided, y: Strided, kept: number): void {
  const [from, to] = [elements(x), elements(y)];
  const loop = loops[name];
  const outer = planWalk(y.shape, [x.strides.slice(0, kept), y.strides]);
  const inner = planWalk(x.shape.slice(kept), [x.strides.slice(kept)]);
  walkRows(outer, [x.offset, y.offset], ([i, j], rows, [s, t]) => {
    for (let r = 0; r < rows; r++) {
      let result = start[name];
      walkRows(inner, [i + r * s], ([k], n, [step]) => {
        result = loop(result, from, k, step, n);
      });
      to[j + r * t] = result;
    }
  });
}

const isBetter: Record<ArgReduceName, (candidate: number, best: number) => boolean> = {
  argmax: (candidate, best) => candidate > best,
  argmin: (candidate, best) => candidate < best,
};

export function argReduce(name: ArgReduceName, x: Strided, y: Strided): void {
  const [from, to] = [contiguousElements(x), contiguousElements(y)];
  const better = isBetter[name];
  const [rows, n] = x.shape;
  for (let r = 0; r < rows; r++) {
    let best = 0;
    for (let i = 1; i < n; i++) {
      const candidate = from[r * n + i];
      if (better(candidate, from[r * n + best]) || Number.isNaN(candidate)) best = i;
      if (Number.isNaN(from[r * n + best])) break; // NaN counts as the extreme, so that it is seen
    }
    to[r] = best;
  }
}

/** Sorts places by the values they hold; equal ones keep their order. */
export function sort(x: Strided, y: Strided, index: Strided, descending: boolean): void {
  const [from, to, places] = [contiguousElements(x), contiguousElements(y), contiguousElements(index)];
  const [rows, n] = x.shape;
  const sign = descending ? -1 : 1;
  for (let start = 0; start < rows * n; start += n) {
    const sorted = Array.from({ length: n }, (_, i) => i).sort(
      (i, j) => sign * ascending(from[start + i], from[start + j]),
    );
    for (let i = 0; i < n; i++) {
      to[start + i] = from[start + sorted[i]];
      places[start + i] = sorted[i];
    }
  }
}

/** NaN counts as the largest. */
function ascending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

export function cumsum(x: Strided, y: Strided): void {
  const [from, to] = [contiguousElements(x), contiguousElements(y)];
  const [rows, n] = x.shape;
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let i = r * n; i < (r + 1) * n; i++) to[i] = sum += from[i];
  }
}
