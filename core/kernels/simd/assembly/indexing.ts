/**
 * Picking elements by index, and the reverse: adding to the places an index names. The loops of cpu/indexing.ts.
 *
 * Any thread may copy any row. What is added to one place, though, is added in order: additions are divided among
 * threads by the outer axis and by columns, never along the index.
 */
import { F32, VECTOR } from './lanes';
import { addRow, launchRows, rowsOfBlock, SMALL } from './sums';
import { ARGS, launch, run, Task } from './threads';

/** A block of additions takes about so many elements, and at least so many columns (four cache lines). */
const BLOCK: i32 = 8192;
const FEWEST_COLUMNS: i32 = 64;

@unmanaged
class Picking {
  whole: usize; // [outer, n, inner]: what is picked from, or added to
  index: usize; // [m], or [outer, m, inner]
  picked: usize; // [outer, m, inner]
  outer: i32;
  n: i32;
  m: i32;
  inner: i32;
  outersOfBlock: i32; // of additions: a block has so many of the outer axis,
  columnsOfBlock: i32; // and so many columns of the inner one
}

// @ts-ignore: decorator
@inline
function prepare(whole: usize, index: usize, picked: usize, outer: i32, n: i32, m: i32, inner: i32): Picking {
  const p = changetype<Picking>(ARGS);
  p.whole = whole;
  p.index = index;
  p.picked = picked;
  p.outer = outer;
  p.n = n;
  p.m = m;
  p.inner = inner;
  return p;
}

/* ------------------------------------------------------------------------------------------------- picking */

export function gather(x: usize, index: usize, y: usize, outer: i32, n: i32, m: i32, inner: i32): void {
  prepare(x, index, y, outer, n, m, inner);
  launchRows(gatherBlock, outer * m, inner);
}

function gatherBlock(args: usize, block: i32): void {
  const p = changetype<Picking>(args);
  const m = p.m, inner = p.inner;
  const rows = rowsOfBlock(inner);
  let row = block * rows;
  const end = min(row + rows, p.outer * m);
  while (row < end) {
    const o = row / m; // and so many of its m rows are in this block
    const count = min(end, (o + 1) * m) - row;
    const at = row * inner * F32;
    gatherRows(p.whole + o * p.n * inner * F32, p.index + at, p.picked + at, count, inner);
    row += count;
  }
}

function gatherRows(x: usize, index: usize, y: usize, rows: i32, inner: i32): void {
  const end = y + rows * inner * F32;
  if (inner == 1) {
    for (; y < end; y += F32, index += F32) store<f32>(y, load<f32>(x + load<i32>(index) * F32));
    return;
  }
  while (y < end) {
    for (let k = 0; k < inner; k++, y += F32, index += F32) {
      store<f32>(y, load<f32>(x + (load<i32>(index) * inner + k) * F32));
    }
  }
}

export function indexSelect(x: usize, index: usize, y: usize, outer: i32, n: i32, m: i32, inner: i32): void {
  prepare(x, index, y, outer, n, m, inner);
  launchRows(indexSelectBlock, outer * m, inner);
}

function indexSelectBlock(args: usize, block: i32): void {
  const p = changetype<Picking>(args);
  const m = p.m, inner = p.inner, index = p.index;
  const rowBytes = inner * F32, wholeBytes = p.n * rowBytes;
  const first = block * rowsOfBlock(inner);
  const end = min(first + rowsOfBlock(inner), p.outer * m);
  let x = p.whole + (first / m) * wholeBytes, y = p.picked + first * rowBytes;
  for (let row = first, i = first % m; row < end; row++, y += rowBytes) {
    copyRow(x + load<i32>(index + i * F32) * rowBytes, y, inner);
    if (++i < m) continue;
    i = 0;
    x += wholeBytes;
  }
}

/** A loop: for rows of usual length a call of memory.copy costs more than the copying. */
function copyRow(x: usize, y: usize, n: i32): void {
  let k = 0;
  for (; k <= n - 4; k += 4, x += VECTOR, y += VECTOR) v128.store(y, v128.load(x));
  for (; k < n; k++, x += F32, y += F32) store<f32>(y, load<f32>(x));
}

/* -------------------------------------------------------------------------------------------------- adding */

export function scatterAdd(source: usize, index: usize, y: usize, outer: i32, n: i32, m: i32, inner: i32): void {
  launchAdditions(scatterAddBlock, prepare(y, index, source, outer, n, m, inner));
}

function scatterAddBlock(args: usize, block: i32): void {
  const p = changetype<Picking>(args);
  const across = blocksAcross(p);
  const left = (block % across) * p.columnsOfBlock;
  const right = min(left + p.columnsOfBlock, p.inner);
  const first = (block / across) * p.outersOfBlock;
  const end = min(first + p.outersOfBlock, p.outer);
  for (let o = first; o < end; o++) {
    const y = p.whole + o * p.n * p.inner * F32;
    const at = o * p.m * p.inner * F32;
    scatterRows(p.picked + at, p.index + at, y, p.m, p.inner, left, right);
  }
}

/** The columns from left to right of m rows. */
function scatterRows(source: usize, index: usize, y: usize, m: i32, inner: i32, left: i32, right: i32): void {
  if (inner == 1) {
    for (const end = source + m * F32; source < end; source += F32, index += F32) {
      addTo(y + load<i32>(index) * F32, load<f32>(source));
    }
    return;
  }
  for (let i = 0; i < m; i++) {
    for (let k = left; k < right; k++) {
      const at = (i * inner + k) * F32;
      addTo(y + (load<i32>(index + at) * inner + k) * F32, load<f32>(source + at));
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo(place: usize, value: f32): void {
  store<f32>(place, load<f32>(place) + value);
}

export function indexAdd(source: usize, index: usize, y: usize, outer: i32, n: i32, m: i32, inner: i32): void {
  launchAdditions(indexAddBlock, prepare(y, index, source, outer, n, m, inner));
}

function indexAddBlock(args: usize, block: i32): void {
  const p = changetype<Picking>(args);
  const across = blocksAcross(p);
  const left = (block % across) * p.columnsOfBlock;
  const width = min(p.columnsOfBlock, p.inner - left);
  const first = (block / across) * p.outersOfBlock;
  const end = min(first + p.outersOfBlock, p.outer);
  const m = p.m, index = p.index;
  const rowBytes = p.inner * F32;
  for (let o = first; o < end; o++) {
    const y = p.whole + o * p.n * rowBytes + left * F32;
    let source = p.picked + o * m * rowBytes + left * F32;
    for (let i = 0; i < m; i++, source += rowBytes) {
      addRow(source, y + load<i32>(index + i * F32) * rowBytes, width);
    }
  }
}

function launchAdditions(task: Task, p: Picking): void {
  const columns = min(p.inner, max(FEWEST_COLUMNS, BLOCK / max(1, p.m)));
  p.columnsOfBlock = columns;
  p.outersOfBlock = max(1, BLOCK / max(1, p.m * columns));
  if (p.m == 0 || p.inner == 0) return;
  const blocks = ((p.outer + p.outersOfBlock - 1) / p.outersOfBlock) * blocksAcross(p);
  if (<i64>p.outer * p.m * p.inner < SMALL) run(task, ARGS, blocks);
  else launch(task, ARGS, blocks);
}

// @ts-ignore: decorator
@inline
function blocksAcross(p: Picking): i32 {
  return (p.inner + p.columnsOfBlock - 1) / p.columnsOfBlock;
}
