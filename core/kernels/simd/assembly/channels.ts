/**
 * Normalisation over channels (batchNorm): the loops of the second half of cpu/normalisation.ts. x is [N, C, S]: the
 * values of a channel are N rows of S numbers. Where S is 1 they stand in columns instead, and four channels are
 * summed at a time. Sums over a channel end in double precision.
 */
import { F32, madd, VECTOR } from './lanes';
import { launchRows, ONES, productsWithDeviations, rowsOfBlock, SMALL, squares, sum, ZEROS } from './sums';
import { ARGS, launch, run, Task } from './threads';

/** A block takes as many channels as hold about so many elements; of columns at least a cache line. */
const BLOCK: i32 = 8192;
const FEWEST_COLUMNS: i32 = 16;

@unmanaged
class Channels {
  x: usize; // [N, C, S]
  mean: usize; // this and all others: [C]
  rstd: usize;
  examples: i32;
  channels: i32;
  size: i32;
  channelsOfBlock: i32;
  weight: usize; // or 0: none
  bias: usize; // or 0: none
  y: usize; // [N, C, S]
  g: usize; // [N, C, S]
  gx: usize; // [N, C, S]
  gWeight: usize; // or 0: nobody wants it
  gBias: usize; // or 0: nobody wants it
  fixed: i32;
  runningMean: usize; // or 0: none
  runningVariance: usize;
  eps: f64;
  momentum: f64;
}

// @ts-ignore: decorator
@inline
function prepare(x: usize, mean: usize, rstd: usize, examples: i32, channels: i32, size: i32): Channels {
  const p = changetype<Channels>(ARGS);
  p.x = x;
  p.mean = mean;
  p.rstd = rstd;
  p.examples = examples;
  p.channels = channels;
  p.size = size;
  return p;
}

