/**
 * What all kernels with a window share: the settings of cpu/sliding.ts, and the input laid out so that no loop after
 * it has to think of padding or of a stride across. Laid out, a plane has its padding around it, as zeros, and each of
 * its rows is sorted by the remainder of the column divided by the stride: what neighbouring outputs see through the
 * same place of the window are then neighbours, too.
 *
 *   a row, stride 2, one column of padding:   a b c d e f   →   · b d f  a c e ·
 */
import { F32, VECTOR } from './lanes';
import { ARGS } from './threads';

@unmanaged
export class Sliding {
  height: i32; // of the input, and of the window, and of the output
  width: i32;
  windowHeight: i32;
  windowWidth: i32;
  rows: i32;
  columns: i32;
  down: i32; // the stride
  across: i32;
  dilationDown: i32;
  dilationAcross: i32;
  above: i32; // the padding before
  left: i32;
  tall: i32; // rows of the input laid out,
  wide: i32; // and columns of each remainder
}

/** Said first, before each launch of a kernel with a window. */
export function slide(
  height: i32, width: i32, windowHeight: i32, windowWidth: i32, rows: i32, columns: i32,
  down: i32, across: i32, dilationDown: i32, dilationAcross: i32, above: i32, left: i32, tall: i32, wide: i32,
): void {
  const s = changetype<Sliding>(ARGS);
  s.height = height;
  s.width = width;
  s.windowHeight = windowHeight;
  s.windowWidth = windowWidth;
  s.rows = rows;
  s.columns = columns;
  s.down = down;
  s.across = across;
  s.dilationDown = dilationDown;
  s.dilationAcross = dilationAcross;
  s.above = above;
  s.left = left;
  s.tall = tall;
  s.wide = wide;
}

/** Bytes from one row of the input laid out to the next, and from one plane to the next. */
// @ts-ignore: decorator
@inline
export function rowBytes(s: Sliding): usize {
  return s.across * s.wide * F32;
}

// @ts-ignore: decorator
@inline
export function planeBytes(s: Sliding): usize {
  return s.tall * rowBytes(s);
}

/** How far from its first element the input laid out is seen through place (u, v) of the window, in bytes. */
export function tapAt(s: Sliding, u: i32, v: i32): usize {
  const column = v * s.dilationAcross;
  return u * s.dilationDown * rowBytes(s) + ((column % s.across) * s.wide + column / s.across) * F32;
}

/** Lays a plane of the input out. */
export function layOut(s: Sliding, x: usize, to: usize): void {
  const first = s.above, end = min(s.tall, s.above + s.height);
  clear(to, s.tall * s.across * s.wide);
  for (let b = 0; b < s.across; b++) {
    const left = firstInside(s, b), count = endInside(s, b) - left;
    let from = x + (left * s.across + b - s.left) * F32;
    let row = to + (first * s.across * s.wide + b * s.wide + left) * F32;
    for (let r = first; r < end; r++, from += s.width * F32, row += rowBytes(s)) {
      takeEvery(from, s.across, count, row);
    }
  }
}

/** Takes a plane out of its layout again; what was not laid out is 0. */
export function takeBack(s: Sliding, from: usize, x: usize): void {
  const first = s.above, end = min(s.tall, s.above + s.height);
  clear(x, s.height * s.width);
  for (let b = 0; b < s.across; b++) {
    const left = firstInside(s, b), count = endInside(s, b) - left;
    let to = x + (left * s.across + b - s.left) * F32;
    let row = from + (first * s.across * s.wide + b * s.wide + left) * F32;
    for (let r = first; r < end; r++, to += s.width * F32, row += rowBytes(s)) {
      putEvery(row, count, to, s.across);
    }
  }
}

/** Among the places with remainder b, the first that is a column of the input, and the first after those. */
// @ts-ignore: decorator
@inline
function firstInside(s: Sliding, b: i32): i32 {
  return min(s.wide, (s.left - b + s.across - 1) / s.across);
}

// @ts-ignore: decorator
@inline
function endInside(s: Sliding, b: i32): i32 {
  return min(s.wide, (s.width + s.left - b + s.across - 1) / s.across);
}

/** Every step-th of the elements, n of them. */
function takeEvery(from: usize, step: i32, n: i32, to: usize): void {
  if (step == 1) takeFours(from, 1, n, to);
  else if (step == 2) takeFours(from, 2, n, to);
  else for (let j = 0; j < n; j++) store<f32>(to + j * F32, load<f32>(from + j * step * F32));
}

// @ts-ignore: decorator
@inline
function takeFours(from: usize, step: i32, n: i32, to: usize): void {
  const end = to + (n & ~3) * F32;
  for (; to < end; to += VECTOR, from += step * VECTOR) v128.store(to, fourOf(from, step));
  if ((n & 3) == 0) return;
  // The last few once more together with those before them
  const left = 4 - (n & 3);
  if (n >= 4) v128.store(to - left * F32, fourOf(from - left * step * F32, step));
  else for (let j = 0; j < n; j++) store<f32>(to + j * F32, load<f32>(from + j * step * F32));
}

/** The other way round. */
export function putEvery(from: usize, n: i32, to: usize, step: i32): void {
  if (step == 1) takeEvery(from, 1, n, to);
  else for (let j = 0; j < n; j++) store<f32>(to + j * step * F32, load<f32>(from + j * F32));
}

/** Every step-th of the elements, four of them; none beyond the last of these is read. */
// @ts-ignore: decorator
@inline
export function fourOf(from: usize, step: i32): v128 {
  if (step == 1) return v128.load(from);
  if (step == 2) return v128.shuffle<f32>(v128.load(from), v128.load(from, 3 * F32), 0, 2, 5, 7);
  let four = v128.load32_zero(from);
  four = v128.load32_lane(from + step * F32, four, 1);
  four = v128.load32_lane(from + 2 * step * F32, four, 2);
  return v128.load32_lane(from + 3 * step * F32, four, 3);
}

export function clear(to: usize, n: i32): void {
  const end = to + n * F32;
  for (; to + 4 * VECTOR <= end; to += 4 * VECTOR) {
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    v128.store(to, f32x4.splat(0), 32);
    v128.store(to, f32x4.splat(0), 48);
  }
  for (; to < end; to += F32) store<f32>(to, 0);
}

/** How many parts of a size n makes, the last one possibly smaller. */
// @ts-ignore: decorator
@inline
export function parts(n: i32, size: i32): i32 {
  return (n + size - 1) / size;
}
