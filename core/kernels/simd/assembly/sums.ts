/**
 * A row, n numbers side by side, is what softmax, norms and lookups work on. Here: how rows are divided among threads,
 * and the sums over one row that several of them need.
 */
import { F32, madd, sumLanes, VECTOR } from './lanes';
import { ARGS, launch, run, Task } from './threads';

/** A block takes as many rows as hold about so many elements: 5 to 20 µs of work. */
const BLOCK: i32 = 8192;
/** Fewer elements than this are not worth a second thread. */
export const SMALL: i64 = 32_768;
/** So many elements are summed in single precision; their sums are added in double precision. */
export const PIECE: i32 = 1024;

/** A weight that is missing is a vector of ones, read again and again (its step is 0); a missing bias one of zeros. */
export const ONES = memory.data<f32>([1, 1, 1, 1]);
export const ZEROS = memory.data<f32>([0, 0, 0, 0]);

export function rowsOfBlock(n: i32): i32 {
  return max(1, BLOCK / max(1, n));
}

/** Runs a task over `rows` rows of n elements; block b begins with row b · rowsOfBlock(n). */
export function launchRows(task: Task, rows: i32, n: i32): void {
  const perBlock = rowsOfBlock(n);
  const blocks = (rows + perBlock - 1) / perBlock;
  if (<i64>rows * n < SMALL) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

/** y += x */
export function addRow(x: usize, y: usize, n: i32): void {
  let k = 0;
  for (; k <= n - 4; k += 4, x += VECTOR, y += VECTOR) v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
  for (; k < n; k++, x += F32, y += F32) store<f32>(y, load<f32>(y) + load<f32>(x));
}

/** Σ x */
export function sum(x: usize, n: i32): f64 {
  let total: f64 = 0;
  for (; n > PIECE; n -= PIECE, x += PIECE * F32) total += sumOfPiece(x, PIECE);
  return total + sumOfPiece(x, n);
}

function sumOfPiece(x: usize, n: i32): f32 {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let i = 0;
  for (; i <= n - 16; i += 16, x += 4 * VECTOR) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, VECTOR));
    s2 = f32x4.add(s2, v128.load(x, 2 * VECTOR));
    s3 = f32x4.add(s3, v128.load(x, 3 * VECTOR));
  }
  for (; i <= n - 4; i += 4, x += VECTOR) s0 = f32x4.add(s0, v128.load(x));
  let total = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (; i < n; i++, x += F32) total += load<f32>(x);
  return total;
}

/** Σ (x − m)² */
export function squares(x: usize, m: f32, n: i32): f64 {
  let total: f64 = 0;
  for (; n > PIECE; n -= PIECE, x += PIECE * F32) total += squaresOfPiece(x, m, PIECE);
  return total + squaresOfPiece(x, m, n);
}

function squaresOfPiece(x: usize, m: f32, n: i32): f32 {
  const centre = f32x4.splat(m);
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let i = 0;
  for (; i <= n - 16; i += 16, x += 4 * VECTOR) {
    const d0 = f32x4.sub(v128.load(x), centre), d1 = f32x4.sub(v128.load(x, VECTOR), centre);
    const d2 = f32x4.sub(v128.load(x, 2 * VECTOR), centre), d3 = f32x4.sub(v128.load(x, 3 * VECTOR), centre);
    s0 = madd(d0, d0, s0);
    s1 = madd(d1, d1, s1);
    s2 = madd(d2, d2, s2);
    s3 = madd(d3, d3, s3);
  }
  for (; i <= n - 4; i += 4, x += VECTOR) {
    const d = f32x4.sub(v128.load(x), centre);
    s0 = madd(d, d, s0);
  }
  let total = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (; i < n; i++, x += F32) total += (load<f32>(x) - m) * (load<f32>(x) - m);
  return total;
}

/** Σ g · (x − m) */
export function productsWithDeviations(g: usize, x: usize, m: f32, n: i32): f64 {
  let total: f64 = 0;
  for (; n > PIECE; n -= PIECE, g += PIECE * F32, x += PIECE * F32) total += productsOfPiece(g, x, m, PIECE);
  return total + productsOfPiece(g, x, m, n);
}

function productsOfPiece(g: usize, x: usize, m: f32, n: i32): f32 {
  const centre = f32x4.splat(m);
  let s0 = f32x4.splat(0), s1 = s0;
  let i = 0;
  for (; i <= n - 8; i += 8, g += 2 * VECTOR, x += 2 * VECTOR) {
    s0 = madd(v128.load(g), f32x4.sub(v128.load(x), centre), s0);
    s1 = madd(v128.load(g, VECTOR), f32x4.sub(v128.load(x, VECTOR), centre), s1);
  }
  for (; i <= n - 4; i += 4, g += VECTOR, x += VECTOR) {
    s0 = madd(v128.load(g), f32x4.sub(v128.load(x), centre), s0);
  }
  let total = sumLanes(f32x4.add(s0, s1));
  for (; i < n; i++, g += F32, x += F32) total += load<f32>(g) * (load<f32>(x) - m);
  return total;
}
