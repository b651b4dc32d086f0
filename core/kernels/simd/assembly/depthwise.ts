/**
 * Convolution where every channel is a group of its own, and its gradients: too little arithmetic for a product of
 * matrices. Each plane is laid out in the thread's scratch (sliding.ts); then each row of the output is a weighted sum
 * of rows of it, one for each place of the window.
 */
import { F32, loadPart, madd, storePart, sumLanes, VECTOR } from './lanes';
import { clear, layOut, parts, putEvery, rowBytes, Sliding, tapAt } from './sliding';
import { ARGS, launch, run, scratch, Task } from './threads';

/** A block takes planes of about so many elements in all. */
const BLOCK_ELEMENTS: i32 = 1 << 13;
/** Convolutions of fewer multiplications are not worth a second thread: about 0.05 ms. */
const SMALL: i64 = 150_000;

/** A thread's scratch: where places of the window lie, sums in double precision, then a plane. */
const SUMS: usize = 1 << 16;
const PLANE: usize = 1 << 18;

@unmanaged
class Depthwise extends Sliding {
  x: usize; // [images, channels, height, width]: the input, or its gradient
  weight: usize; // [channels · outputs, window], or its gradient
  bias: usize; // [channels · outputs], or 0: none
  y: usize; // [images, channels · outputs, rows, columns]: the output, or its gradient
  images: i32;
  channels: i32;
  outputs: i32; // of a channel
  window: i32;
  count: i32; // what a launch goes over, and how many of it make a block
  blockSize: i32;
}

function begin(
  x: usize, weight: usize, bias: usize, y: usize, images: i32, channels: i32, outputs: i32,
): Depthwise {
  const s = changetype<Depthwise>(ARGS);
  s.x = x;
  s.weight = weight;
  s.bias = bias;
  s.y = y;
  s.images = images;
  s.channels = channels;
  s.outputs = outputs;
  s.window = s.windowHeight * s.windowWidth;
  return s;
}

