/**
 * Kernels that bring values to mean 0 and variance 1 (or length 1), and back.
 *
 * Promise: a variance is the mean square of deviations from the mean that was found before (never mean(x²) − mean(x)²,
 * which loses all digits where the mean is large); results in float32 are within 1e-5 of the exact ones, relative to
 * the largest of their kind, as long as a mean is at most 30 standard deviations away from 0.
 */
import type { Strided } from '../strided';

/** What batch norm remembers of the batches it has seen: [C] each, changed in place. */
export interface RunningStatistics {
  mean: Strided;
  variance: Strided;
  /** running ← (1 − momentum)·running + momentum·(that of this batch) */
  momentum: number;
}

export interface NormalisationKernels {
  /**
   * Row by row: y = (x − mean) · rstd · weight + bias with rstd = 1/√(variance + eps), variance over n.
   * x, y: [rows, n]; weight, bias: [n] or null; mean, rstd: [rows], written for the gradient.
   */
  layerNorm(
    x: Strided,
    weight: Strided | null,
    bias: Strided | null,
    y: Strided,
    mean: Strided,
    rstd: Strided,
    eps: number,
  ): void;
  /**
   * With x̂ = (x − mean)·rstd and ĝ = g·weight: gx = rstd·(ĝ − mean(ĝ) − x̂·mean(ĝ·x̂)), gWeight = Σ g·x̂, gBias = Σ g,
   * sums over rows. gWeight, gBias: [n], or null where nobody wants them.
   */
  layerNormGradient(
    x: Strided,
    weight: Strided | null,
    mean: Strided,
    rstd: Strided,
    g: Strided,
    gx: Strided,
    gWeight: Strided | null,
    gBias: Strided | null,
  ): void;

  /** Row by row: y = x · r · weight with r = 1/√(mean(x²) + eps). x, y: [rows, n]; weight: [n] or null; r: [rows]. */
  rmsNorm(x: Strided, weight: Strided | null, y: Strided, r: Strided, eps: number): void;
  /** With x̂ = x·r and ĝ = g·weight: gx = r·(ĝ − x̂·mean(ĝ·x̂)), gWeight = Σ g·x̂ over rows, [n] or null. */
  rmsNormGradient(
    x: Strided,
    weight: Strided | null,
    r: Strided,
    g: Strided,
    gx: Strided,
    gWeight: Strided | null,
  ): void;

  /**
   * The mean of each channel over its N·S values, and rstd = 1/√(variance + eps), variance over N·S. x: [N, C, S];
   * mean, rstd: [C]. Running statistics take their share; of the variance the unbiased one, over N·S − 1.
   */
  channelStatistics(x: Strided, mean: Strided, rstd: Strided, eps: number, running: RunningStatistics | null): void;
  /**
   * Channel by channel: y = (x − mean) · rstd · weight + bias. x, y: [N, C, S]; all others [C], weight and bias or
   * null.
   */
  batchNorm(x: Strided, mean: Strided, rstd: Strided, weight: Strided | null, bias: Strided | null, y: Strided): void;
  /**
   * As layerNormGradient with channels in the place of rows, means over N·S, sums over N and S. Where `fixed`, mean and
   * rstd were not computed from x, and gx = rstd·ĝ.
   */
  batchNormGradient(
    x: Strided,
    mean: Strided,
    rstd: Strided,
    weight: Strided | null,
    g: Strided,
    gx: Strided,
    gWeight: Strided | null,
    gBias: Strided | null,
    fixed: boolean,
  ): void;
}
