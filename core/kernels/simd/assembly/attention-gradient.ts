/**
 * The gradients of attention (attention.ts), made again from q, k, v and the logarithms of the sums.
 *
 * A block takes some keys of one head, and goes over all queries, 64 at a time. Here the scores of 8 keys stand side
 * by side, one query below the other: S = Q·Kᵀ, [queries, 8]. With ∂P = G·Vᵀ beside it, P and ∂S are panels for the two
 * products gVᵀ += Gᵀ·P and gKᵀ += Qᵀ·∂S; turned four by four, ∂S is the left side of gQ += ∂S·K.
 */
import {
  addMask, Attention, hide, isWide, launchBlocks, maskAt, multiply, PANEL_ROW, roundUp, seenBy, storeTurned,
} from './attention';
import { COLUMNS, packPanel, packRows, packTurned, ROWS, tile } from './gemm';
import { F32, VECTOR } from './lanes';
import { expOfNegative } from './math';
import { addRow, launchRows, productsWithDeviations, rowsOfBlock } from './sums';
import { ARGS, scratch } from './threads';

/** Queries and keys that are worked on at a time; of wide heads FEW, so that all fits into a thread's scratch. */
const QUERIES: i32 = 64;
const KEYS: i32 = 256;
const FEW: i32 = 32;

/** Where a block keeps what it works with. Panels have 8 columns, packed rows are four together. */
@unmanaged
class Block {
  keys: usize; // Kᵀ in panels: [keys / 8][depth][8]
  values: usize; // Vᵀ in panels: [keys / 8][width][8]
  keyColumns: usize; // K in panels: [depth / 8][keys][8]
  gKeys: usize; // gKᵀ in panels: [keys / 8][depth][8]
  gValues: usize; // gVᵀ in panels: [keys / 8][width][8]
  queries: usize; // scale · Q, packed: [queries / 4][depth][4]
  g: usize; // G, packed: [queries / 4][width][4]
  queryColumns: usize; // Qᵀ, packed: [depth / 4][queries][4]
  gColumns: usize; // Gᵀ, packed: [width / 4][queries][4]
  shared: usize; // Σ p·∂p: [queries]
  scores: usize; // S, then P: [queries][8]
  gScores: usize; // ∂P, then ∂S: [queries][8]
  turned: usize; // ∂S, packed: [queries / 4][keys][4]
}

/** A head's keys are cut into `blocksOfHead` blocks; `partial` is memory for what all but the first add to gq. */
export function attentionGradient(
  g: usize, gq: usize, gk: usize, gv: usize, partial: usize, blocksOfHead: i32,
): void {
  const p = changetype<Attention>(ARGS);
  p.g = g;
  p.gq = gq;
  p.gk = gk;
  p.gv = gv;
  p.partial = partial;
  p.blocksOfHead = blocksOfHead;
  p.keysOfBlock = roundUp((p.keys + blocksOfHead - 1) / blocksOfHead, COLUMNS);
  launchBlocks(gradientBlock, p);
  if (blocksOfHead > 1) launchRows(addPartial, p.examples * p.heads * p.queries, p.depth);
}

/** Some keys of one head, with all queries. */
function gradientBlock(args: usize, block: i32): void {
  const p = changetype<Attention>(args);
  const head = block / p.blocksOfHead, part = block % p.blocksOfHead;
  const headBytes = p.queries * p.depth * F32;
  const allHeads = p.examples * p.heads * headBytes;
  const gq = (part == 0 ? p.gq : p.partial + (part - 1) * allHeads) + head * headBytes;
  memory.fill(gq, 0, headBytes);
  const w = arrange(p);
  const end = min((part + 1) * p.keysOfBlock, p.keys);
  const chunk = isWide(p) ? FEW : KEYS;
  for (let key = part * p.keysOfBlock; key < end; key += chunk) takeKeys(p, w, head, key, min(chunk, end - key), gq);
}

/** gq += the parts of the other blocks, in their order. */
function addPartial(args: usize, block: i32): void {
  const p = changetype<Attention>(args);
  const rows = rowsOfBlock(p.depth);
  const all = p.examples * p.heads * p.queries;
  const count = min(rows, all - block * rows) * p.depth;
  const at = block * rows * p.depth * F32;
  for (let part = 1; part < p.blocksOfHead; part++) {
    addRow(p.partial + (part - 1) * all * p.depth * F32 + at, p.gq + at, count);
  }
}

