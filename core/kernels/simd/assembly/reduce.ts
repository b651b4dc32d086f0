/**
 * Many values in, one out (cpu/reduce.ts). Walk 0 goes over the axes that stay, walk 1 over those that are reduced.
 * Where the reduced elements lie side by side, each output folds rows of them; where the outputs do, whole rows are
 * folded into a row of outputs. Few numbers are added in single precision at a time, and what they make in double
 * precision. Long sums are cut into segments of a size that the shape alone decides, and added up in their order.
 */
import { F32, sumLanes, VECTOR } from './lanes';
import { extentOf, lastAxis, offsetOf, stepAlong, Walk, walk } from './rows';
import { ARGS, launch, run, scratch } from './threads';

/** Elements of a block. */
const BLOCK: i32 = 16384;
/** Fewer elements are not worth a second thread. */
const SMALL: i32 = 131072;
/** Elements that are folded in single precision before what they make is taken over in double precision. */
const PIECE: i32 = 512;
/** Columns that are folded together, and the least number of rows worth a segment. */
const STRIP: i32 = 512;
const LEAST_ROWS: i32 = 64;
/** What all segments make, in the caller's scratch; a thread's own sums stand behind. */
const PARTIALS: i32 = 131072;
const F64: usize = 8;

/** The numbers of the reductions, as in reduce.ts one folder up. */
const enum F {
  SUM, PROD, MAX, MIN,
}

@unmanaged
class Reduction {
  name: i32;
  x: usize;
  y: usize;
  partials: usize; // [segments, outputs] in double precision
  segments: i32;
  /** Reduced elements of a segment. */
  length: i32;
  /** Outputs (or strips of them) of a block, where a block is more than one. */
  together: i32;
  columns: i32;
}

export function reduce(name: i32, x: usize, y: usize): void {
  const r = changetype<Reduction>(ARGS);
  const kept = walk(0), reduced = walk(1);
  if (kept.length == 0) return;
  r.name = name;
  r.x = x;
  r.y = y;
  r.partials = scratch;
  const small = kept.length * reduced.length < SMALL;
  const last = lastAxis(kept);
  const columns = extentOf(kept, last);
  const rowwise = stepAlong(reduced, 0, lastAxis(reduced)) == F32 || stepAlong(kept, 0, last) != F32 || columns < 4;
  if (rowwise || name == F.PROD) {
    const blocks = planOutputs(r, kept.length, reduced.length);
    const task = r.segments > 1 ? segmentBlock : outputBlock;
    if (small) run(task, ARGS, blocks);
    else launch(task, ARGS, blocks);
  } else {
    r.columns = columns;
    const blocks = planStrips(r, kept.length, reduced.length);
    if (small) run(stripBlock, ARGS, blocks);
    else launch(stripBlock, ARGS, blocks);
  }
  if (r.segments > 1) foldSegments(r, kept.length);
}

/** The y of outputs that were computed in segments. */
function foldSegments(r: Reduction, outputs: i32): void {
  for (let i = 0; i < outputs; i++) {
    let total = startOf(r.name);
    for (let s = 0; s < r.segments; s++) total = fold(r.name, total, load<f64>(r.partials + (s * outputs + i) * F64));
    store<f32>(r.y + i * F32, <f32>total);
  }
}

function startOf(name: i32): f64 {
  return name == F.SUM ? 0 : name == F.PROD ? 1 : name == F.MAX ? -Infinity : Infinity;
}

// @ts-ignore: decorator
@inline
function fold(name: i32, a: f64, b: f64): f64 {
  return name == F.SUM ? a + b : name == F.PROD ? a * b : name == F.MAX ? max(a, b) : min(a, b);
}

// @ts-ignore: decorator
@inline
function foldFour(name: i32, a: v128, b: v128): v128 {
  return name == F.SUM ? f32x4.add(a, b) : name == F.MAX ? f32x4.max(a, b) : f32x4.min(a, b);
}

/* ------------------------------------------------------------------------------------------- output by output */

