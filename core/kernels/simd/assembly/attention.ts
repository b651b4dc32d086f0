/**
 * Attention without the matrix of all scores: what cpu/attention.ts does query by query and key by key, done here for
 * 8 queries and a chunk of keys at a time, on the tiles of gemm.ts (after Dao et al., 2022).
 *
 * The scores of 8 queries stand side by side, one key below the other: S = K·Qᵀ, [keys, 8]. So a maximum or a sum over
 * keys is one over whole vectors, and the exponentials are at once a panel for the next product, Yᵀ = Vᵀ·P, [width, 8].
 */
import { COLUMNS, packPanel, packRows, packTurned, ROWS, tile } from './gemm';
import { F32, VECTOR } from './lanes';
import { expOfNegative, log } from './math';
import { ARGS, launch, run, scratch, Task } from './threads';

/** Bytes from one row of a panel to the next: 8 numbers. */
export const PANEL_ROW: usize = 2 * VECTOR;
/** Keys of a chunk, and at most so many queries of a block: half of them where there are few heads for the threads. */
const KEYS: i32 = 128;
const QUERIES: i32 = 128;
/** Where depth and width add up to more, a chunk and a block are smaller, to fit into a thread's scratch. */
const WIDE: i32 = 512;
const FEW: i32 = 32;
/** Fewer multiplications than this are not worth a second thread. */
const SMALL: i64 = 1_000_000;
/** A mask that adds less leaves a key out (list/attention.ts). */
const LEFT_OUT: f32 = -1e30;
/** Stands for the largest of no scores: finite, so that −∞ minus it is −∞. */
const LOWEST: f32 = -3.4028234e38;

@unmanaged
export class Attention {
  q: usize; // [N·H, queries, depth]
  k: usize; // [N·H, keys, depth]
  v: usize; // [N·H, keys, width]
  mask: usize; // of any strides, in bytes; or 0: none
  maskByExample: usize;
  maskByHead: usize;
  maskByQuery: usize;
  maskByKey: usize;
  maskChooses: i32; // whether it is int32: 1 takes part, 0 does not
  y: usize; // [N·H, queries, width]
  logSums: usize; // [N·H, queries]
  examples: i32;
  heads: i32;
  queries: i32;
  keys: i32;
  depth: i32;
  width: i32;
  causal: i32;
  scale: f32;
  queriesOfBlock: i32;
  blocksOfHead: i32;
  // of the gradient
  g: usize; // [N·H, queries, width]
  gq: usize;
  gk: usize;
  gv: usize;
  partial: usize; // [blocksOfHead − 1, N·H, queries, depth]: what blocks after the first add to gq
  keysOfBlock: i32;
}

/** Where a block keeps what it works with, in its thread's scratch. */
@unmanaged
class Block {
  keys: usize; // rows of K, packed: [KEYS / 4][depth][4]
  values: usize; // rows of Vᵀ, packed: [width / 4][keys][4]
  scores: usize; // [KEYS][8]
  queries: usize; // [panels] of: scale · Qᵀ, [depth][8]
  results: usize; // [panels] of: Yᵀ, [width][8]
  most: usize; // [panels][8]: the largest score so far
  sums: usize; // [panels][8]: Σ e^(score − most)
}

/** Comes before both attention and attentionGradient: what they share. */
export function startAttention(
  q: usize, k: usize, v: usize, mask: usize,
  maskByExample: usize, maskByHead: usize, maskByQuery: usize, maskByKey: usize, maskChooses: i32,
  y: usize, logSums: usize,
  examples: i32, heads: i32, queries: i32, keys: i32, depth: i32, width: i32, causal: i32, scale: f32,
): void {
  const p = changetype<Attention>(ARGS);
  p.q = q;
  p.k = k;
  p.v = v;
  p.mask = mask;
  p.maskByExample = maskByExample;
  p.maskByHead = maskByHead;
  p.maskByQuery = maskByQuery;
  p.maskByKey = maskByKey;
  p.maskChooses = maskChooses;
  p.y = y;
  p.logSums = logSums;
  p.examples = examples;
  p.heads = heads;
  p.queries = queries;
  p.keys = keys;
  p.depth = depth;
  p.width = width;
  p.causal = causal;
  p.scale = scale;
}