/** Runs a task that works on whole channels, some of them in each block. */
function launchChannels(task: Task, p: Channels): void {
  const n = p.examples * p.size;
  p.channelsOfBlock = max(p.size == 1 ? FEWEST_COLUMNS : 1, BLOCK / max(1, n));
  const blocks = (p.channels + p.channelsOfBlock - 1) / p.channelsOfBlock;
  if (<i64>n * p.channels < SMALL) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

// @ts-ignore: decorator
@inline
function rowOf(p: Channels, x: usize, example: i32, channel: i32): usize {
  return x + (example * p.channels + channel) * p.size * F32;
}

/* ---------------------------------------------------------------------------------------------- statistics */

/** `runningMean` is 0 where nothing is remembered. */
export function channelStatistics(
  x: usize, mean: usize, rstd: usize, runningMean: usize, runningVariance: usize,
  examples: i32, channels: i32, size: i32, eps: f64, momentum: f64,
): void {
  const p = prepare(x, mean, rstd, examples, channels, size);
  p.runningMean = runningMean;
  p.runningVariance = runningVariance;
  p.eps = eps;
  p.momentum = momentum;
  launchChannels(statisticsBlock, p);
}

function statisticsBlock(args: usize, block: i32): void {
  const p = changetype<Channels>(args);
  let c = block * p.channelsOfBlock;
  const end = min(c + p.channelsOfBlock, p.channels);
  if (p.size == 1) for (; c <= end - 4; c += 4) columnStatistics(p, c);
  for (; c < end; c++) {
    let total: f64 = 0, deviations: f64 = 0;
    for (let i = 0; i < p.examples; i++) total += sum(rowOf(p, p.x, i, c), p.size);
    const m = total / (p.examples * p.size);
    for (let i = 0; i < p.examples; i++) deviations += squares(rowOf(p, p.x, i, c), <f32>m, p.size);
    storeStatistics(p, c, m, deviations);
  }
}

/** The same for four columns of [N, C]. */
function columnStatistics(p: Channels, c: i32): void {
  const step = p.channels * F32;
  const from = p.x + c * F32, end = from + p.examples * step;
  let m01 = f64x2.splat(0), m23 = m01, s01 = m01, s23 = m01;
  for (let x = from; x < end; x += step) {
    m01 = f64x2.add(m01, lowHalf(v128.load(x)));
    m23 = f64x2.add(m23, highHalf(v128.load(x)));
  }
  const count = f64x2.splat(p.examples);
  m01 = f64x2.div(m01, count);
  m23 = f64x2.div(m23, count);
  for (let x = from; x < end; x += step) {
    const d01 = f64x2.sub(lowHalf(v128.load(x)), m01), d23 = f64x2.sub(highHalf(v128.load(x)), m23);
    s01 = f64x2.add(s01, f64x2.mul(d01, d01));
    s23 = f64x2.add(s23, f64x2.mul(d23, d23));
  }
  storeStatistics(p, c, f64x2.extract_lane(m01, 0), f64x2.extract_lane(s01, 0));
  storeStatistics(p, c + 1, f64x2.extract_lane(m01, 1), f64x2.extract_lane(s01, 1));
  storeStatistics(p, c + 2, f64x2.extract_lane(m23, 0), f64x2.extract_lane(s23, 0));
  storeStatistics(p, c + 3, f64x2.extract_lane(m23, 1), f64x2.extract_lane(s23, 1));
}

/** `deviations` is the sum of their squares. */
function storeStatistics(p: Channels, c: i32, m: f64, deviations: f64): void {
  const count = p.examples * p.size;
  const at = c * F32;
  store<f32>(p.mean + at, <f32>m);
  store<f32>(p.rstd + at, <f32>(1 / sqrt(deviations / count + p.eps)));
  if (!p.runningMean) return;
  approach(p.runningMean + at, m, p.momentum);
  approach(p.runningVariance + at, deviations / (count - 1), p.momentum);
}

function approach(running: usize, value: f64, momentum: f64): void {
  const old = <f64>load<f32>(running);
  store<f32>(running, <f32>(old + momentum * (value - old)));
}

/** Lanes 0 and 1 in double precision. */
// @ts-ignore: decorator
@inline
function lowHalf(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

/** Lanes 2 and 3. */
// @ts-ignore: decorator
@inline
function highHalf(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

/* ------------------------------------------------------------------------------------------------- forward */

export function batchNorm(
  x: usize, mean: usize, rstd: usize, weight: usize, bias: usize, y: usize,
  examples: i32, channels: i32, size: i32,
): void {
  const p = prepare(x, mean, rstd, examples, channels, size);
  p.weight = weight;
  p.bias = bias;
  p.y = y;
  if (size == 1) launchRows(batchNormColumns, examples, channels);
  else launchRows(batchNormRows, examples * channels, size);
}

function batchNormRows(args: usize, block: i32): void {
  const p = changetype<Channels>(args);
  const first = block * rowsOfBlock(p.size);
  const end = min(first + rowsOfBlock(p.size), p.examples * p.channels);
  for (let row = first; row < end; row++) {
    const at = (row % p.channels) * F32;
    const scale = load<f32>(p.rstd + at) * (p.weight ? load<f32>(p.weight + at) : 1);
    const shift = p.bias ? load<f32>(p.bias + at) : 0;
    const bytes = row * p.size * F32;
    scaleRow(p.x + bytes, p.y + bytes, p.size, load<f32>(p.mean + at), scale, shift);
  }
}

/** y = (x − m) · scale + shift */
function scaleRow(x: usize, y: usize, n: i32, m: f32, scale: f32, shift: f32): void {
  const centre = f32x4.splat(m), scales = f32x4.splat(scale), shifts = f32x4.splat(shift);
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR, y += VECTOR) {
    v128.store(y, madd(f32x4.sub(v128.load(x), centre), scales, shifts));
  }
  for (; i < n; i++, x += F32, y += F32) store<f32>(y, (load<f32>(x) - m) * scale + shift);
}

/** Rows of [N, C]: each element has its own mean and scale. */
function batchNormColumns(args: usize, block: i32): void {
  const p = changetype<Channels>(args);
  const n = p.channels;
  const first = block * rowsOfBlock(n);
  const end = min(first + rowsOfBlock(n), p.examples);
  const wStep = p.weight ? F32 : 0, bStep = p.bias ? F32 : 0;
  let x = p.x + first * n * F32, y = p.y + first * n * F32;
  for (let row = first; row < end; row++) {
    let m = p.mean, s = p.rstd, w = p.weight || ONES, b = p.bias || ZEROS;
    let c = 0;
    for (; c <= n - 4; c += 4, x += VECTOR, y += VECTOR, m += VECTOR, s += VECTOR, w += 4 * wStep, b += 4 * bStep) {
      const scale = f32x4.mul(v128.load(s), v128.load(w));
      v128.store(y, madd(f32x4.sub(v128.load(x), v128.load(m)), scale, v128.load(b)));
    }
    for (; c < n; c++, x += F32, y += F32, m += F32, s += F32, w += wStep, b += bStep) {
      store<f32>(y, (load<f32>(x) - load<f32>(m)) * (load<f32>(s) * load<f32>(w)) + load<f32>(b));
    }
  }
}

/* ------------------------------------------------------------------------------------------------ backward */

export function batchNormGradient(
  x: usize, mean: usize, rstd: usize, weight: usize, g: usize, gx: usize, gWeight: usize, gBias: usize,
  examples: i32, channels: i32, size: i32, fixed: i32,
): void {
  const p = prepare(x, mean, rstd, examples, channels, size);
  p.weight = weight;
  p.g = g;
  p.gx = gx;
  p.gWeight = gWeight;
  p.gBias = gBias;
  p.fixed = fixed;
  launchChannels(gradientBlock, p);
}

function gradientBlock(args: usize, block: i32): void {
  const p = changetype<Channels>(args);
  let c = block * p.channelsOfBlock;
  const end = min(c + p.channelsOfBlock, p.channels);
  if (p.size == 1) for (; c <= end - 4; c += 4) columnGradient(p, c);
  for (; c < end; c++) channelGradient(p, c);
}

function channelGradient(p: Channels, c: i32): void {
  const at = c * F32, n = p.size;
  const m = load<f32>(p.mean + at), s = load<f32>(p.rstd + at);
  let shift: f64 = 0, stretch: f64 = 0; // Σ g, Σ g·x̂
  for (let i = 0; i < p.examples; i++) {
    const g = rowOf(p, p.g, i, c);
    shift += sum(g, n);
    stretch += s * productsWithDeviations(g, rowOf(p, p.x, i, c), m, n);
  }
  storeSums(p, c, shift, stretch);
  const scale = s * (p.weight ? load<f32>(p.weight + at) : 1);
  const count = <f64>p.examples * n;
  const meanShift = <f32>(p.fixed ? 0 : shift / count);
  const tilt = <f32>(p.fixed ? 0 : (s * stretch) / count);
  for (let i = 0; i < p.examples; i++) {
    gradientRow(rowOf(p, p.x, i, c), rowOf(p, p.g, i, c), rowOf(p, p.gx, i, c), n, m, scale, meanShift, tilt);
  }
}

function storeSums(p: Channels, c: i32, shift: f64, stretch: f64): void {
  if (p.gWeight) store<f32>(p.gWeight + c * F32, <f32>stretch);
  if (p.gBias) store<f32>(p.gBias + c * F32, <f32>shift);
}

/** gx = scale · (g − meanShift − (x − m) · tilt) */
function gradientRow(x: usize, g: usize, gx: usize, n: i32, m: f32, scale: f32, meanShift: f32, tilt: f32): void {
  const centre = f32x4.splat(m), scales = f32x4.splat(scale);
  const shifts = f32x4.splat(meanShift), tilts = f32x4.splat(tilt);
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR, g += VECTOR, gx += VECTOR) {
    v128.store(gx, gradientOf(v128.load(x), v128.load(g), centre, scales, shifts, tilts));
  }
  for (; i < n; i++, x += F32, g += F32, gx += F32) {
    store<f32>(gx, scale * (load<f32>(g) - meanShift - (load<f32>(x) - m) * tilt));
  }
}

// @ts-ignore: decorator
@inline
function gradientOf(x: v128, g: v128, m: v128, scale: v128, shift: v128, tilt: v128): v128 {
  return f32x4.mul(scale, f32x4.sub(f32x4.sub(g, shift), f32x4.mul(f32x4.sub(x, m), tilt)));
}

/** The same for four columns of [N, C]. */
function columnGradient(p: Channels, c: i32): void {
  const at = c * F32, step = p.channels * F32, bytes = <usize>p.examples * step;
  const x = p.x + at, g = p.g + at;
  const m = v128.load(p.mean + at), s = v128.load(p.rstd + at);
  let shift01 = f64x2.splat(0), shift23 = shift01, stretch01 = shift01, stretch23 = shift01; // Σ g, Σ g·x̂
  for (let row: usize = 0; row < bytes; row += step) {
    const xHat = f32x4.mul(f32x4.sub(v128.load(x + row), m), s);
    const g01 = lowHalf(v128.load(g + row)), g23 = highHalf(v128.load(g + row));
    shift01 = f64x2.add(shift01, g01);
    shift23 = f64x2.add(shift23, g23);
    stretch01 = f64x2.add(stretch01, f64x2.mul(g01, lowHalf(xHat)));
    stretch23 = f64x2.add(stretch23, f64x2.mul(g23, highHalf(xHat)));
  }
  const shift = joined(shift01, shift23), stretch = joined(stretch01, stretch23);
  if (p.gWeight) v128.store(p.gWeight + at, stretch);
  if (p.gBias) v128.store(p.gBias + at, shift);
  const scale = p.weight ? f32x4.mul(s, v128.load(p.weight + at)) : s;
  const share = f32x4.splat(p.fixed ? 0 : 1 / <f32>p.examples);
  const meanShift = f32x4.mul(shift, share), tilt = f32x4.mul(f32x4.mul(s, stretch), share);
  for (let row: usize = 0; row < bytes; row += step) {
    v128.store(p.gx + at + row, gradientOf(v128.load(x + row), v128.load(g + row), m, scale, meanShift, tilt));
  }
}

/** Two halves in double precision as one vector in single. */
// @ts-ignore: decorator
@inline
function joined(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
