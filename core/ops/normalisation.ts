/**
 * Normalisation: x̂ has mean 0 and variance 1, and y = x̂·w + b lets the network choose others. The kinds differ in
 * which values share a mean: all features of an example (layerNorm), some of its channels (groupNorm), one channel of
 * all examples (batchNorm); rmsNorm brings to length 1 without a mean.
 *
 * One idea is behind all their gradients. x̂ stays the same (eps aside) when all of x is shifted or stretched, so the
 * gradient has no part in these two directions: from ĝ = g·w are taken its mean (the shift) and what lies along x̂ (the
 * stretch).
 *
 *   x̂ = (x − mean x)·r  with r = 1/√(variance + eps)      ∂x = r·(ĝ − mean ĝ − x̂·mean(ĝ·x̂)),  ∂w = Σ g·x̂,  ∂b = Σ g
 */
import { gradEnabled, record } from '../autograd/graph';
import type { RunningStatistics } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { formatShape, type Shape, sameShape, sizeOf } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { checkDevices, checkTensor, commonType, requireFloat } from './launch';
import type { Axes } from './reduce';

export interface NormOptions {
  /** Added to the variance, so that nothing is divided by 0. */
  eps?: number;
}

/** y = x̂·w + b, with mean and variance over the last axes, those of `normalizedShape` */
export function layerNorm(
  x: Tensor,
  normalizedShape: number | Shape,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { eps = 1e-5 }: NormOptions = {},
): Tensor {
  const { rows, n, shape } = checkRows('layerNorm', x, normalizedShape);
  checkEpsilon('layerNorm', eps);
  const w = fitting('layerNorm', 'weight', weight, x, shape);
  const b = fitting('layerNorm', 'bias', bias, x, shape);
  return overRows(x.reshape(rows, n), w, b, eps).reshape(...x.shape);
}

/** x: [rows, n]; w, b: [n] */
function overRows(x: Tensor, w: Tensor | null, b: Tensor | null, eps: number): Tensor {
  const y = like(x);
  const [mean, rstd] = [vector(x, x.shape[0]), vector(x, x.shape[0])];
  kernelsFor(x).layerNorm(x, w, b, y, mean, rstd, eps);

  const composed = (g: Tensor): Gradients => {
    const { xHat, r } = standardised(x, 1, eps);
    const gHat = w ? g.mul(w) : g;
    return [withoutShiftAndStretch(gHat, xHat, 1).mul(r), w && g.mul(xHat).sum(0), b && g.sum(0)];
  };
  const fused = (g: Tensor): Gradients => {
    const [gx, gw, gb] = [like(x), w && like(w), b && like(b)];
    kernelsFor(x).layerNormGradient(x, w, mean, rstd, densely(g), gx, gw, gb);
    return [gx, gw, gb];
  };
  return record('layerNorm', y, present([x, w, b]), {
    saves: present([x, w, mean, rstd]),
    gradients: (g) => present(gradEnabled() ? composed(g) : fused(g)),
  });
}

/**
 * y = x̂·w with x̂ = x·r, r = 1/√(mean x² + eps), over the last axes. Unless given, eps is the distance from 1 to the
 * next number of the dtype, as in PyTorch.
 * ∂x = r·(ĝ − x̂·mean(ĝ·x̂)): only the stretch is lost
 */
export function rmsNorm(
  x: Tensor,
  normalizedShape: number | Shape,
  weight: Tensor | null = null,
  options: NormOptions = {},
): Tensor {
  const { rows, n, shape } = checkRows('rmsNorm', x, normalizedShape);
  const { eps = x.dtype === 'float64' ? 2 ** -52 : 2 ** -23 } = options;
  checkEpsilon('rmsNorm', eps);
  const w = fitting('rmsNorm', 'weight', weight, x, shape);
  return rmsOverRows(x.reshape(rows, n), w, eps).reshape(...x.shape);
}

/** x: [rows, n]; w: [n] */
function rmsOverRows(x: Tensor, w: Tensor | null, eps: number): Tensor {
  const y = like(x);
  const scales = vector(x, x.shape[0]);
  kernelsFor(x).rmsNorm(x, w, y, scales, eps);

  const composed = (g: Tensor): Gradients => {
    const r = inverseRoot(x, 1, eps);
    const xHat = x.mul(r);
    const gHat = w ? g.mul(w) : g;
    return [withoutStretch(gHat, xHat, 1).mul(r), w && g.mul(xHat).sum(0)];
  };
  const fused = (g: Tensor): Gradients => {
    const [gx, gw] = [like(x), w && like(w)];
    kernelsFor(x).rmsNormGradient(x, w, scales, densely(g), gx, gw);
    return [gx, gw];
  };
  return record('rmsNorm', y, present([x, w]), {
    saves: present([x, w, scales]),
    gradients: (g) => present(gradEnabled() ? composed(g) : fused(g)),
  });
}