/** A block is some outputs, or a segment of one. */
function planOutputs(r: Reduction, outputs: i32, n: i32): i32 {
  r.segments = n >= 2 * BLOCK ? (n + BLOCK - 1) / BLOCK : 1;
  r.length = r.segments > 1 ? BLOCK : n;
  if (r.segments > 1) return outputs * r.segments;
  r.together = max(1, BLOCK / max(1, n));
  return (outputs + r.together - 1) / r.together;
}

function outputBlock(args: usize, block: i32): void {
  const r = changetype<Reduction>(args);
  const kept = walk(0);
  const end = min((block + 1) * r.together, kept.length);
  for (let i = block * r.together; i < end; i++) {
    const total = foldElements(r.name, r.x + offsetOf(kept, 0, i), 0, r.length);
    store<f32>(r.y + i * F32, <f32>total);
  }
}

function segmentBlock(args: usize, block: i32): void {
  const r = changetype<Reduction>(args);
  const outputs = walk(0).length;
  const i = block % outputs;
  const start = (block / outputs) * r.length;
  const end = min(start + r.length, walk(1).length);
  store<f64>(r.partials + block * F64, foldElements(r.name, r.x + offsetOf(walk(0), 0, i), start, end));
}

/** Folds the reduced elements from place to end of the output that begins at x. */
function foldElements(name: i32, x: usize, place: i32, end: i32): f64 {
  const reduced = walk(1);
  const last = lastAxis(reduced);
  const row = extentOf(reduced, last), step = stepAlong(reduced, 0, last);
  if (last == 0) return foldAlong(name, startOf(name), x + place * step, step, end - place);
  let total = startOf(name);
  while (place < end) {
    const n = min(end - place, row - (place % row));
    total = foldAlong(name, total, x + offsetOf(reduced, 0, place), step, n);
    place += n;
  }
  return total;
}

function foldAlong(name: i32, total: f64, x: usize, step: i32, n: i32): f64 {
  return step == F32 && name != F.PROD ? foldRow(name, total, x, n) : foldSteps(name, total, x, step, n);
}

function foldSteps(name: i32, total: f64, x: usize, step: i32, n: i32): f64 {
  for (; n > 0; n--, x += step) total = fold(name, total, <f64>load<f32>(x));
  return total;
}

function foldRow(name: i32, total: f64, x: usize, n: i32): f64 {
  if (name == F.SUM) return foldSideBySide(F.SUM, total, x, n);
  if (name == F.MAX) return foldSideBySide(F.MAX, total, x, n);
  return foldSideBySide(F.MIN, total, x, n);
}

// @ts-ignore: decorator
@inline
function foldSideBySide(name: i32, total: f64, x: usize, n: i32): f64 {
  while (n >= 16) {
    const piece = min(n & -16, PIECE);
    let c0 = v128.load(x), c1 = v128.load(x, 16), c2 = v128.load(x, 32), c3 = v128.load(x, 48);
    const end = x + piece * F32;
    for (x += 4 * VECTOR; x < end; x += 4 * VECTOR) {
      c0 = foldFour(name, c0, v128.load(x));
      c1 = foldFour(name, c1, v128.load(x, 16));
      c2 = foldFour(name, c2, v128.load(x, 32));
      c3 = foldFour(name, c3, v128.load(x, 48));
    }
    total = fold(name, total, foldLanes(name, foldFour(name, foldFour(name, c0, c1), foldFour(name, c2, c3))));
    n -= piece;
  }
  if (n >= 4) {
    let c = v128.load(x);
    for (n -= 4, x += VECTOR; n >= 4; n -= 4, x += VECTOR) c = foldFour(name, c, v128.load(x));
    total = fold(name, total, foldLanes(name, c));
  }
  for (; n > 0; n--, x += F32) total = fold(name, total, <f64>load<f32>(x));
  return total;
}

