/**
 * Normalisation, over rows (layerNorm, rmsNorm) and over channels (batchNorm). Each forward passes twice over its
 * values before it writes: for the mean, then for the deviations from it.
 */
import type { RunningStatistics } from '../kernels';
import { contiguousElements, type Strided, type TypedArray } from '../strided';

const optional = (t: Strided | null): TypedArray | null => t && contiguousElements(t);

/* ------------------------------------------------------------------------------------------------- rows */

export function layerNorm(
  x: Strided,
  weight: Strided | null,
  bias: Strided | null,
  y: Strided,
  mean: Strided,
  rstd: Strided,
  eps: number,
): void {
  const [from, to, means, rstds] = [x, y, mean, rstd].map(contiguousElements);
  const [w, b] = [weight, bias].map(optional);
  const [rows, n] = x.shape;
  for (let r = 0, start = 0; r < rows; r++, start += n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += from[start + i];
    const m = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (from[start + i] - m) * (from[start + i] - m);
    const s = 1 / Math.sqrt(squares / n + eps);
    for (let i = 0; i < n; i++) to[start + i] = (from[start + i] - m) * s * (w ? w[i] : 1) + (b ? b[i] : 0);
    means[r] = m;
    rstds[r] = s;
  }
}

export function layerNormGradient(
  x: Strided,
  weight: Strided | null,
  mean: Strided,
  rstd: Strided,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
  gBias: Strided | null,
): void {
  const [from, means, rstds, gOut, gIn] = [x, mean, rstd, g, gx].map(contiguousElements);
  const w = optional(weight);
  const [rows, n] = x.shape;
  const [weightSums, biasSums] = [new Float64Array(n), new Float64Array(n)];
  for (let r = 0, start = 0; r < rows; r++, start += n) {
    const [m, s] = [means[r], rstds[r]];
    let shift = 0; // Σ ĝ
    let stretch = 0; // Σ ĝ·x̂
    for (let i = 0; i < n; i++) {
      const xHat = (from[start + i] - m) * s;
      const gHat = gOut[start + i] * (w ? w[i] : 1);
      shift += gHat;
      stretch += gHat * xHat;
      weightSums[i] += gOut[start + i] * xHat;
      biasSums[i] += gOut[start + i];
    }
    for (let i = 0; i < n; i++) {
      const xHat = (from[start + i] - m) * s;
      gIn[start + i] = s * (gOut[start + i] * (w ? w[i] : 1) - shift / n - (xHat * stretch) / n);
    }
  }
  optional(gWeight)?.set(weightSums);
  optional(gBias)?.set(biasSums);
}

export function rmsNorm(x: Strided, weight: Strided | null, y: Strided, r: Strided, eps: number): void {
  const [from, to, scales] = [x, y, r].map(contiguousElements);
  const w = optional(weight);
  const [rows, n] = x.shape;
  for (let row = 0, start = 0; row < rows; row++, start += n) {
    let squares = 0;
    for (let i = 0; i < n; i++) squares += from[start + i] * from[start + i];
    const s = 1 / Math.sqrt(squares / n + eps);
    for (let i = 0; i < n; i++) to[start + i] = from[start + i] * s * (w ? w[i] : 1);
    scales[row] = s;
  }
}

export function rmsNormGradient(
  x: Strided,
  weight: Strided | null,
  r: Strided,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
): void {
  const [from, scales, gOut, gIn] = [x, r, g, gx].map(contiguousElements);
  const w = optional(weight);
  const [rows, n] = x.shape;
  const weightSums = new Float64Array(n);
  for (let row = 0, start = 0; row < rows; row++, start += n) {
    const s = scales[row];
    let stretch = 0; // Σ ĝ·x̂
    for (let i = 0; i < n; i++) {
      const gxHat = gOut[start + i] * from[start + i] * s;
      stretch += gxHat * (w ? w[i] : 1);
      weightSums[i] += gxHat;
    }
    for (let i = 0; i < n; i++)
      gIn[start + i] = s * (gOut[start + i] * (w ? w[i] : 1) - (from[start + i] * s * stretch) / n);
  }
  optional(gWeight)?.set(weightSums);
}

/* --------------------------------------------------------------------------------------------- channels */

export function channelStatistics(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  eps: number,
  running: RunningStatistics | null,
): void {
  const [from, means, rstds] = [x, mean, rstd].map(contiguousElements);
  const [runningMeans, runningVariances] = running ? [running.mean, running.variance].map(contiguousElements) : [];
  const [examples, channels, size] = x.shape;
  const count = examples * size;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let n = 0; n < examples; n++) {
      const start = (n * channels + c) * size;
      for (let i = start; i < start + size; i++) sum += from[i];
    }
    const m = sum / count;
    let squares = 0;
    for (let n = 0; n < examples; n++) {
      const start = (n * channels + c) * size;
      for (let i = start; i < start + size; i++) squares += (from[i] - m) * (from[i] - m);
    }
    means[c] = m;
    rstds[c] = 1 / Math.sqrt(squares / count + eps);
    if (!running) continue;
    runningMeans[c] += running.momentum * (m - runningMeans[c]);
    runningVariances[c] += running.momentum * (squares / (count - 1) - runningVariances[c]);
  }
}

export function batchNorm(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  weight: Strided | null,
  bias: Strided | null,
  y: Strided,
): void {
  const [from, means, rstds, to] = [x, mean, rstd, y].map(contiguousElements);
  const [w, b] = [weight, bias].map(optional);
  const [examples, channels, size] = x.shape;
  let at = 0;
  for (let n = 0; n < examples; n++) {
    for (let c = 0; c < channels; c++) {
      const m = means[c];
      const scale = rstds[c] * (w ? w[c] : 1);
      const shift = b ? b[c] : 0;
      for (let i = 0; i < size; i++, at++) to[at] = (from[at] - m) * scale + shift;
    }
  }
}

export function batchNormGradient(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  weight: Strided | null,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
  gBias: Strided | null,
  fixed: boolean,
): void {
  const [from, means, rstds, gOut, gIn] = [x, mean, rstd, g, gx].map(contiguousElements);
  const [w, gw, gb] = [weight, gWeight, gBias].map(optional);
  const [examples, channels, size] = x.shape;
  const count = examples * size;
  for (let c = 0; c < channels; c++) {
    const [m, s] = [means[c], rstds[c]];
    let shift = 0; // Σ g
    let stretch = 0; // Σ g·x̂
    for (let n = 0; n < examples; n++) {
      const start = (n * channels + c) * size;
      for (let i = start; i < start + size; i++) {
        shift += gOut[i];
        stretch += gOut[i] * (from[i] - m) * s;
      }
    }
    if (gw) gw[c] = stretch;
    if (gb) gb[c] = shift;
    const scale = s * (w ? w[c] : 1);
    const [meanShift, meanStretch] = fixed ? [0, 0] : [shift / count, stretch / count];
    for (let n = 0; n < examples; n++) {
      const start = (n * channels + c) * size;
      for (let i = start; i < start + size; i++)
        gIn[i] = scale * (gOut[i] - meanShift - (from[i] - m) * s * meanStretch);
    }
  }
}