/** A launch over `count` things of so many elements each: a block is some of them. */
function overAll(s: Depthwise, task: Task, count: i32, elements: i32): void {
  s.count = count;
  s.blockSize = max(1, BLOCK_ELEMENTS / max(1, elements));
  const blocks = parts(count, s.blockSize);
  if (<i64>s.images * s.channels * s.outputs * s.rows * s.columns * s.window < SMALL) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

/* -------------------------------------------------------------------------------------------- convolution */

export function depthwise(
  x: usize, weight: usize, bias: usize, y: usize, images: i32, channels: i32, outputs: i32,
): void {
  const s = begin(x, weight, bias, y, images, channels, outputs);
  overAll(s, convolvePlanes, images * channels, s.height * s.width);
}

function convolvePlanes(args: usize, block: i32): void {
  const s = changetype<Depthwise>(args);
  const plane = scratch + PLANE;
  const places = s.rows * s.columns;
  const end = min((block + 1) * s.blockSize, s.count);
  findTaps(s);
  for (let i = block * s.blockSize; i < end; i++) {
    layOut(s, s.x + i * s.height * s.width * F32, plane);
    for (let m = 0; m < s.outputs; m++) {
      const o = (i % s.channels) * s.outputs + m;
      const start = s.bias ? load<f32>(s.bias + o * F32) : 0;
      const y = s.y + (i * s.outputs + m) * places * F32;
      const weights = s.weight + o * s.window * F32;
      addUp(s, plane, s.down * rowBytes(s), weights, s.window, start, y, s.rows, s.columns);
    }
  }
}

function findTaps(s: Sliding): void {
  let to = scratch;
  for (let u = 0; u < s.windowHeight; u++) {
    for (let v = 0; v < s.windowWidth; v++, to += F32) store<usize>(to, tapAt(s, u, v));
  }
}

/**
 * y[i, j] = start + Σₜ w[t] · x[i, j + taps[t]] for `count` taps, which stand at the start of the scratch. The rows of
 * x are xRow bytes apart, those of y follow each other.
 */
function addUp(
  s: Depthwise, x: usize, xRow: usize, weights: usize, count: i32, start: f32, y: usize, rows: i32, columns: i32,
): void {
  if (s.windowWidth == 3 && count == 9) {
    addUpNine(x, xRow, weights, start, y, rows, columns);
    return;
  }
  for (let i = 0; i < rows; i++, x += xRow, y += columns * F32) {
    let j = 0;
    for (; j <= columns - 16; j += 16) addUpSixteen(x + j * F32, weights, count, start, y + j * F32);
    for (; j <= columns - 4; j += 4) v128.store(y + j * F32, addUpFour(x + j * F32, weights, count, start));
    if (j == columns) continue;
    // The last few once more together with those before them
    if (columns >= 4) v128.store(y + (columns - 4) * F32, addUpFour(x + (columns - 4) * F32, weights, count, start));
    else storePart(y, addUpFour(x, weights, count, start), columns);
  }
}

/** The same for three rows of three taps, whose weights stay in registers. */
function addUpNine(x: usize, xRow: usize, weights: usize, start: f32, y: usize, rows: i32, columns: i32): void {
  const w0 = v128.load32_splat(weights), w1 = v128.load32_splat(weights, 4), w2 = v128.load32_splat(weights, 8);
  const w3 = v128.load32_splat(weights, 12), w4 = v128.load32_splat(weights, 16), w5 = v128.load32_splat(weights, 20);
  const w6 = v128.load32_splat(weights, 24), w7 = v128.load32_splat(weights, 28), w8 = v128.load32_splat(weights, 32);
  const first = load<usize>(scratch), down = load<usize>(scratch, 12) - first;
  const second = load<usize>(scratch, 4) - first, third = load<usize>(scratch, 8) - first;
  x += first;
  for (let i = 0; i < rows; i++, x += xRow, y += columns * F32) {
    for (let j = 0; j < columns; j += 4) {
      const at = columns < 4 ? 0 : min(j, columns - 4) * F32; // the last few together with those before them
      let from = x + at;
      let c = madd(w0, v128.load(from), f32x4.splat(start));
      c = madd(w1, v128.load(from + second), c);
      c = madd(w2, v128.load(from + third), c);
      from += down;
      let d = f32x4.mul(w3, v128.load(from));
      d = madd(w4, v128.load(from + second), d);
      d = madd(w5, v128.load(from + third), d);
      from += down;
      c = madd(w6, v128.load(from), c);
      c = madd(w7, v128.load(from + second), c);
      d = madd(w8, v128.load(from + third), d);
      c = f32x4.add(c, d);
      if (columns < 4) storePart(y, c, columns);
      else v128.store(y + at, c);
    }
  }
}

// @ts-ignore: decorator
@inline
function addUpSixteen(x: usize, weights: usize, count: i32, start: f32, y: usize): void {
  let c0 = f32x4.splat(start), c1 = c0, c2 = c0, c3 = c0;
  for (let taps = scratch, end = scratch + count * F32; taps < end; taps += F32, weights += F32) {
    const from = x + load<usize>(taps);
    const w = v128.load32_splat(weights);
    c0 = madd(w, v128.load(from), c0);
    c1 = madd(w, v128.load(from, 16), c1);
    c2 = madd(w, v128.load(from, 32), c2);
    c3 = madd(w, v128.load(from, 48), c3);
  }
  v128.store(y, c0);
  v128.store(y, c1, 16);
  v128.store(y, c2, 32);
  v128.store(y, c3, 48);
}

// @ts-ignore: decorator
@inline
function addUpFour(x: usize, weights: usize, count: i32, start: f32): v128 {
  let c = f32x4.splat(start);
  for (let taps = scratch, end = scratch + count * F32; taps < end; taps += F32, weights += F32) {
    c = madd(v128.load32_splat(weights), v128.load(x + load<usize>(taps)), c);
  }
  return c;
}

/* ------------------------------------------------------------------------------- the gradient of the input */

/**
 * Seen from the input, the gradient of the output has zeros between its rows and columns where the stride is more than
 * 1, and the window stands upside down; beyond that it is the same sum.
 */
export function depthwiseSpread(
  y: usize, weight: usize, x: usize, images: i32, channels: i32, outputs: i32,
): void {
  const s = begin(x, weight, 0, y, images, channels, outputs);
  overAll(s, spreadPlanes, images * channels, s.height * s.width);
}

function spreadPlanes(args: usize, block: i32): void {
  const s = changetype<Depthwise>(args);
  const plane = scratch + PLANE;
  const places = s.rows * s.columns;
  const row = (s.width + (s.windowWidth - 1) * s.dilationAcross) * F32;
  const size = (s.height + (s.windowHeight - 1) * s.dilationDown) * row;
  const end = min((block + 1) * s.blockSize, s.count);
  findTurnedTaps(s, row, size);
  for (let i = block * s.blockSize; i < end; i++) {
    for (let m = 0; m < s.outputs; m++) {
      standApart(s, s.y + (i * s.outputs + m) * places * F32, plane + m * size);
    }
    const weights = s.weight + (i % s.channels) * s.outputs * s.window * F32;
    addUp(s, plane, row, weights, s.outputs * s.window, 0, s.x + i * s.height * s.width * F32, s.height, s.width);
  }
}

function findTurnedTaps(s: Depthwise, row: usize, size: usize): void {
  let to = scratch;
  for (let m = 0; m < s.outputs; m++) {
    for (let u = s.windowHeight - 1; u >= 0; u--) {
      for (let v = s.windowWidth - 1; v >= 0; v--, to += F32) {
        store<usize>(to, m * size + u * s.dilationDown * row + v * s.dilationAcross * F32);
      }
    }
  }
}

/** A plane of the output's gradient, where the input's places see it; what none of them sees is left out. */
function standApart(s: Depthwise, g: usize, to: usize): void {
  const above = (s.windowHeight - 1) * s.dilationDown - s.above, left = (s.windowWidth - 1) * s.dilationAcross - s.left;
  const tall = s.height + above + s.above, wide = s.width + left + s.left;
  clear(to, tall * wide);
  const top = parts(max(0, -above), s.down), bottom = min(s.rows, parts(max(0, tall - above), s.down));
  const first = parts(max(0, -left), s.across), count = min(s.columns, parts(max(0, wide - left), s.across)) - first;
  g += (top * s.columns + first) * F32;
  for (let i = top; i < bottom; i++, g += s.columns * F32) {
    putEvery(g, count, to + ((above + i * s.down) * wide + left + first * s.across) * F32, s.across);
  }
}

/* ----------------------------------------------------------------------------- the gradient of the weights */

export function depthwiseCorrelate(
  x: usize, y: usize, weight: usize, images: i32, channels: i32, outputs: i32,
): void {
  const s = begin(x, weight, 0, y, images, channels, outputs);
  overAll(s, correlateChannels, channels, images * s.height * s.width);
}

function correlateChannels(args: usize, block: i32): void {
  const s = changetype<Depthwise>(args);
  const end = min((block + 1) * s.blockSize, s.count);
  findTaps(s);
  for (let c = block * s.blockSize; c < end; c++) correlateChannel(s, c);
}

/** Each place of the window is the product of two planes, g and what it sees of x. */
function correlateChannel(s: Depthwise, c: i32): void {
  const plane = scratch + PLANE;
  const places = s.rows * s.columns;
  const weights = s.outputs * s.window;
  memory.fill(scratch + SUMS, 0, weights * 8);
  for (let n = 0; n < s.images; n++) {
    const i = n * s.channels + c;
    layOut(s, s.x + i * s.height * s.width * F32, plane);
    for (let m = 0, sum = scratch + SUMS; m < s.outputs; m++) {
      const y = s.y + (i * s.outputs + m) * places * F32;
      for (let t = 0; t < s.window; t++, sum += 8) {
        const x = plane + load<usize>(scratch + t * F32);
        store<f64>(sum, load<f64>(sum) + dotRows(y, x, s.down * rowBytes(s), s.rows, s.columns));
      }
    }
  }
  const to = s.weight + c * weights * F32;
  for (let t = 0; t < weights; t++) store<f32>(to + t * F32, <f32>load<f64>(scratch + SUMS + t * 8));
}

/** Σ g[i, j] · x[i, j]. The rows of x are xRow bytes apart, those of g follow each other. */
function dotRows(g: usize, x: usize, xRow: usize, rows: i32, columns: i32): f64 {
  let c0 = f32x4.splat(0), c1 = c0;
  const rest = columns & 3;
  const last = columns * F32 - VECTOR;
  const isLast = i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(4 - rest));
  for (let i = 0; i < rows; i++, x += xRow, g += columns * F32) {
    let j = 0;
    for (; j <= columns - 8; j += 8) {
      c0 = madd(v128.load(g + j * F32), v128.load(x + j * F32), c0);
      c1 = madd(v128.load(g + j * F32, VECTOR), v128.load(x + j * F32, VECTOR), c1);
    }
    if (j <= columns - 4) c0 = madd(v128.load(g + j * F32), v128.load(x + j * F32), c0);
    if (rest == 0) continue;
    // Of the last four, those that were not yet there
    const product = columns < 4 ? f32x4.mul(loadPart(g, rest, 0), loadPart(x, rest, 0))
      : v128.and(f32x4.mul(v128.load(g + last), v128.load(x + last)), isLast);
    c1 = f32x4.add(c1, product);
  }
  return sumLanes(f32x4.add(c0, c1));
}