function arrange(p: Attention): Block {
  const w = changetype<Block>(scratch);
  const keys = isWide(p) ? FEW : KEYS, queries = isWide(p) ? FEW : QUERIES;
  const depth = roundUp(p.depth, COLUMNS), width = roundUp(p.width, COLUMNS);
  w.keys = scratch + 64;
  w.values = w.keys + keys * depth * F32;
  w.keyColumns = w.values + keys * width * F32;
  w.gKeys = w.keyColumns + keys * depth * F32;
  w.gValues = w.gKeys + keys * depth * F32;
  w.queries = w.gValues + keys * width * F32;
  w.g = w.queries + queries * depth * F32;
  w.queryColumns = w.g + queries * width * F32;
  w.gColumns = w.queryColumns + queries * depth * F32;
  w.shared = w.gColumns + queries * width * F32;
  w.scores = w.shared + queries * F32;
  w.gScores = w.scores + queries * PANEL_ROW;
  w.turned = w.gScores + queries * PANEL_ROW;
  return w;
}

/** `count` keys from `key` on: their gradients, and what they add to the gradient of all queries. */
function takeKeys(p: Attention, w: Block, head: i32, key: i32, count: i32, gq: usize): void {
  const depth = p.depth, width = p.width;
  const kBytes = (head * p.keys + key) * depth * F32, vBytes = (head * p.keys + key) * width * F32;
  const depthOfPanel = roundUp(depth, ROWS), widthOfPanel = roundUp(width, ROWS);
  for (let j = 0; j < count; j += COLUMNS) {
    const columns = min(COLUMNS, count - j);
    packPanel(p.k + kBytes + j * depth * F32, F32, depth * F32, depth, columns, w.keys + j * depth * F32);
    packPanel(p.v + vBytes + j * width * F32, F32, width * F32, width, columns, w.values + j * width * F32);
  }
  for (let d = 0; d < depth; d += COLUMNS) {
    const columns = min(COLUMNS, depth - d);
    packPanel(p.k + kBytes + d * F32, depth * F32, F32, count, columns, w.keyColumns + d * count * F32);
  }
  const padded = roundUp(count, COLUMNS);
  memory.fill(w.gKeys, 0, padded * depthOfPanel * F32);
  memory.fill(w.gValues, 0, padded * widthOfPanel * F32);
  const most = isWide(p) ? FEW : QUERIES;
  for (let i = 0; i < p.queries; i += most) {
    const rows = min(most, p.queries - i);
    const seen = min(count, seenBy(p, i + rows - 1) - key);
    if (seen > 0) takeQueries(p, w, head, key, count, seen, i, rows, gq);
  }
  for (let j = 0; j < count; j += COLUMNS) {
    const columns = min(COLUMNS, count - j);
    storeTurned(w.gKeys + j * depthOfPanel * F32, depth, columns, p.gk + kBytes + j * depth * F32);
    storeTurned(w.gValues + j * widthOfPanel * F32, width, columns, p.gv + vBytes + j * width * F32);
  }
}

/** Up to 64 queries from `first` on, the last of which sees `seen` of the `count` keys. */
function takeQueries(
  p: Attention, w: Block, head: i32, key: i32, count: i32, seen: i32, first: i32, rows: i32, gq: usize,
): void {
  const depth = p.depth, width = p.width;
  packQueries(p, w, head, first, rows);
  const step = roundUp(count, COLUMNS) * VECTOR; // from four queries to the next in `turned`
  for (let j = 0; j < seen; j += COLUMNS) {
    const keys = w.keys + j * depth * F32, values = w.values + j * width * F32;
    for (let r = 0; r < rows; r += ROWS) {
      const to = r * PANEL_ROW;
      tile(w.queries + r * depth * F32, keys, depth, w.scores + to, PANEL_ROW, ROWS, COLUMNS, false);
      tile(w.g + r * width * F32, values, width, w.gScores + to, PANEL_ROW, ROWS, COLUMNS, false);
    }
    if (p.mask) {
      const mask = maskAt(p, head, first, key + j), present = min(COLUMNS, count - j);
      addMask(w.scores, rows, mask, p.maskByQuery, p.maskByKey, present, p.maskChooses != 0);
    }
    if (p.causal) hideLaterKeys(w.scores, rows, seenBy(p, first) - key - j);
    differentiate(w, p.logSums + (head * p.queries + first) * F32, rows, p.scale);

    addProduct(w.queryColumns, w.gScores, rows, w.gKeys + j * roundUp(depth, ROWS) * F32, depth);
    addProduct(w.gColumns, w.scores, rows, w.gValues + j * roundUp(width, ROWS) * F32, width);
    for (let r = 0, to = w.turned + j * VECTOR; r < rows; r += ROWS, to += step) {
      packTurned(w.gScores + r * PANEL_ROW, PANEL_ROW, COLUMNS, ROWS, VECTOR, to);
    }
  }
  const row = depth * F32;
  for (let d = 0; d < depth; d += COLUMNS) {
    const keys = w.keyColumns + d * count * F32, columns = min(COLUMNS, depth - d);
    for (let r = 0, from = w.turned; r < rows; r += ROWS, from += step) {
      tile(from, keys, seen, gq + (first + r) * row + d * F32, row, min(ROWS, rows - r), columns, true);
    }
  }
}