export function attention(): void {
  const p = changetype<Attention>(ARGS);
  const allHeads = p.examples * p.heads;
  const most = isWide(p) ? FEW : allHeads < 8 ? QUERIES / 2 : QUERIES;
  p.blocksOfHead = (p.queries + most - 1) / most;
  p.queriesOfBlock = roundUp((p.queries + p.blocksOfHead - 1) / p.blocksOfHead, COLUMNS);
  launchBlocks(attentionBlock, p);
}

/** Runs a task over all blocks of all heads. */
export function launchBlocks(task: Task, p: Attention): void {
  const allHeads = p.examples * p.heads;
  const multiplications = <i64>allHeads * p.queries * p.keys * (p.depth + p.width);
  if (multiplications < SMALL) run(task, ARGS, allHeads * p.blocksOfHead);
  else launch(task, ARGS, allHeads * p.blocksOfHead);
}

// @ts-ignore: decorator
@inline
export function isWide(p: Attention): bool {
  return p.depth + p.width > WIDE;
}

/** The next multiple of a power of two. */
// @ts-ignore: decorator
@inline
export function roundUp(n: i32, multiple: i32): i32 {
  return (n + multiple - 1) & -multiple;
}

/** Some queries of one head, with all keys. */
function attentionBlock(args: usize, block: i32): void {
  const p = changetype<Attention>(args);
  const head = block / p.blocksOfHead;
  const first = (block % p.blocksOfHead) * p.queriesOfBlock;
  const end = min(first + p.queriesOfBlock, p.queries);
  const w = arrange(p);
  startQueries(p, w, head, first, end);
  const chunk = keysOfChunk(p);
  const seen = seenBy(p, end - 1);
  for (let key = 0; key < seen; key += chunk) takeChunk(p, w, head, first, end, key, min(chunk, seen - key));
  for (let query = first; query < end; query += COLUMNS) finishPanel(p, w, head, first, query);
}

// @ts-ignore: decorator
@inline
function keysOfChunk(p: Attention): i32 {
  return isWide(p) ? FEW : KEYS;
}

/** How many keys a query sees, as far as `causal` says. */
// @ts-ignore: decorator
@inline
export function seenBy(p: Attention, query: i32): i32 {
  return p.causal ? min(p.keys, query + p.keys - p.queries + 1) : p.keys;
}

function arrange(p: Attention): Block {
  const w = changetype<Block>(scratch);
  const chunk = keysOfChunk(p);
  const width = roundUp(p.width, ROWS);
  w.keys = scratch + 64;
  w.values = w.keys + chunk * p.depth * F32;
  w.scores = w.values + chunk * width * F32;
  w.queries = w.scores + chunk * PANEL_ROW;
  w.results = w.queries + p.queriesOfBlock * p.depth * F32;
  w.most = w.results + p.queriesOfBlock * width * F32;
  w.sums = w.most + p.queriesOfBlock * F32;
  return w;
}

function startQueries(p: Attention, w: Block, head: i32, first: i32, end: i32): void {
  const depth = p.depth, n = p.queriesOfBlock;
  for (let i = first, to = w.queries; i < end; i += COLUMNS, to += depth * PANEL_ROW) {
    const q = p.q + (head * p.queries + i) * depth * F32;
    packPanel(q, F32, depth * F32, depth, min(COLUMNS, end - i), to);
  }
  multiply(w.queries, p.scale, n * depth);
  memory.fill(w.results, 0, n * roundUp(p.width, ROWS) * F32);
  memory.fill(w.sums, 0, n * F32);
  for (let i = 0; i < n; i += 4) v128.store(w.most + i * F32, f32x4.splat(LOWEST));
}

/** x ← factor · x; n is a multiple of 4. */
export function multiply(x: usize, factor: f32, n: i32): void {
  const factors = f32x4.splat(factor);
  for (const end = x + n * F32; x < end; x += VECTOR) v128.store(x, f32x4.mul(v128.load(x), factors));
}

