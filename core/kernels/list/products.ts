/**
 * The kernel on which most of the time is spent.
 */
import type { Strided } from '../strided';

export interface ProductKernels {
  /**
   * y[b] = A[b] · B[b] (+ bias). a: [batch, m, k], or [batch, k, m] read as its transpose when transposeA;
   * b: [batch, k, n], or [batch, n, k] when transposeB; y: [batch, m, n]; bias: [n] or null. The last two axes are
   * contiguous; the stride of the batch axis may be anything, 0 repeats a matrix. Where k is 0 the result is the bias.
   */
  matmul(a: Strided, b: Strided, bias: Strided | null, y: Strided, transposeA: boolean, transposeB: boolean): void;
}