/** y = x̂·w + b, where neighbouring channels of one example share a mean, all their places included; x: [N, C, …] */
export function groupNorm(
  x: Tensor,
  groups: number,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { eps = 1e-5 }: NormOptions = {},
): Tensor {
  const { examples, channels, places } = checkChannels('groupNorm', x);
  checkEpsilon('groupNorm', eps);
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0)
    throw new Error(`groupNorm: ${channels} channels do not divide into ${groups} groups of one size`);
  const w = fitting('groupNorm', 'weight', weight, x, [channels]);
  const b = fitting('groupNorm', 'bias', bias, x, [channels]);
  const grouped = x.reshape(examples * groups, (channels / groups) * places);
  const xHat = overRows(grouped, null, null, eps).reshape(examples, channels, places);
  const scaled = w ? xHat.mul(w.unsqueeze(1)) : xHat;
  return (b ? scaled.add(b.unsqueeze(1)) : scaled).reshape(...x.shape);
}

export interface BatchNormOptions extends NormOptions {
  /** Mean and variance are those of this batch, and the running ones move towards them; else the running ones serve. */
  training?: boolean;
  /** The share of this batch in the running statistics. */
  momentum?: number;
}

/**
 * y = x̂·w + b, where all values of one channel share a mean; x: [N, C] or [N, C, …]. Training changes the running
 * statistics in place, the variance by its unbiased estimate. Otherwise mean and variance are constants: ∂x = r·ĝ
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { training = false, momentum = 0.1, eps = 1e-5 }: BatchNormOptions = {},
): Tensor {
  const { examples, channels, places } = checkChannels('batchNorm', x);
  checkEpsilon('batchNorm', eps);
  if (!(momentum >= 0 && momentum <= 1)) throw new Error(`batchNorm: momentum lies in [0, 1], not ${momentum}`);
  const running = checkRunning(x, runningMean, runningVar, momentum);
  const w = fitting('batchNorm', 'weight', weight, x, [channels]);
  const b = fitting('batchNorm', 'bias', bias, x, [channels]);
  const folded = x.reshape(examples, channels, places);
  const statistics = training ? statisticsOf(folded, running, eps) : knownStatistics(running, eps);
  return overChannels(folded, w, b, statistics, eps).reshape(...x.shape);
}

interface Statistics {
  mean: Tensor;
  rstd: Tensor;
  /** They were not computed from x, so no gradient flows through them. */
  fixed: boolean;
}

/** Of this batch. The running ones move towards them. */
function statisticsOf(x: Tensor, running: RunningTensors | null, eps: number): Statistics {
  const [examples, channels, places] = x.shape;
  if (examples * places < 2) {
    throw new Error(
      `batchNorm: training needs two values or more for each channel, not ${examples * places}; ` +
        'use a larger batch or { training: false }',
    );
  }
  if (running && !(running.mean.contiguous && running.variance.contiguous))
    throw new Error('batchNorm: running statistics are changed in place and must be contiguous; clone() them');
  const [mean, rstd] = [vector(x, channels), vector(x, channels)];
  kernelsFor(x).channelStatistics(x, mean, rstd, eps, running);
  if (running) for (const { storage } of [running.mean, running.variance]) storage.version++;
  return { mean, rstd, fixed: false };
}

function knownStatistics(running: RunningTensors | null, eps: number): Statistics {
  if (!running) throw new Error('batchNorm: without { training: true } runningMean and runningVar are needed');
  return { mean: densely(running.mean), rstd: running.variance.add(eps).rsqrt(), fixed: true };
}

/** x: [N, C, S]; w, b: [C] */
function overChannels(
  x: Tensor,
  w: Tensor | null,
  b: Tensor | null,
  { mean, rstd, fixed }: Statistics,
  eps: number,
): Tensor {
  const y = like(x);
  kernelsFor(x).batchNorm(x, mean, rstd, w, b, y);

  const composed = (g: Tensor): Gradients => {
    const { xHat, r } = fixed ? standardisedBy(mean, rstd, x) : standardised(x, [0, 2], eps);
    const gHat = w ? g.mul(w.unsqueeze(1)) : g;
    const free = fixed ? gHat : withoutShiftAndStretch(gHat, xHat, [0, 2]);
    return [free.mul(r), w && g.mul(xHat).sum([0, 2]), b && g.sum([0, 2])];
  };
  const fused = (g: Tensor): Gradients => {
    const [gx, gw, gb] = [like(x), w && like(w), b && like(b)];
    kernelsFor(x).batchNormGradient(x, mean, rstd, w, densely(g), gx, gw, gb, fixed);
    return [gx, gw, gb];
  };
  return record('batchNorm', y, present([x, w, b]), {
    saves: present([x, w, mean, rstd]),
    gradients: (g) => present(gradEnabled() ? composed(g) : fused(g)),
  });
}

