/**
 * Kernels from many values to few: sums and extremes, their places, running sums, order.
 *
 * Promise: a float32 sum over n values is within 1e-5 of the exact one relative to Σ |x|, up to n = 4 million.
 */
import type { Strided } from '../strided';

export type ReduceName = 'sum' | 'prod' | 'max' | 'min';
export type ArgReduceName = 'argmax' | 'argmin';

export interface ReductionKernels {
  /**
   * y[kept…] = reduction of x[kept…, reduced…]; x with any strides, its first `kept` axes stay. No values: 0, 1, ∓∞.
   */
  reduce(name: ReduceName, x: Strided, y: Strided, kept: number): void;
  /**
   * y[r] = the first place of the largest (smallest) element of row r, NaN counting as both; x: [rows, n], y: int32.
   */
  argReduce(name: ArgReduceName, x: Strided, y: Strided): void;
  /** y[r, i] = x[r, 0] + … + x[r, i]; x and y: [rows, n]. */
  cumsum(x: Strided, y: Strided): void;
  /**
   * Each row in ascending (or descending) order, NaN counting as the largest, equal values in their old order; index:
   * int32 old places.
   */
  sort(x: Strided, y: Strided, index: Strided, descending: boolean): void;
}
