/**
 * Kernels from scores to probabilities and losses, row by row. The largest score of a row is subtracted before any
 * exponential, so that nothing overflows.
 */
import type { Strided } from '../strided';

export interface SoftmaxKernels {
  /** Each row of y sums to 1: y = e^(x − max) / Σ e^(x − max). x, y: [rows, n]. */
  softmax(x: Strided, y: Strided): void;
  /** gx = y · (g − Σ g·y) row by row. */
  softmaxGradient(y: Strided, g: Strided, gx: Strided): void;
  /** y = x − max − log Σ e^(x − max). x, y: [rows, n]. */
  logSoftmax(x: Strided, y: Strided): void;
  /** gx = g − e^y · Σ g row by row. */
  logSoftmaxGradient(y: Strided, g: Strided, gx: Strided): void;
  /** y[r] = −log softmax(x[r])[label[r]]. x: [rows, n]; labels: [rows] int32, all in range; y: [rows]. */
  crossEntropy(x: Strided, labels: Strided, y: Strided): void;
  /** gx[r] = g[r] · (softmax(x[r]) − one-hot(label[r])). */
  crossEntropyGradient(x: Strided, labels: Strided, g: Strided, gx: Strided): void;
}