/** `count` keys from `key` on, for all queries of the block. */
function takeChunk(p: Attention, w: Block, head: i32, first: i32, end: i32, key: i32, count: i32): void {
  const depth = p.depth, width = p.width;
  const k = p.k + (head * p.keys + key) * depth * F32;
  const v = p.v + (head * p.keys + key) * width * F32;
  for (let j = 0; j < count; j += ROWS) {
    packRows(k + j * depth * F32, depth * F32, F32, depth, min(ROWS, count - j), w.keys + j * depth * F32);
  }
  for (let d = 0; d < width; d += ROWS) {
    packRows(v + d * F32, F32, width * F32, count, min(ROWS, width - d), w.values + d * count * F32);
  }
  for (let i = first; i < end; i += COLUMNS) {
    const seen = min(count, seenBy(p, min(i + COLUMNS, end) - 1) - key);
    if (seen <= 0) continue;
    const at = i - first;
    const queries = w.queries + at * depth * F32;
    const results = w.results + at * roundUp(width, ROWS) * F32;
    for (let j = 0; j < seen; j += ROWS) {
      tile(w.keys + j * depth * F32, queries, depth, w.scores + j * PANEL_ROW, PANEL_ROW, ROWS, COLUMNS, false);
    }
    if (p.mask) {
      const mask = maskAt(p, head, i, key);
      addMask(w.scores, seen, mask, p.maskByKey, p.maskByQuery, min(COLUMNS, end - i), p.maskChooses != 0);
    }
    if (p.causal) hideLaterKeys(w.scores, seen, key - seenBy(p, i) + 1);
    updateSoftmax(w.scores, seen, w.most + at * F32, w.sums + at * F32, results, width);
    for (let d = 0; d < width; d += ROWS) {
      tile(w.values + d * count * F32, w.scores, seen, results + d * PANEL_ROW, PANEL_ROW, ROWS, COLUMNS, true);
    }
  }
}

/**
 * Eight softmaxes take in n more scores each, which become e^(score − most). Where a larger score turns up, what was
 * summed so far is scaled down to it.
 */
function updateSoftmax(scores: usize, n: i32, most: usize, sums: usize, results: usize, width: i32): void {
  const end = scores + n * PANEL_ROW;
  const old0 = v128.load(most), old1 = v128.load(most, VECTOR);
  let m0 = old0, m1 = old1;
  for (let s = scores; s < end; s += PANEL_ROW) {
    m0 = f32x4.pmax(m0, v128.load(s)); // a NaN is passed over here, and comes to light below
    m1 = f32x4.pmax(m1, v128.load(s, VECTOR));
  }
  const shrink0 = expOfNegative(f32x4.sub(old0, m0)), shrink1 = expOfNegative(f32x4.sub(old1, m1));
  let sum0 = f32x4.mul(v128.load(sums), shrink0), sum1 = f32x4.mul(v128.load(sums, VECTOR), shrink1);
  for (let s = scores; s < end; s += PANEL_ROW) {
    const e0 = expOfNegative(f32x4.sub(v128.load(s), m0)), e1 = expOfNegative(f32x4.sub(v128.load(s, VECTOR), m1));
    v128.store(s, e0);
    v128.store(s, e1, VECTOR);
    sum0 = f32x4.add(sum0, e0);
    sum1 = f32x4.add(sum1, e1);
  }
  v128.store(most, m0);
  v128.store(most, m1, VECTOR);
  v128.store(sums, sum0);
  v128.store(sums, sum1, VECTOR);
  multiplyColumns(results, shrink0, shrink1, width);
}

function multiplyColumns(panel: usize, f0: v128, f1: v128, rows: i32): void {
  for (const end = panel + rows * PANEL_ROW; panel < end; panel += PANEL_ROW) {
    v128.store(panel, f32x4.mul(v128.load(panel), f0));
    v128.store(panel, f32x4.mul(v128.load(panel, VECTOR), f1), VECTOR);
  }
}

