/**
 * Operands with any strides, made simple. As in cpu/rows.ts, neighbouring axes that every operand steps through alike
 * become one. The elements are then taken in the order of the output, some at a time: where those of an operand do not
 * lie side by side, they are first packed into memory of this thread, so that every loop over them is a plain one.
 */
import { F32, VECTOR } from './lanes';
import { ARGS, scratch } from './threads';

/** So many elements are packed at a time: a few such pieces stay in the nearest cache. */
const PIECE: i32 = 1024;
/** Rows from this length on are worked on one by one, and need no packing where their elements lie side by side. */
const LONG_ROW: i32 = 256;

/** Room for the extents of a walk, or the steps of an operand along its axes: at most 16 (MOST_AXES one folder up). */
const LIST: usize = 64;
/** Two walks stand behind the arguments of a launch. */
const WALKS: usize = ARGS + 256;
const WALK_BYTES: usize = 384;

/** Behind these fields: the extents, then the steps (in bytes) of each of three operands. */
@unmanaged
export class Walk {
  rank: i32;
  length: i32;
}

export function walk(which: i32): Walk {
  return changetype<Walk>(WALKS + which * WALK_BYTES);
}

// @ts-ignore: decorator
@inline
function extents(w: Walk): usize {
  return changetype<usize>(w) + 8;
}

// @ts-ignore: decorator
@inline
function steps(w: Walk, operand: i32): usize {
  return extents(w) + (operand + 1) * LIST;
}

/** A walk without axes has one element. */
export function startWalk(which: i32): void {
  const w = walk(which);
  w.rank = 0;
  w.length = 1;
  setAxis(w, 0, 1, 0, 0, 0);
}

/** Axes come from the outermost to the innermost. */
export function addAxis(which: i32, extent: i32, step0: i32, step1: i32, step2: i32): void {
  const w = walk(which);
  w.length *= extent;
  if (extent == 1) return;
  const outer = w.rank - 1;
  if (
    outer >= 0 && stepAlong(w, 0, outer) == step0 * extent && stepAlong(w, 1, outer) == step1 * extent &&
    stepAlong(w, 2, outer) == step2 * extent
  ) {
    setAxis(w, outer, extentOf(w, outer) * extent, step0, step1, step2);
  } else {
    setAxis(w, w.rank, extent, step0, step1, step2);
    w.rank++;
  }
}

function setAxis(w: Walk, axis: i32, extent: i32, step0: i32, step1: i32, step2: i32): void {
  store<i32>(extents(w) + axis * 4, extent);
  store<i32>(steps(w, 0) + axis * 4, step0);
  store<i32>(steps(w, 1) + axis * 4, step1);
  store<i32>(steps(w, 2) + axis * 4, step2);
}

// @ts-ignore: decorator
@inline
export function extentOf(w: Walk, axis: i32): i32 {
  return load<i32>(extents(w) + axis * 4);
}

// @ts-ignore: decorator
@inline
export function stepAlong(w: Walk, operand: i32, axis: i32): i32 {
  return load<i32>(steps(w, operand) + axis * 4);
}

/** The axis along which rows lie. */
// @ts-ignore: decorator
@inline
export function lastAxis(w: Walk): i32 {
  return max(w.rank - 1, 0);
}

/** How far, in bytes, the element at this place of the walk lies from the first. */
export function offsetOf(w: Walk, operand: i32, place: i32): i32 {
  const last = lastAxis(w);
  if (last == 0) return place * stepAlong(w, operand, 0);
  const row = extentOf(w, last);
  const r = place / row;
  return offsetOfRow(w, operand, r) + (place - r * row) * stepAlong(w, operand, last);
}

/** How far row r begins from the first. */
// @ts-ignore: decorator
@inline
function offsetOfRow(w: Walk, operand: i32, r: i32): i32 {
  let offset = 0;
  for (let axis = lastAxis(w) - 1; axis > 0; axis--) {
    const extent = extentOf(w, axis);
    const outer = r / extent;
    offset += (r - outer * extent) * stepAlong(w, operand, axis);
    r = outer;
  }
  return lastAxis(w) > 0 ? offset + r * stepAlong(w, operand, 0) : offset;
}

/** How many elements from this place on are worked on together, up to `end`: whole rows, unless they are long. */
export function pieceFrom(w: Walk, place: i32, end: i32): i32 {
  if (w.rank < 2 && isSideBySide(w)) return end - place;
  const row = extentOf(w, lastAxis(w));
  return min(end - place, row < LONG_ROW ? PIECE - (PIECE % row) : min(PIECE, row - (place % row)));
}

function isSideBySide(w: Walk): bool {
  return stepAlong(w, 0, 0) == F32 && stepAlong(w, 1, 0) == F32 && stepAlong(w, 2, 0) == F32;
}

/**
 * Where n elements of an operand, from this place on, lie side by side. `start` is where this thread began: what is the
 * same in every piece is packed once.
 */
export function sideBySide(w: Walk, operand: i32, x: usize, place: i32, n: i32, start: i32): usize {
  const last = lastAxis(w);
  const row = extentOf(w, last), step = stepAlong(w, operand, last);
  let r = last > 0 ? place / row : 0;
  let inRow = place - r * row;
  if (step == F32 && inRow + n <= row) return x + offsetOfRow(w, operand, r) + inRow * F32;
  const packed = scratch + operand * PIECE * F32;
  if (isRepeated(w, operand, row, step)) {
    if (place > start) return packed;
    n = min(PIECE, w.length);
  }
  for (let to = packed; n > 0; r++, inRow = 0) {
    const few = min(n, row - inRow);
    packRow(x + offsetOfRow(w, operand, r) + inRow * step, step, few, to);
    to += few * F32;
    n -= few;
  }
  return packed;
}

/** Are all pieces of this operand the same? They are whole rows if rows are short. */
function isRepeated(w: Walk, operand: i32, row: i32, step: i32): bool {
  for (let axis = lastAxis(w) - 1; axis >= 0; axis--) if (stepAlong(w, operand, axis) != 0) return false;
  return step == 0 || row < LONG_ROW;
}

/** Copies n elements that lie `step` bytes apart. */
// @ts-ignore: decorator
@inline
export function packRow(x: usize, step: i32, n: i32, to: usize): void {
  if (step == F32) {
    for (; n >= 4; n -= 4, x += VECTOR, to += VECTOR) v128.store(to, v128.load(x));
  } else if (step == 0) {
    const value = v128.load32_splat(x);
    for (; n >= 4; n -= 4, to += VECTOR) v128.store(to, value);
  }
  for (; n > 0; n--, x += step, to += F32) store<f32>(to, load<f32>(x));
}

/* --------------------------------------------------------------------------- the last one to three of many elements */

/** Where the last elements of three inputs and an output are moved to, so that there are four of each. */
// @ts-ignore: decorator
@inline
export function lastFour(operand: i32): usize {
  return scratch + 3 * PIECE * F32 + operand * VECTOR;
}

export function moveFew(from: usize, to: usize, n: i32): void {
  for (; n > 0; n--, from += F32, to += F32) store<f32>(to, load<f32>(from));
}
