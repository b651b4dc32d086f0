/**
 * What all sums of products here are made of (matrix products, convolutions, the gates of recurrent cells): a tile of 4
 * rows and 8 columns of Y = A·B that stays in registers while l runs along K. 8 vectors of sums, 2 of B and 1 of A fit
 * in the 16 registers of today's machines; with more, the speed halves.
 *
 * For a tile to read memory in steps of one, B is packed into panels of 8 columns, [K][8] each, and A into panels of 4
 * rows, [K][4]. What is missing at the edges is filled with zeros, and not stored.
 */
import { F32, madd, VECTOR } from './lanes';

/** Rows and columns of a tile. */
export const ROWS: i32 = 4;
export const COLUMNS: i32 = 8;
/** The part of K that is worked on at a time: a panel of B is then 8 KiB, and stays in the nearest cache. */
export const CHUNK: i32 = 256;

/**
 * y[i, j] = Σₗ a[l, i] · b[l, j] for `height` ≤ 4 rows, yRow bytes apart, and `width` ≤ 8 columns; added to what is
 * there where `add`.
 */
export function tile(a: usize, b: usize, k: i32, y: usize, yRow: usize, height: i32, width: i32, add: bool): void {
  let c00 = f32x4.splat(0), c01 = c00; // [1, 8], row 0 of the tile
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  for (const end = a + k * VECTOR; a < end; a += VECTOR, b += 2 * VECTOR) {
    const b0 = v128.load(b), b1 = v128.load(b, VECTOR);
    let ai = v128.load32_splat(a);
    c00 = madd(ai, b0, c00);
    c01 = madd(ai, b1, c01);
    ai = v128.load32_splat(a, 4);
    c10 = madd(ai, b0, c10);
    c11 = madd(ai, b1, c11);
    ai = v128.load32_splat(a, 8);
    c20 = madd(ai, b0, c20);
    c21 = madd(ai, b1, c21);
    ai = v128.load32_splat(a, 12);
    c30 = madd(ai, b0, c30);
    c31 = madd(ai, b1, c31);
  }
  storeRow(y, c00, c01, width, add);
  if (height > 1) storeRow(y + yRow, c10, c11, width, add);
  if (height > 2) storeRow(y + 2 * yRow, c20, c21, width, add);
  if (height > 3) storeRow(y + 3 * yRow, c30, c31, width, add);
}

// @ts-ignore: decorator
@inline
function storeRow(y: usize, c0: v128, c1: v128, width: i32, add: bool): void {
  if (width == COLUMNS) {
    v128.store(y, add ? f32x4.add(v128.load(y), c0) : c0);
    v128.store(y, add ? f32x4.add(v128.load(y, VECTOR), c1) : c1, VECTOR);
  } else storeNarrow(y, c0, c1, width, add);
}

/** Fewer than 8 columns: one by one, the vector turning by a lane each time. */
function storeNarrow(y: usize, c0: v128, c1: v128, width: i32, add: bool): void {
  for (let j = 0; j < width; j++, y += F32) {
    const c = f32x4.extract_lane(c0, 0);
    store<f32>(y, add ? load<f32>(y) + c : c);
    c0 = j == 3 ? c1 : v128.shuffle<f32>(c0, c0, 1, 2, 3, 0);
  }
}

/**
 * Packs `width` ≤ 8 columns of k elements: `row` bytes from one element of a column to the next, `column` bytes from
 * one column to the next, one of the two being 4.
 */
export function packPanel(from: usize, row: usize, column: usize, k: i32, width: i32, to: usize): void {
  if (column == F32) {
    packSideBySide(from, row, k, width, COLUMNS, to);
  } else {
    packTurned(from, column, k, min(width, 4), 2 * VECTOR, to);
    packTurned(from + 4 * column, column, k, max(width - 4, 0), 2 * VECTOR, to + VECTOR);
  }
}

/** Packs `height` ≤ 4 rows of k elements: as packPanel, for A. */
export function packRows(from: usize, row: usize, column: usize, k: i32, height: i32, to: usize): void {
  if (row == F32) packSideBySide(from, column, k, height, ROWS, to);
  else packTurned(from, row, k, height, VECTOR, to);
}

/** k groups of `full` = 4 or 8 elements that lie side by side, of which `present` are there. */
// @ts-ignore: decorator
@inline
function packSideBySide(from: usize, step: usize, k: i32, present: i32, full: i32, to: usize): void {
  if (present == full) {
    for (let l = 0; l < k; l++, from += step, to += full * F32) {
      v128.store(to, v128.load(from));
      if (full == COLUMNS) v128.store(to, v128.load(from, VECTOR), VECTOR);
    }
    return;
  }
  for (let l = 0; l < k; l++, from += step, to += full * F32) {
    for (let j = 0; j < full; j++) {
      const at = j * F32;
      store<f32>(to + at, j < present ? load<f32>(from + at) : 0);
    }
  }
}

/**
 * Turns `present` ≤ 4 rows of k elements, `row` bytes apart, into k groups of four, `step` bytes apart: four by four
 * elements at a time.
 */
export function packTurned(from: usize, row: usize, k: i32, present: i32, step: usize, to: usize): void {
  let l = 0;
  if (present == 4) {
    for (; l <= k - 4; l += 4, from += VECTOR, to += 4 * step) {
      const r0 = v128.load(from), r1 = v128.load(from + row);
      const r2 = v128.load(from + 2 * row), r3 = v128.load(from + 3 * row);
      turnFour(r0, r1, r2, r3, step, to);
    }
  }
  for (; l < k; l++, from += F32, to += step) {
    for (let i = 0; i < 4; i++) {
      store<f32>(to + i * F32, i < present ? load<f32>(from + i * row) : 0);
    }
  }
}

/** Four rows of four become four columns: stores them turned, `step` bytes apart. */
// @ts-ignore: decorator
@inline
export function turnFour(r0: v128, r1: v128, r2: v128, r3: v128, step: usize, to: usize): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}