/** Divides by the sums and stores up to 8 rows of Y; a query that has seen no key gets 0. */
function finishPanel(p: Attention, w: Block, head: i32, first: i32, query: i32): void {
  const at = query - first, width = p.width;
  const results = w.results + at * roundUp(width, ROWS) * F32;
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  const sum0 = v128.load(w.sums + at * F32), sum1 = v128.load(w.sums + at * F32, VECTOR);
  const seen0 = f32x4.ne(sum0, zero), seen1 = f32x4.ne(sum1, zero);
  multiplyColumns(results, v128.and(seen0, f32x4.div(one, sum0)), v128.and(seen1, f32x4.div(one, sum1)), width);
  const rows = min(COLUMNS, min(first + p.queriesOfBlock, p.queries) - query);
  const row = head * p.queries + query;
  storeTurned(results, width, rows, p.y + row * width * F32);
  const most = w.most + at * F32;
  v128.store(most, v128.and(seen0, f32x4.add(v128.load(most), log(sum0))));
  v128.store(most, v128.and(seen1, f32x4.add(v128.load(most, VECTOR), log(sum1))), VECTOR);
  memory.copy(p.logSums + row * F32, most, rows * F32);
}

/** The first `rows` columns of a panel, `width` numbers long, become rows that lie one behind the other. */
export function storeTurned(panel: usize, width: i32, rows: i32, to: usize): void {
  let d = 0;
  for (; d <= width - 4; d += 4) packTurned(panel + d * PANEL_ROW, PANEL_ROW, rows, 4, width * F32, to + d * F32);
  for (; d < width; d++) {
    for (let i = 0; i < rows; i++) {
      store<f32>(to + (i * width + d) * F32, load<f32>(panel + d * PANEL_ROW + i * F32));
    }
  }
}

/* --------------------------------------------------------------------------------------- who sees which key */

/** Where the mask of a query and a key stands. */
// @ts-ignore: decorator
@inline
export function maskAt(p: Attention, head: i32, query: i32, key: i32): usize {
  const start = p.mask + (head / p.heads) * p.maskByExample + (head % p.heads) * p.maskByHead;
  return start + query * p.maskByQuery + key * p.maskByKey;
}

/** Adds a mask to a panel of scores, of which `present` ≤ 8 columns have one. */
export function addMask(
  scores: usize, n: i32, mask: usize, byRow: usize, byColumn: usize, present: i32, chooses: bool,
): void {
  const last = present - 1;
  const c1 = min(1, last) * byColumn, c2 = min(2, last) * byColumn, c3 = min(3, last) * byColumn;
  const c4 = min(4, last) * byColumn, c5 = min(5, last) * byColumn, c6 = min(6, last) * byColumn;
  const c7 = min(7, last) * byColumn;
  for (const end = scores + n * PANEL_ROW; scores < end; scores += PANEL_ROW, mask += byRow) {
    let v0 = v128.load32_splat(mask), v1 = v128.load32_splat(mask + c4);
    v0 = v128.load_lane<f32>(mask + c1, v0, 1);
    v1 = v128.load_lane<f32>(mask + c5, v1, 1);
    v0 = v128.load_lane<f32>(mask + c2, v0, 2);
    v1 = v128.load_lane<f32>(mask + c6, v1, 2);
    v0 = v128.load_lane<f32>(mask + c3, v0, 3);
    v1 = v128.load_lane<f32>(mask + c7, v1, 3);
    v128.store(scores, masked(v128.load(scores), v0, chooses));
    v128.store(scores, masked(v128.load(scores, VECTOR), v1, chooses), VECTOR);
  }
}

// @ts-ignore: decorator
@inline
function masked(score: v128, mask: v128, chooses: bool): v128 {
  const out = chooses ? i32x4.eq(mask, i32x4.splat(0)) : f32x4.lt(mask, f32x4.splat(LEFT_OUT));
  return v128.bitselect(f32x4.splat(-Infinity), chooses ? score : f32x4.add(score, mask), out);
}

/** Row r of a panel keeps the scores of columns from `first` + r on. */
function hideLaterKeys(scores: usize, n: i32, first: i32): void {
  for (let r = max(0, 1 - first); r < n; r++) {
    const bound = i32x4.splat(first + r);
    hide(scores + r * PANEL_ROW, i32x4.lt_s(i32x4(0, 1, 2, 3), bound), i32x4.lt_s(i32x4(4, 5, 6, 7), bound));
  }
}

/** A score that does not count is −∞: its exponential is 0. */
// @ts-ignore: decorator
@inline
export function hide(scores: usize, out0: v128, out1: v128): void {
  const none = f32x4.splat(-Infinity);
  v128.store(scores, v128.bitselect(none, v128.load(scores), out0));
  v128.store(scores, v128.bitselect(none, v128.load(scores, VECTOR), out1), VECTOR);
}
