/**
 * Two values in, one out, with broadcasting (cpu/zip.ts): arithmetic, comparisons, and `where`. As in map.ts each
 * operator has a loop of its own, made from one text.
 */
import { F32, VECTOR } from './lanes';
import * as math from './math';
import { addAxis, lastFour, moveFew, pieceFrom, sideBySide, startWalk, walk } from './rows';
import { ARGS, launch, run } from './threads';

/** Elements of a block. */
const BLOCK: i32 = 16384;
/** Fewer elements are not worth a second thread, except for powers. */
const SMALL: i32 = 131072;

/** The numbers of the operators, as in zip.ts one folder up. */
const enum F {
  ADD, SUB, MUL, DIV, POW, MAXIMUM, MINIMUM,
  EQ, NE, LT, LE, GT, GE,
}

@unmanaged
class Binary {
  name: i32;
  a: usize;
  b: usize;
  y: usize;
}

/** a and b side by side. */
export function binary(name: i32, a: usize, b: usize, y: usize, n: i32): void {
  startWalk(0);
  addAxis(0, n, F32, F32, F32);
  stridedBinary(name, a, b, y);
}

/** a and b in the order of walk 0. */
export function stridedBinary(name: i32, a: usize, b: usize, y: usize): void {
  const o = changetype<Binary>(ARGS);
  o.name = name;
  o.a = a;
  o.b = b;
  o.y = y;
  const n = walk(0).length;
  const blocks = (n + BLOCK - 1) / BLOCK;
  if (n < SMALL && name != F.POW) run(binaryBlock, ARGS, blocks);
  else launch(binaryBlock, ARGS, blocks);
}

function binaryBlock(args: usize, block: i32): void {
  const o = changetype<Binary>(args);
  const w = walk(0);
  const start = block * BLOCK;
  const end = min(start + BLOCK, w.length);
  for (let i = start; i < end; ) {
    const n = pieceFrom(w, i, end);
    const a = sideBySide(w, 0, o.a, i, n, start), b = sideBySide(w, 1, o.b, i, n, start);
    binaryRow(o.name, a, b, o.y + i * F32, n);
    i += n;
  }
}

function binaryRow(name: i32, a: usize, b: usize, y: usize, n: i32): void {
  const whole = n & -4;
  binaryLoop(name, a, b, y, whole);
  if (whole == n) return;
  const rest = whole * F32;
  moveFew(a + rest, lastFour(0), n - whole);
  moveFew(b + rest, lastFour(1), n - whole);
  binaryLoop(name, lastFour(0), lastFour(1), lastFour(3), 4);
  moveFew(lastFour(3), y + rest, n - whole);
}

function binaryLoop(name: i32, a: usize, b: usize, y: usize, n: i32): void {
  switch (name) {
    case F.ADD: return addLoop(a, b, y, n);
    case F.SUB: return subLoop(a, b, y, n);
    case F.MUL: return mulLoop(a, b, y, n);
    case F.DIV: return divLoop(a, b, y, n);
    case F.POW: return powLoop(a, b, y, n);
    case F.MAXIMUM: return maximumLoop(a, b, y, n);
    case F.MINIMUM: return minimumLoop(a, b, y, n);
    case F.EQ: return eqLoop(a, b, y, n);
    case F.NE: return neLoop(a, b, y, n);
    case F.LT: return ltLoop(a, b, y, n);
    case F.LE: return leLoop(a, b, y, n);
    case F.GT: return gtLoop(a, b, y, n);
    case F.GE: return geLoop(a, b, y, n);
  }
}

/** Functions of their own: see map.ts. */
function addLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.ADD, a, b, y, n); }
function subLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.SUB, a, b, y, n); }
function mulLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.MUL, a, b, y, n); }
function divLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.DIV, a, b, y, n); }
function powLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.POW, a, b, y, n); }
function maximumLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.MAXIMUM, a, b, y, n); }
function minimumLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.MINIMUM, a, b, y, n); }
function eqLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.EQ, a, b, y, n); }
function neLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.NE, a, b, y, n); }
function ltLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.LT, a, b, y, n); }
function leLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.LE, a, b, y, n); }
function gtLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.GT, a, b, y, n); }
function geLoop(a: usize, b: usize, y: usize, n: i32): void { loop(F.GE, a, b, y, n); }

/** For n a multiple of 4. */
// @ts-ignore: decorator
@inline
function loop(name: i32, a: usize, b: usize, y: usize, n: i32): void {
  for (const end = a + n * F32; a < end; a += VECTOR, b += VECTOR, y += VECTOR) {
    v128.store(y, valueOf(name, v128.load(a), v128.load(b)));
  }
}

// @ts-ignore: decorator
@inline
function valueOf(name: i32, a: v128, b: v128): v128 {
  if (name == F.ADD) return f32x4.add(a, b);
  if (name == F.SUB) return f32x4.sub(a, b);
  if (name == F.MUL) return f32x4.mul(a, b);
  if (name == F.DIV) return f32x4.div(a, b);
  if (name == F.POW) return math.pow(a, b);
  if (name == F.MAXIMUM) return f32x4.max(a, b);
  if (name == F.MINIMUM) return f32x4.min(a, b);
  return v128.and(comparison(name, a, b), i32x4.splat(1));
}

// @ts-ignore: decorator
@inline
function comparison(name: i32, a: v128, b: v128): v128 {
  if (name == F.EQ) return f32x4.eq(a, b);
  if (name == F.NE) return f32x4.ne(a, b);
  if (name == F.LT) return f32x4.lt(a, b);
  if (name == F.LE) return f32x4.le(a, b);
  if (name == F.GT) return f32x4.gt(a, b);
  return f32x4.ge(a, b);
}

/* ------------------------------------------------------------------------------------------------------ where */

@unmanaged
class Where {
  condition: usize;
  a: usize;
  b: usize;
  y: usize;
}

/** All inputs in the order of walk 0. */
export function where(condition: usize, a: usize, b: usize, y: usize): void {
  const o = changetype<Where>(ARGS);
  o.condition = condition;
  o.a = a;
  o.b = b;
  o.y = y;
  const n = walk(0).length;
  const blocks = (n + BLOCK - 1) / BLOCK;
  if (n < SMALL) run(whereBlock, ARGS, blocks);
  else launch(whereBlock, ARGS, blocks);
}

function whereBlock(args: usize, block: i32): void {
  const o = changetype<Where>(args);
  const w = walk(0);
  const start = block * BLOCK;
  const end = min(start + BLOCK, w.length);
  for (let i = start; i < end; ) {
    const n = pieceFrom(w, i, end);
    const condition = sideBySide(w, 0, o.condition, i, n, start);
    whereRow(condition, sideBySide(w, 1, o.a, i, n, start), sideBySide(w, 2, o.b, i, n, start), o.y + i * F32, n);
    i += n;
  }
}

function whereRow(condition: usize, a: usize, b: usize, y: usize, n: i32): void {
  for (; n >= 4; n -= 4, condition += VECTOR, a += VECTOR, b += VECTOR, y += VECTOR) {
    const test = i32x4.ne(v128.load(condition), i32x4.splat(0));
    v128.store(y, v128.bitselect(v128.load(a), v128.load(b), test));
  }
  for (; n > 0; n--, condition += F32, a += F32, b += F32, y += F32) {
    store<f32>(y, load<i32>(condition) != 0 ? load<f32>(a) : load<f32>(b));
  }
}
