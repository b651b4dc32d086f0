/** Kernels that bring values to mean 0 and variance 1, and back: kernels/layer-norm… and batch-norm…. */
import type { RunningStatistics } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { count, GROUP, groupsFor } from './elements';
import { asFloat, launch } from './queue';
import { lanesFor, reduce } from './reductions';

/** Rows whose gradients of weight and bias one thread adds up. */
const CHUNK_ROWS = 64;

const offset = (t: Strided | null): number => t?.offset ?? 0;

/* ------------------------------------------------------------------------------------------------- rows */

export function layerNorm(
  x: Strided,
  weight: Strided | null,
  bias: Strided | null,
  y: Strided,
  mean: Strided | null, // null: RMS norm
  rstd: Strided,
  eps: number,
): void {
  const [rows, n] = x.shape;
  const LANES = lanesFor(n);
  orBorrowed(mean, [1], (means) =>
    launch({
      kernel: 'layer-norm',
      constants: {
        CENTRED: Number(mean !== null),
        WEIGHT: Number(weight !== null),
        BIAS: Number(bias !== null),
        LANES,
      },
      buffers: [x, weight ?? x, bias ?? x, y, means, rstd],
      parameters: [
        ...[rows, n, x.offset, offset(weight), offset(bias), y.offset, means.offset, rstd.offset],
        asFloat(eps),
      ],
      groups: Math.ceil(rows / (GROUP / LANES)),
    }),
  );
}

export function layerNormGradient(
  x: Strided,
  weight: Strided | null,
  mean: Strided | null,
  rstd: Strided,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
  gBias: Strided | null,
): void {
  const [rows, n] = x.shape;
  const LANES = lanesFor(n);
  launch({
    kernel: 'layer-norm-gradient',
    constants: { CENTRED: Number(mean !== null), WEIGHT: Number(weight !== null), LANES },
    buffers: [x, weight ?? x, mean ?? x, rstd, g, gx],
    parameters: [rows, n, x.offset, offset(weight), offset(mean), rstd.offset, g.offset, gx.offset],
    groups: Math.ceil(rows / (GROUP / LANES)),
  });
  if (!gWeight && !gBias) return;
  const chunks = Math.ceil(rows / CHUNK_ROWS);
  borrow([chunks, n], 'float32', (weightSums) =>
    borrow([chunks, n], 'float32', (biasSums) => {
      launch({
        kernel: 'layer-norm-weights',
        constants: { CENTRED: Number(mean !== null) },
        buffers: [x, mean ?? x, rstd, g, weightSums, biasSums],
        parameters: [rows, n, CHUNK_ROWS, chunks, x.offset, offset(mean), rstd.offset, g.offset],
        groups: groupsFor(chunks * n),
      });
      if (gWeight) addChunks(weightSums, gWeight);
      if (gBias) addChunks(biasSums, gBias);
    }),
  );
}

/** y = Σ of the rows of `partial`. */
function addChunks(partial: Strided, y: Strided): void {
  const [chunks, n] = partial.shape;
  reduce('sum', { ...partial, shape: [n, chunks], strides: [1, n] }, y, 1);
}

export function rmsNorm(x: Strided, weight: Strided | null, y: Strided, r: Strided, eps: number): void {
  layerNorm(x, weight, null, y, null, r, eps);
}

export function rmsNormGradient(
  x: Strided,
  weight: Strided | null,
  r: Strided,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
): void {
  layerNormGradient(x, weight, null, r, g, gx, gWeight, null);
}

/* --------------------------------------------------------------------------------------------- channels */

export function channelStatistics(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  eps: number,
  running: RunningStatistics | null,
): void {
  const [examples, channels, size] = x.shape;
  orBorrowed(running?.mean ?? null, [1], (runningMean) =>
    orBorrowed(running?.variance ?? null, [1], (runningVariance) =>
      launch({
        kernel: 'channel-statistics',
        constants: { RUNNING: Number(running !== null) },
        buffers: [x, mean, rstd, runningMean, runningVariance],
        parameters: [
          ...[examples, channels, size, x.offset, mean.offset, rstd.offset, runningMean.offset, runningVariance.offset],
          ...[asFloat(eps), asFloat(running?.momentum ?? 0)],
        ],
        groups: channels,
      }),
    ),
  );
}

export function batchNorm(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  weight: Strided | null,
  bias: Strided | null,
  y: Strided,
): void {
  const [, channels, size] = x.shape;
  const elements = count(x);
  launch({
    kernel: 'batch-norm',
    constants: { WEIGHT: Number(weight !== null), BIAS: Number(bias !== null) },
    buffers: [x, mean, rstd, weight ?? x, bias ?? x, y],
    parameters: [
      ...[elements, channels, size],
      ...[x.offset, mean.offset, rstd.offset, offset(weight), offset(bias), y.offset],
    ],
    groups: groupsFor(elements),
  });
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
  const [examples, channels, size] = x.shape;
  orBorrowed(gWeight, [channels], (stretch) =>
    orBorrowed(gBias, [channels], (shift) => {
      launch({
        kernel: 'batch-norm-sums',
        buffers: [x, mean, rstd, g, stretch, shift],
        parameters: [
          ...[examples, channels, size],
          ...[x.offset, mean.offset, rstd.offset, g.offset, stretch.offset, shift.offset],
        ],
        groups: channels,
      });
      launch({
        kernel: 'batch-norm-gradient',
        constants: { WEIGHT: Number(weight !== null), FIXED: Number(fixed) },
        buffers: [x, mean, rstd, weight ?? x, g, stretch, shift, gx],
        parameters: [
          ...[count(x), channels, size, x.offset, mean.offset, rstd.offset, offset(weight)],
          ...[g.offset, stretch.offset, shift.offset, gx.offset],
        ],
        groups: groupsFor(count(x)),
      });
    }),
  );
}

/** A tensor that the shader writes, whether anybody wants it or not. */
function orBorrowed(wanted: Strided | null, shape: number[], use: (t: Strided) => void): void {
  if (wanted) use(wanted);
  else borrow(shape, 'float32', use);
}