// @ts-ignore: decorator
@inline
function foldLanes(name: i32, v: v128): f64 {
  if (name == F.SUM) return <f64>sumLanes(v);
  const pairs = foldFour(name, v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return <f64>f32x4.extract_lane(foldFour(name, pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/* ------------------------------------------------------------------------------------------------ row into row */

/** A block is some strips of at most STRIP columns, or a segment of one's rows. */
function planStrips(r: Reduction, outputs: i32, n: i32): i32 {
  const strip = min(r.columns, STRIP);
  const most = max(1, PARTIALS / outputs);
  r.length = max(max(LEAST_ROWS, BLOCK / strip), (n + most - 1) / most);
  r.segments = (n + r.length - 1) / r.length;
  if (r.segments < 2 || most < 2) {
    r.segments = 1;
    r.length = n;
  }
  const strips = stripsOf(r, outputs) * r.segments;
  r.together = r.segments > 1 ? 1 : max(1, BLOCK / max(1, strip * n));
  return (strips + r.together - 1) / r.together;
}

function stripsOf(r: Reduction, outputs: i32): i32 {
  return (outputs / r.columns) * ((r.columns + STRIP - 1) / STRIP);
}

function stripBlock(args: usize, block: i32): void {
  const r = changetype<Reduction>(args);
  const strips = stripsOf(r, walk(0).length);
  const end = min((block + 1) * r.together, strips * r.segments);
  for (let i = block * r.together; i < end; i++) foldStrip(r, i % strips, i / strips);
}

function foldStrip(r: Reduction, strip: i32, segment: i32): void {
  const kept = walk(0);
  const across = (r.columns + STRIP - 1) / STRIP;
  const left = (strip % across) * STRIP;
  const width = min(STRIP, r.columns - left);
  const output = (strip / across) * r.columns + left;
  const totals = r.segments > 1
    ? r.partials + (segment * kept.length + output) * F64
    : scratch + PARTIALS * F64;
  const end = min((segment + 1) * r.length, walk(1).length);
  const x = r.x + offsetOf(kept, 0, output);
  if (r.name == F.SUM) foldRows(F.SUM, x, segment * r.length, end, width, totals);
  else if (r.name == F.MAX) foldRows(F.MAX, x, segment * r.length, end, width, totals);
  else foldRows(F.MIN, x, segment * r.length, end, width, totals);
  if (r.segments > 1) return;
  for (let j = 0; j < width; j++) store<f32>(r.y + (output + j) * F32, <f32>load<f64>(totals + j * F64));
}

/** totals[j] = fold of x[i, j] over the rows i from place to end: eight rows at a time. */
// @ts-ignore: decorator
@inline
function foldRows(name: i32, x: usize, place: i32, end: i32, width: i32, totals: usize): void {
  const w = walk(1);
  for (let j = 0; j < width; j++) store<f64>(totals + j * F64, startOf(name));
  for (; place <= end - 8; place += 8) {
    const r0 = x + offsetOf(w, 0, place), r1 = x + offsetOf(w, 0, place + 1);
    const r2 = x + offsetOf(w, 0, place + 2), r3 = x + offsetOf(w, 0, place + 3);
    const r4 = x + offsetOf(w, 0, place + 4), r5 = x + offsetOf(w, 0, place + 5);
    const r6 = x + offsetOf(w, 0, place + 6), r7 = x + offsetOf(w, 0, place + 7);
    let j = 0;
    for (; j <= width - 4; j += 4) {
      const at = j * F32;
      const a = foldFour(name, v128.load(r0 + at), v128.load(r1 + at));
      const b = foldFour(name, v128.load(r2 + at), v128.load(r3 + at));
      const c = foldFour(name, v128.load(r4 + at), v128.load(r5 + at));
      const d = foldFour(name, v128.load(r6 + at), v128.load(r7 + at));
      takeOver(name, totals + j * F64, foldFour(name, foldFour(name, a, b), foldFour(name, c, d)));
    }
    for (let i = place; i < place + 8; i++) foldOneRow(name, x + offsetOf(w, 0, i), j, width, totals);
  }
  for (; place < end; place++) {
    const row = x + offsetOf(w, 0, place);
    let j = 0;
    for (; j <= width - 4; j += 4) takeOver(name, totals + j * F64, v128.load(row + j * F32));
    foldOneRow(name, row, j, width, totals);
  }
}

/** Folds four values into four totals. */
// @ts-ignore: decorator
@inline
function takeOver(name: i32, totals: usize, v: v128): void {
  const low = f64x2.promote_low_f32x4(v);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  v128.store(totals, foldTwo(name, v128.load(totals), low));
  v128.store(totals, foldTwo(name, v128.load(totals, VECTOR), high), VECTOR);
}

// @ts-ignore: decorator
@inline
function foldTwo(name: i32, a: v128, b: v128): v128 {
  return name == F.SUM ? f64x2.add(a, b) : name == F.MAX ? f64x2.max(a, b) : f64x2.min(a, b);
}

// @ts-ignore: decorator
@inline
function foldOneRow(name: i32, row: usize, j: i32, width: i32, totals: usize): void {
  for (; j < width; j++) {
    const total = totals + j * F64;
    store<f64>(total, fold(name, load<f64>(total), <f64>load<f32>(row + j * F32)));
  }
}

/* ---------------------------------------------------------------------------- places of extremes, running sums */

const ARGMAX = 0;

@unmanaged
class Rows {
  name: i32;
  x: usize;
  y: usize;
  rows: i32;
  n: i32;
}

/** Runs a task of some rows a block. */
function eachRow(task: (args: usize, block: i32) => void, name: i32, x: usize, y: usize, rows: i32, n: i32): void {
  const r = changetype<Rows>(ARGS);
  r.name = name;
  r.x = x;
  r.y = y;
  r.rows = rows;
  r.n = n;
  const blocks = (rows + rowsOfBlock(n) - 1) / rowsOfBlock(n);
  if (rows * n < SMALL) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

function rowsOfBlock(n: i32): i32 {
  return max(1, BLOCK / max(1, n));
}

export function argReduce(name: i32, x: usize, y: usize, rows: i32, n: i32): void {
  eachRow(placeBlock, name, x, y, rows, n);
}

function placeBlock(args: usize, block: i32): void {
  const r = changetype<Rows>(args);
  const end = min((block + 1) * rowsOfBlock(r.n), r.rows);
  for (let i = block * rowsOfBlock(r.n); i < end; i++) {
    const x = r.x + i * r.n * F32;
    const extreme = <f32>foldRow(r.name == ARGMAX ? F.MAX : F.MIN, r.name == ARGMAX ? -Infinity : Infinity, x, r.n);
    store<i32>(r.y + i * 4, firstPlace(x, r.n, extreme));
  }
}

/** The first place where x is this value (or NaN, if it is); 0 in an empty row. */
function firstPlace(x: usize, n: i32, value: f32): i32 {
  const wanted = f32x4.splat(value);
  const isNaN = value != value;
  let i = 0;
  for (; i <= n - 4; i += 4) {
    const v = v128.load(x + i * F32);
    if (v128.any_true(isNaN ? f32x4.ne(v, v) : f32x4.eq(v, wanted))) break;
  }
  for (; i < n; i++) {
    const v = load<f32>(x + i * F32);
    if (isNaN ? v != v : v == value) return i;
  }
  return 0;
}

export function cumsum(x: usize, y: usize, rows: i32, n: i32): void {
  eachRow(cumsumBlock, F.SUM, x, y, rows, n);
}

function cumsumBlock(args: usize, block: i32): void {
  const r = changetype<Rows>(args);
  const end = min((block + 1) * rowsOfBlock(r.n), r.rows);
  for (let i = block * rowsOfBlock(r.n); i < end; i++) {
    let sum: f64 = 0;
    let x = r.x + i * r.n * F32, y = r.y + i * r.n * F32;
    for (let j = 0; j < r.n; j++, x += F32, y += F32) {
      sum += <f64>load<f32>(x);
      store<f32>(y, <f32>sum);
    }
  }
}