function packQueries(p: Attention, w: Block, head: i32, first: i32, rows: i32): void {
  const depth = p.depth, width = p.width;
  const row = head * p.queries + first;
  const q = p.q + row * depth * F32, g = p.g + row * width * F32, y = p.y + row * width * F32;
  for (let r = 0; r < rows; r += ROWS) {
    const height = min(ROWS, rows - r);
    packRows(q + r * depth * F32, depth * F32, F32, depth, height, w.queries + r * depth * F32);
    packRows(g + r * width * F32, width * F32, F32, width, height, w.g + r * width * F32);
  }
  multiply(w.queries, p.scale, roundUp(rows, ROWS) * depth);
  for (let d = 0; d < depth; d += ROWS) {
    packRows(q + d * F32, F32, depth * F32, rows, min(ROWS, depth - d), w.queryColumns + d * rows * F32);
  }
  for (let d = 0; d < width; d += ROWS) {
    packRows(g + d * F32, F32, width * F32, rows, min(ROWS, width - d), w.gColumns + d * rows * F32);
  }
  for (let r = 0; r < rows; r++) {
    const at = r * width * F32;
    store<f32>(w.shared + r * F32, <f32>productsWithDeviations(g + at, y + at, 0, width));
  }
}

/** Row r of a panel keeps the scores of the first `seen` + r columns. */
function hideLaterKeys(scores: usize, rows: i32, seen: i32): void {
  for (let r = 0; r < min(rows, COLUMNS - seen); r++) {
    const bound = i32x4.splat(seen + r);
    hide(scores + r * PANEL_ROW, i32x4.ge_s(i32x4(0, 1, 2, 3), bound), i32x4.ge_s(i32x4(4, 5, 6, 7), bound));
  }
}

/** P = e^(S − logSum) in the place of S, and ∂S = scale · P · (∂P − Σ P·∂P) in that of ∂P. */
function differentiate(w: Block, logSums: usize, rows: i32, scale: f32): void {
  let s = w.scores, gs = w.gScores;
  const scales = f32x4.splat(scale);
  for (let r = 0; r < rows; r++, s += PANEL_ROW, gs += PANEL_ROW) {
    const logSum = v128.load32_splat(logSums + r * F32), shared = v128.load32_splat(w.shared + r * F32);
    const p0 = expOfNegative(f32x4.sub(v128.load(s), logSum));
    const p1 = expOfNegative(f32x4.sub(v128.load(s, VECTOR), logSum));
    v128.store(s, p0);
    v128.store(s, p1, VECTOR);
    v128.store(gs, f32x4.mul(f32x4.mul(p0, scales), f32x4.sub(v128.load(gs), shared)));
    v128.store(gs, f32x4.mul(f32x4.mul(p1, scales), f32x4.sub(v128.load(gs, VECTOR), shared)), VECTOR);
  }
}

/** A panel of `height` rows += packed rows · a panel of k rows. */
function addProduct(rows: usize, panel: usize, k: i32, to: usize, height: i32): void {
  for (let d = 0; d < height; d += ROWS) {
    tile(rows + d * k * F32, panel, k, to + d * PANEL_ROW, PANEL_ROW, ROWS, COLUMNS, true);
  }
}
