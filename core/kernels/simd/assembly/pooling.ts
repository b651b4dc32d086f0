/**
 * Pooling: cpu/pooling.ts, four outputs of a row at a time. Rows of the window that are padding are left out
 * beforehand; outputs that see padding at the left or at the right are computed one by one.
 */
import { F32, VECTOR } from './lanes';
import { clear, fourOf, parts, Sliding } from './sliding';
import { ARGS, launch, run, scratch, Task } from './threads';

/** A block takes planes of about so many elements in all, of input and windows; less in all stays on one thread. */
const BLOCK_ELEMENTS: i32 = 1 << 15;
/** Of a row of outputs, so many are shared out at a time. */
const SHARES: i32 = 4096;

@unmanaged
class Pooling extends Sliding {
  x: usize; // [planes, height, width]: the input, or its gradient
  y: usize; // [planes, rows, columns]: the output, or its gradient
  index: usize; // the same, int32: where each largest value was found
  below: i32; // the padding after
  right: i32;
  countIncludePad: bool;
  inner: i32; // the outputs from here on,
  innerEnd: i32; // and before here, see no padding at their sides
  planes: i32;
  blockPlanes: i32;
}

function start(task: Task, x: usize, y: usize, planes: i32): void {
  const s = changetype<Pooling>(ARGS);
  s.x = x;
  s.y = y;
  s.inner = min(s.columns, parts(s.left, s.across));
  const reach = s.width + s.left - (s.windowWidth - 1) * s.dilationAcross;
  s.innerEnd = max(s.inner, min(s.columns, parts(max(0, reach), s.across)));
  s.planes = planes;
  s.blockPlanes = max(1, BLOCK_ELEMENTS / (s.height * s.width + s.rows * s.columns * s.windowHeight * s.windowWidth));
  const blocks = parts(planes, s.blockPlanes);
  if (blocks > 2) launch(task, ARGS, blocks);
  else run(task, ARGS, blocks);
}

// @ts-ignore: decorator
@inline
function lastPlane(s: Pooling, block: i32): i32 {
  return min((block + 1) * s.blockPlanes, s.planes);
}

/** Of the window's rows, seen by row i of the outputs: the first that is not padding above the input, … */
// @ts-ignore: decorator
@inline
function firstRow(s: Pooling, i: i32): i32 {
  return parts(max(0, s.above - i * s.down), s.dilationDown);
}

/** … and the first that is padding below it. */
// @ts-ignore: decorator
@inline
function endRow(s: Pooling, i: i32): i32 {
  return min(s.windowHeight, parts(max(0, s.height + s.above - i * s.down), s.dilationDown));
}

// @ts-ignore: decorator
@inline
function firstColumn(s: Pooling, j: i32): i32 {
  return parts(max(0, s.left - j * s.across), s.dilationAcross);
}

// @ts-ignore: decorator
@inline
function endColumn(s: Pooling, j: i32): i32 {
  return min(s.windowWidth, parts(max(0, s.width + s.left - j * s.across), s.dilationAcross));
}

/** What output (i, j) sees through place (u, v) of the window, counted through the plane. */
// @ts-ignore: decorator
@inline
function placeOf(s: Pooling, i: i32, j: i32, u: i32, v: i32): i32 {
  const h = i * s.down - s.above + u * s.dilationDown;
  return h * s.width + j * s.across - s.left + v * s.dilationAcross;
}

/* --------------------------------------------------------------------------------------- the largest value */

export function maxPool(x: usize, y: usize, index: usize, planes: i32): void {
  changetype<Pooling>(ARGS).index = index;
  start(maxPlanes, x, y, planes);
}

function maxPlanes(args: usize, block: i32): void {
  const s = changetype<Pooling>(args);
  const end = lastPlane(s, block) * s.rows;
  for (let row = block * s.blockPlanes * s.rows; row < end; row++) {
    maxRow(s, s.x + (row / s.rows) * s.height * s.width * F32, row % s.rows, row * s.columns * F32);
  }
}