/* ----------------------------------------------------- the formulas, as tensors that can be differentiated again */

interface Standardised {
  xHat: Tensor;
  r: Tensor;
}

/** x̂ = (x − mean x)·r over some axes, and r */
function standardised(x: Tensor, axes: Axes, eps: number): Standardised {
  const centred = x.sub(x.mean(axes, { keepdim: true }));
  const r = inverseRoot(centred, axes, eps);
  return { xHat: centred.mul(r), r };
}

/** r = 1/√(mean x² + eps) */
const inverseRoot = (x: Tensor, axes: Axes, eps: number): Tensor =>
  x.mul(x).mean(axes, { keepdim: true }).add(eps).rsqrt();

/** x̂ = (x − mean)·r with what is known of each channel */
function standardisedBy(mean: Tensor, rstd: Tensor, x: Tensor): Standardised {
  const r = rstd.unsqueeze(1);
  return { xHat: x.sub(mean.unsqueeze(1)).mul(r), r };
}

/** ĝ − mean ĝ − x̂·mean(ĝ·x̂) */
const withoutShiftAndStretch = (gHat: Tensor, xHat: Tensor, axes: Axes): Tensor =>
  withoutStretch(gHat.sub(gHat.mean(axes, { keepdim: true })), xHat, axes);

/** ĝ − x̂·mean(ĝ·x̂) */
const withoutStretch = (gHat: Tensor, xHat: Tensor, axes: Axes): Tensor =>
  gHat.sub(xHat.mul(gHat.mul(xHat).mean(axes, { keepdim: true })));

/* ------------------------------------------------------------------------------------------------------ outputs */

type Gradients = (Tensor | null)[];

const present = <T>(list: readonly (T | null)[]): T[] => list.filter((item): item is T => item !== null);

const like = ({ shape, dtype, device }: Tensor): Tensor => empty(shape, dtype, device);

/** One value for each row or channel of x. */
const vector = ({ dtype, device }: Tensor, length: number): Tensor => empty([length], dtype, device);

/* ------------------------------------------------------------------------------------------------------- checks */

function checkEpsilon(operation: string, eps: number): void {
  if (!(eps >= 0)) throw new Error(`${operation}: eps is a number from 0 up, not ${eps}`);
}

/** The shape that is normalised as one row of n, and how many rows there are. */
function checkRows(operation: string, x: Tensor, normalizedShape: number | Shape) {
  requireFloat(operation, x);
  const shape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
  const first = x.rank - shape.length;
  if (shape.length === 0) throw new Error(`${operation}: normalizedShape names no axis; give at least the last extent`);
  if (first < 0 || !sameShape(x.shape.slice(first), shape)) {
    throw new Error(
      `${operation}: an input of shape ${formatShape(x.shape)} does not end in normalizedShape ${formatShape(shape)}`,
    );
  }
  return { rows: sizeOf(x.shape.slice(0, first)), n: sizeOf(shape), shape };
}

function checkChannels(operation: string, x: Tensor) {
  requireFloat(operation, x);
  if (x.rank < 2)
    throw new Error(`${operation}: the input is [N, C] or [N, C, …], not ${formatShape(x.shape)}; unsqueeze(0) adds N`);
  return { examples: x.shape[0], channels: x.shape[1], places: sizeOf(x.shape.slice(2)) };
}

/** A weight or bias as one contiguous row, if it fits the input. */
function fitting(operation: string, role: string, t: Tensor | null, x: Tensor, shape: Shape): Tensor | null {
  if (!t) return null;
  checkTensor(operation, t);
  checkDevices(operation, [x, t]);
  if (!sameShape(t.shape, shape)) {
    throw new Error(
      `${operation}: ${role} has shape ${formatShape(t.shape)}, ` +
        `an input of shape ${formatShape(x.shape)} needs ${formatShape(shape)}`,
    );
  }
  return t.to(commonType(operation, x.dtype, t.dtype)).reshape(sizeOf(shape));
}

type RunningTensors = RunningStatistics & { mean: Tensor; variance: Tensor };

function checkRunning(
  x: Tensor,
  mean: Tensor | null,
  variance: Tensor | null,
  momentum: number,
): RunningTensors | null {
  if (!mean && !variance) return null;
  if (!mean || !variance) throw new Error('batchNorm: runningMean and runningVar come together; one is missing');
  for (const t of [mean, variance]) {
    fitting('batchNorm', 'a running statistic', t, x, [x.shape[1]]);
    if (t.dtype !== x.dtype)
      throw new Error(`batchNorm: a running statistic is ${t.dtype}, the input ${x.dtype}; convert one`);
    if (t.requiresGrad) throw new Error('batchNorm: no gradient flows into running statistics; detach() them');
  }
  return { mean, variance, momentum };
}
