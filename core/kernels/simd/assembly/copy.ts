/**
 * Copying between any two arrangements (copy in cpu/map.ts): row by row where the rows of both sides run alike, and in
 * tiles where one side is the other transposed, so that both are read and written in whole pieces of memory.
 */
import { F32, VECTOR } from './lanes';
import { extentOf, lastAxis, packRow, stepAlong, Walk, walk } from './rows';
import { ARGS, launch, run } from './threads';

/** Elements of a block. */
const BLOCK: i32 = 16384;
/** Fewer elements are not worth a second thread. */
const SMALL: i32 = 131072;
/** A patch of a transposed copy: the lines of memory that it reads stay in the nearest cache. */
const PATCH_ROWS: i32 = 32;
const PATCH_COLUMNS: i32 = 128;

@unmanaged
class Copy {
  x: usize;
  y: usize;
  /** Patches of a transposed copy: along `row`, x lies side by side, and along `column`, y does. */
  row: i32;
  column: i32;
  patches: i32;
  patchesOfBlock: i32;
}

/** y = x, x being operand 0 of walk 0, and y operand 1. */
export function copy(x: usize, y: usize): void {
  const c = changetype<Copy>(ARGS);
  const w = walk(0);
  c.x = x;
  c.y = y;
  c.row = axisSideBySide(w, 0);
  c.column = axisSideBySide(w, 1);
  const transposed = c.row >= 0 && c.column >= 0 && c.row != c.column;
  const task = transposed ? patchBlock : rowBlock;
  const blocks = transposed ? blocksOfPatches(c, w) : blocksOfRows(w);
  if (w.length < SMALL) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

/** An axis of at least a vector's length along which the operand steps from one element to the next; −1: none. */
function axisSideBySide(w: Walk, operand: i32): i32 {
  for (let axis = lastAxis(w); axis >= 0; axis--) {
    if (stepAlong(w, operand, axis) == F32 && extentOf(w, axis) >= 4) return axis;
  }
  return -1;
}

/* ------------------------------------------------------------------------------------------------------- rows */

/** A block is some rows, or a piece of a long one. */
function blocksOfRows(w: Walk): i32 {
  const row = extentOf(w, lastAxis(w));
  const rows = w.length / row;
  if (row >= BLOCK) return rows * ((row + BLOCK - 1) / BLOCK);
  return (rows + BLOCK / row - 1) / (BLOCK / row);
}

function rowBlock(args: usize, block: i32): void {
  const c = changetype<Copy>(args);
  const w = walk(0);
  const row = extentOf(w, lastAxis(w));
  if (row >= BLOCK) {
    const pieces = (row + BLOCK - 1) / BLOCK;
    const start = (block % pieces) * BLOCK;
    copyRow(c, w, block / pieces, start, min(BLOCK, row - start));
    return;
  }
  const rows = BLOCK / row;
  const end = min((block + 1) * rows, w.length / row);
  for (let r = block * rows; r < end; r++) copyRow(c, w, r, 0, row);
}

/** n elements of row r. */
function copyRow(c: Copy, w: Walk, r: i32, start: i32, n: i32): void {
  const last = lastAxis(w);
  const xStep = stepAlong(w, 0, last), yStep = stepAlong(w, 1, last);
  let x = c.x + start * xStep;
  let y = c.y + start * yStep;
  for (let axis = last - 1; axis >= 0; axis--) {
    const outer = r / extentOf(w, axis);
    const place = r - outer * extentOf(w, axis);
    x += place * stepAlong(w, 0, axis);
    y += place * stepAlong(w, 1, axis);
    r = outer;
  }
  if (yStep == F32) packRow(x, xStep, n, y);
  else for (; n > 0; n--, x += xStep, y += yStep) store<f32>(y, load<f32>(x));
}

/* -------------------------------------------------------------------------------------------------- transposed */

function patchesAlong(extent: i32, size: i32): i32 {
  return (extent + size - 1) / size;
}

function blocksOfPatches(c: Copy, w: Walk): i32 {
  const rows = extentOf(w, c.row), columns = extentOf(w, c.column);
  const matrices = w.length / rows / columns;
  c.patches = matrices * patchesAlong(rows, PATCH_ROWS) * patchesAlong(columns, PATCH_COLUMNS);
  c.patchesOfBlock = max(1, BLOCK / (min(rows, PATCH_ROWS) * min(columns, PATCH_COLUMNS)));
  return (c.patches + c.patchesOfBlock - 1) / c.patchesOfBlock;
}

function patchBlock(args: usize, block: i32): void {
  const c = changetype<Copy>(args);
  const end = min((block + 1) * c.patchesOfBlock, c.patches);
  for (let i = block * c.patchesOfBlock; i < end; i++) copyPatch(c, walk(0), i);
}

function copyPatch(c: Copy, w: Walk, patch: i32): void {
  const rows = extentOf(w, c.row), columns = extentOf(w, c.column);
  const across = patchesAlong(columns, PATCH_COLUMNS), down = patchesAlong(rows, PATCH_ROWS);
  const left = (patch % across) * PATCH_COLUMNS;
  const top = ((patch / across) % down) * PATCH_ROWS;
  const xStep = stepAlong(w, 0, c.column), yStep = stepAlong(w, 1, c.row);
  let x = c.x + top * F32 + left * xStep;
  let y = c.y + top * yStep + left * F32;
  let matrix = patch / across / down;
  for (let axis = lastAxis(w); axis >= 0; axis--) {
    if (axis == c.row || axis == c.column) continue;
    const outer = matrix / extentOf(w, axis);
    const place = matrix - outer * extentOf(w, axis);
    x += place * stepAlong(w, 0, axis);
    y += place * stepAlong(w, 1, axis);
    matrix = outer;
  }
  turn(x, xStep, y, yStep, min(PATCH_ROWS, rows - top), min(PATCH_COLUMNS, columns - left));
}

/** y[i, j] = x[j, i]: 8 × 4 elements at a time, rows being those of y. */
function turn(x: usize, xStep: i32, y: usize, yStep: i32, rows: i32, columns: i32): void {
  let i = 0;
  for (; i <= rows - 8; i += 8, x += 2 * VECTOR, y += 8 * yStep) {
    let from = x, to = y;
    let j = 0;
    for (; j <= columns - 4; j += 4, from += 4 * xStep, to += VECTOR) {
      turnFour(from, xStep, to, yStep);
      turnFour(from + VECTOR, xStep, to + 4 * yStep, yStep);
    }
    turnSlowly(from, xStep, to, yStep, 8, columns - j);
  }
  turnSlowly(x, xStep, y, yStep, rows - i, columns);
}

// @ts-ignore: decorator
@inline
function turnFour(x: usize, xStep: i32, y: usize, yStep: i32): void {
  const r0 = v128.load(x), r1 = v128.load(x + xStep);
  const r2 = v128.load(x + 2 * xStep), r3 = v128.load(x + 3 * xStep);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(y + yStep, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(y + 2 * yStep, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(y + 3 * yStep, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

function turnSlowly(x: usize, xStep: i32, y: usize, yStep: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++, x += F32, y += yStep) {
    for (let j = 0, from = x, to = y; j < columns; j++, from += xStep, to += F32) store<f32>(to, load<f32>(from));
  }
}
