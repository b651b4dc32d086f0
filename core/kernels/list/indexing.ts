/**
 * Kernels that pick elements by index, and their reverses, which add. Indices are int32 and were checked on the CPU; on
 * a device that cannot be read at once, an index out of range reads 0, adds nothing, and sets a flag that the next
 * read reports.
 */
import type { Strided } from '../strided';

export interface IndexingKernels {
  /** y[o, i, k] = x[o, index[o, i, k], k]; x: [outer, n, inner]; index and y: [outer, m, inner]. */
  gather(x: Strided, index: Strided, y: Strided): void;
  /** y[o, index[o, i, k], k] += source[o, i, k]; y arrives filled. Equal places add up in order. */
  scatterAdd(source: Strided, index: Strided, y: Strided): void;
  /** y[o, i, :] = x[o, index[i], :]; x: [outer, n, inner]; index: [m]; y: [outer, m, inner]. */
  indexSelect(x: Strided, index: Strided, y: Strided): void;
  /** y[o, index[i], :] += source[o, i, :]; y arrives filled. Equal places add up in order. */
  indexAdd(source: Strided, index: Strided, y: Strided): void;
}