/** Row i of a plane of outputs, which stands `at` bytes behind the first. */
function maxRow(s: Pooling, x: usize, i: i32, at: usize): void {
  const first = firstRow(s, i), end = endRow(s, i);
  let j = 0;
  for (; j < s.inner; j++) maxOne(s, x, i, j, first, end, at + j * F32);
  for (; j <= s.innerEnd - 4; j += 4) maxFour(s, x, i, j, first, end, at + j * F32);
  if (j < s.innerEnd && s.innerEnd - s.inner >= 4) {
    // The last few once more together with those before them
    j = s.innerEnd;
    maxFour(s, x, i, j - 4, first, end, at + (j - 4) * F32);
  }
  for (; j < s.columns; j++) maxOne(s, x, i, j, first, end, at + j * F32);
}

function maxFour(s: Pooling, x: usize, i: i32, j: i32, first: i32, end: i32, at: usize): void {
  const across = s.across;
  const apart = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(across));
  let place = placeOf(s, i, j, first, 0);
  let largest = fourOf(x + place * F32, across);
  let index = i32x4.splat(place);
  for (let u = first; u < end; u++) {
    place = placeOf(s, i, j, u, 0);
    for (let v = 0; v < s.windowWidth; v++, place += s.dilationAcross) {
      const value = fourOf(x + place * F32, across);
      const larger = isLarger(value, largest);
      largest = v128.bitselect(value, largest, larger);
      index = v128.bitselect(i32x4.splat(place), index, larger);
    }
  }
  v128.store(s.y + at, largest);
  v128.store(s.index + at, i32x4.add(index, apart));
}

/** NaN is largest, and the first of several stays: unless b is NaN, anything that is not smaller or equal. */
// @ts-ignore: decorator
@inline
function isLarger(a: v128, b: v128): v128 {
  return v128.andnot(f32x4.eq(b, b), f32x4.le(a, b));
}

function maxOne(s: Pooling, x: usize, i: i32, j: i32, first: i32, end: i32, at: usize): void {
  const left = firstColumn(s, j), right = endColumn(s, j);
  let index = placeOf(s, i, j, first, left);
  let largest = load<f32>(x + index * F32);
  for (let u = first; u < end; u++) {
    let place = placeOf(s, i, j, u, left);
    for (let v = left; v < right; v++, place += s.dilationAcross) {
      const value = load<f32>(x + place * F32);
      if (largest == largest && !(value <= largest)) {
        largest = value;
        index = place;
      }
    }
  }
  store<f32>(s.y + at, largest);
  store<i32>(s.index + at, index);
}

export function maxPoolGradient(y: usize, index: usize, x: usize, planes: i32): void {
  changetype<Pooling>(ARGS).index = index;
  start(maxGradientPlanes, x, y, planes);
}

function maxGradientPlanes(args: usize, block: i32): void {
  const s = changetype<Pooling>(args);
  const end = lastPlane(s, block);
  const places = s.rows * s.columns;
  for (let plane = block * s.blockPlanes; plane < end; plane++) {
    const x = s.x + plane * s.height * s.width * F32;
    const y = s.y + plane * places * F32, index = s.index + plane * places * F32;
    clear(x, s.height * s.width);
    for (let p = 0; p < places; p++) {
      const to = x + load<i32>(index + p * F32) * F32;
      store<f32>(to, load<f32>(to) + load<f32>(y + p * F32));
    }
  }
}

/* ------------------------------------------------------------------------------------------------ the mean */

export function avgPool(x: usize, y: usize, planes: i32, below: i32, right: i32, countIncludePad: bool): void {
  const s = changetype<Pooling>(ARGS);
  s.below = below;
  s.right = right;
  s.countIncludePad = countIncludePad;
  start(meanPlanes, x, y, planes);
}

function meanPlanes(args: usize, block: i32): void {
  const s = changetype<Pooling>(args);
  const end = lastPlane(s, block) * s.rows;
  for (let row = block * s.blockPlanes * s.rows; row < end; row++) {
    meanRow(s, s.x + (row / s.rows) * s.height * s.width * F32, row % s.rows, s.y + row * s.columns * F32);
  }
}

function meanRow(s: Pooling, x: usize, i: i32, y: usize): void {
  const first = firstRow(s, i), end = endRow(s, i);
  let j = 0;
  for (; j < s.inner; j++) meanOfOne(s, x, i, j, first, end, y + j * F32);
  const count = f32x4.splat(<f32>countOf(s, i, j));
  for (; j <= s.innerEnd - 4; j += 4) v128.store(y + j * F32, f32x4.div(sumOfFour(s, x, i, j, first, end), count));
  if (j < s.innerEnd && s.innerEnd - s.inner >= 4) {
    j = s.innerEnd;
    v128.store(y + (j - 4) * F32, f32x4.div(sumOfFour(s, x, i, j - 4, first, end), count));
  }
  for (; j < s.columns; j++) meanOfOne(s, x, i, j, first, end, y + j * F32);
}

/** Each row is summed first, and then the sums: the fewer terms follow each other, the smaller the error. */
// @ts-ignore: decorator
@inline
function sumOfFour(s: Pooling, x: usize, i: i32, j: i32, first: i32, end: i32): v128 {
  const across = s.across;
  let sum = f32x4.splat(0);
  for (let u = first; u < end; u++) {
    let from = x + placeOf(s, i, j, u, 0) * F32;
    let rowSum = f32x4.splat(0);
    for (let v = 0; v < s.windowWidth; v++, from += F32) rowSum = f32x4.add(rowSum, fourOf(from, across));
    sum = f32x4.add(sum, rowSum);
  }
  return sum;
}

function meanOfOne(s: Pooling, x: usize, i: i32, j: i32, first: i32, end: i32, y: usize): void {
  const left = firstColumn(s, j), right = endColumn(s, j);
  let sum: f64 = 0;
  for (let u = first; u < end; u++) {
    let from = x + placeOf(s, i, j, u, left) * F32;
    for (let v = left; v < right; v++, from += F32) sum += load<f32>(from);
  }
  store<f32>(y, <f32>(sum / countOf(s, i, j)));
}

/** By how much the sum under a window is divided. */
function countOf(s: Pooling, i: i32, j: i32): i32 {
  if (!s.countIncludePad) return (endRow(s, i) - firstRow(s, i)) * (endColumn(s, j) - firstColumn(s, j));
  const rows = min(s.windowHeight, s.height + s.above + s.below - i * s.down);
  return rows * min(s.windowWidth, s.width + s.left + s.right - j * s.across);
}

export function avgPoolGradient(
  y: usize, x: usize, planes: i32, below: i32, right: i32, countIncludePad: bool,
): void {
  const s = changetype<Pooling>(ARGS);
  s.below = below;
  s.right = right;
  s.countIncludePad = countIncludePad;
  start(meanGradientPlanes, x, y, planes);
}

function meanGradientPlanes(args: usize, block: i32): void {
  const s = changetype<Pooling>(args);
  const end = lastPlane(s, block);
  for (let plane = block * s.blockPlanes; plane < end; plane++) {
    const x = s.x + plane * s.height * s.width * F32;
    let y = s.y + plane * s.rows * s.columns * F32;
    clear(x, s.height * s.width);
    for (let i = 0; i < s.rows; i++, y += s.columns * F32) {
      for (let j = 0; j < s.columns; j += SHARES) shareRow(s, y, i, j, min(j + SHARES, s.columns), x);
    }
  }
}

/** What the outputs (i, left) to (i, right) hand back to each place they have seen. */
function shareRow(s: Pooling, y: usize, i: i32, left: i32, right: i32, x: usize): void {
  const innerCount = countOf(s, i, s.inner);
  for (let j = left; j < right; j++) {
    const count = j >= s.inner && j < s.innerEnd ? innerCount : countOf(s, i, j);
    store<f32>(scratch + (j - left) * F32, load<f32>(y + j * F32) / <f32>count);
  }
  for (let u = firstRow(s, i), end = endRow(s, i); u < end; u++) {
    for (let v = 0; v < s.windowWidth; v++) {
      const first = max(left, parts(max(0, s.left - v), s.across));
      const count = min(right, parts(max(0, s.width + s.left - v), s.across)) - first;
      addEvery(scratch + (first - left) * F32, count, x + placeOf(s, i, first, u, v) * F32, s.across);
    }
  }
}

/** Adds n elements to every step-th of others. */
function addEvery(from: usize, n: i32, to: usize, step: i32): void {
  let j = 0;
  if (step == 1) {
    for (; j <= n - 4; j += 4, from += VECTOR, to += VECTOR) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    }
  }
  for (; j < n; j++, from += F32, to += step * F32) store<f32>(to, load<f32>(to) + load<f32>(from));
}
