/**
 * The product of matrices: the loops of cpu/matmul.ts, tiled (gemm.ts). All of B is packed first, by all threads; then
 * each block of Y packs the rows of A it needs, chunk by chunk of K, and goes over its tiles. Transposed or not makes a
 * difference in packing only. A product of very few rows would read B just once: it takes B as it lies.
 */
import { CHUNK, COLUMNS, packPanel, packRows, ROWS, tile } from './gemm';
import { F32, madd, sumLanes, VECTOR } from './lanes';
import { ARGS, launch, run, scratch } from './threads';

/** A block, the piece of work that a thread takes, has at most so many rows and columns of Y. */
const BLOCK_ROWS: i32 = 128;
const BLOCK_COLUMNS: i32 = 256;
/** Panels that a thread packs at a time. */
const BLOCK_PANELS: i32 = 16;
/** Up to so many rows, B is read as it lies. */
const FEW_ROWS: i32 = 3;
/** Products of fewer multiplications are not worth a second thread: about 0.05 ms. */
const SMALL: i64 = 1_000_000;
/** In a thread's scratch, room for packed rows comes first, then for a packed B of at most as many bytes. */
export const HALF_SCRATCH: usize = 1 << 20;

/** Rows and columns of a matrix may lie any number of bytes apart; one of the two lies 4 bytes apart. */
@unmanaged
class Product {
  a: usize; // [batch, m, k]
  aBatch: usize;
  aRow: usize;
  aColumn: usize;
  b: usize; // [batch, k, n]
  bBatch: usize;
  bRow: usize;
  bColumn: usize;
  bias: usize; // [n], or 0: none
  y: usize; // [batch, m, n], contiguous
  packed: usize; // B in panels
  m: i32;
  n: i32;
  k: i32;
  blockRows: i32;
}

/** `packed` is memory for all of one B in panels, or 0 where that fits into half of the scratch. */
export function matmul(
  a: usize, aBatch: usize, aRow: usize, aColumn: usize,
  b: usize, bBatch: usize, bRow: usize, bColumn: usize,
  bias: usize, y: usize, packed: usize, batch: i32, m: i32, n: i32, k: i32,
): void {
  const p = changetype<Product>(ARGS);
  p.a = a;
  p.aBatch = aBatch;
  p.aRow = aRow;
  p.aColumn = aColumn;
  p.b = b;
  p.bBatch = bBatch;
  p.bRow = bRow;
  p.bColumn = bColumn;
  p.bias = bias;
  p.y = y;
  p.packed = packed || scratch + HALF_SCRATCH;
  p.m = m;
  p.n = n;
  p.k = k;
  p.blockRows = min(BLOCK_ROWS, max(32, (m / 4 + ROWS - 1) & -ROWS));
  const small = <i64>batch * m * n * k < SMALL;
  if (batch > 1 && !packed) {
    if (small) run(wholeMatrix, ARGS, batch);
    else launch(wholeMatrix, ARGS, batch);
    return;
  }
  for (let i = 0; i < batch; i++) {
    if (small) wholeMatrix(ARGS, 0);
    else if (m <= FEW_ROWS) launch(fewRows, ARGS, (n + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS);
    else {
      launch(packBlock, ARGS, (n + BLOCK_PANELS * COLUMNS - 1) / (BLOCK_PANELS * COLUMNS));
      const across = (n + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
      launch(productBlock, ARGS, ((m + p.blockRows - 1) / p.blockRows) * across);
    }
    p.a += aBatch;
    p.b += bBatch;
    p.y += m * n * F32;
  }
}

/** One matrix of the batch, by one thread. */
function wholeMatrix(args: usize, i: i32): void {
  const p = changetype<Product>(args);
  const a = p.a + i * p.aBatch;
  const b = p.b + i * p.bBatch;
  const y = p.y + i * p.m * p.n * F32;
  if (p.m <= FEW_ROWS) {
    thinProduct(p, a, b, y, 0, p.n);
    return;
  }
  const packed = i == 0 ? p.packed : scratch + HALF_SCRATCH;
  packColumns(p, b, packed, 0, p.n);
  for (let top = 0; top < p.m; top += BLOCK_ROWS) {
    rowsTimesPanels(p, a, packed, y, top, min(top + BLOCK_ROWS, p.m), 0, p.n);
  }
}

function packBlock(args: usize, block: i32): void {
  const p = changetype<Product>(args);
  const left = block * BLOCK_PANELS * COLUMNS;
  packColumns(p, p.b, p.packed, left, min(left + BLOCK_PANELS * COLUMNS, p.n));
}

function packColumns(p: Product, b: usize, packed: usize, left: i32, right: i32): void {
  for (let j = left; j < right; j += COLUMNS) {
    const width = min(COLUMNS, right - j);
    packPanel(b + j * p.bColumn, p.bRow, p.bColumn, p.k, width, packed + j * p.k * F32);
  }
}

function productBlock(args: usize, block: i32): void {
  const p = changetype<Product>(args);
  const across = (p.n + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
  const top = (block / across) * p.blockRows;
  const left = (block % across) * BLOCK_COLUMNS;
  const bottom = min(top + p.blockRows, p.m);
  rowsTimesPanels(p, p.a, p.packed, p.y, top, bottom, left, min(left + BLOCK_COLUMNS, p.n));
}

/** The rows from top to bottom and the columns from left to right of one Y. */
function rowsTimesPanels(
  p: Product, a: usize, packed: usize, y: usize, top: i32, bottom: i32, left: i32, right: i32,
): void {
  const n = p.n, k = p.k;
  const yRow = n * F32;
  if (p.bias || k == 0) for (let i = top; i < bottom; i++) startRow(p, y + i * yRow, left, right);
  for (let l = 0; l < k; l += CHUNK) {
    const depth = min(CHUNK, k - l);
    const panelBytes = depth * VECTOR;
    for (let i = top, to = scratch; i < bottom; i += ROWS, to += panelBytes) {
      packRows(a + i * p.aRow + l * p.aColumn, p.aRow, p.aColumn, depth, min(ROWS, bottom - i), to);
    }
    const add = l > 0 || p.bias != 0;
    for (let j = left; j < right; j += COLUMNS) {
      const panel = packed + (j * k + l * COLUMNS) * F32;
      const width = min(COLUMNS, right - j);
      for (let i = top, rows = scratch; i < bottom; i += ROWS, rows += panelBytes) {
        tile(rows, panel, depth, y + i * yRow + j * F32, yRow, min(ROWS, bottom - i), width, add);
      }
    }
  }
}

/** A row of Y before anything is added: the bias, or 0. */
function startRow(p: Product, row: usize, left: i32, right: i32): void {
  const bytes = (right - left) * F32;
  if (p.bias) memory.copy(row + left * F32, p.bias + left * F32, bytes);
  else memory.fill(row + left * F32, 0, bytes);
}

function fewRows(args: usize, block: i32): void {
  const p = changetype<Product>(args);
  const left = block * BLOCK_COLUMNS;
  thinProduct(p, p.a, p.b, p.y, left, min(left + BLOCK_COLUMNS, p.n));
}

function thinProduct(p: Product, a: usize, b: usize, y: usize, left: i32, right: i32): void {
  for (let i = 0; i < p.m; i++, a += p.aRow, y += p.n * F32) {
    startRow(p, y, left, right);
    if (p.bColumn == F32) addScaledRows(p, a, b, y, left, right);
    else addDotProducts(p, a, b, y, left, right);
  }
}

/** y[j] += Σₗ a[l] · b[l, j]: 16 columns at a time stay in registers. */
function addScaledRows(p: Product, a: usize, b: usize, y: usize, left: i32, right: i32): void {
  let j = left;
  for (; j <= right - 16; j += 16) {
    const to = y + j * F32;
    let c0 = v128.load(to), c1 = v128.load(to, 16), c2 = v128.load(to, 32), c3 = v128.load(to, 48);
    let from = b + j * F32;
    for (let l = 0, al = a; l < p.k; l++, al += p.aColumn, from += p.bRow) {
      const x = v128.load32_splat(al);
      c0 = madd(x, v128.load(from), c0);
      c1 = madd(x, v128.load(from, 16), c1);
      c2 = madd(x, v128.load(from, 32), c2);
      c3 = madd(x, v128.load(from, 48), c3);
    }
    v128.store(to, c0);
    v128.store(to, c1, 16);
    v128.store(to, c2, 32);
    v128.store(to, c3, 48);
  }
  for (; j < right; j++) {
    const to = y + j * F32;
    let sum = load<f32>(to);
    let from = b + j * F32;
    for (let l = 0, al = a; l < p.k; l++, al += p.aColumn, from += p.bRow) sum += load<f32>(al) * load<f32>(from);
    store<f32>(to, sum);
  }
}

/** y[j] += a · b[:, j], the columns of B lying in memory as rows. A row of A that does not, is copied first. */
function addDotProducts(p: Product, a: usize, b: usize, y: usize, left: i32, right: i32): void {
  for (let l = 0; l < p.k; l += CHUNK) {
    const depth = min(CHUNK, p.k - l);
    let row = a + l * p.aColumn;
    if (p.aColumn != F32) {
      for (let i = 0; i < depth; i++, row += p.aColumn) store<f32>(scratch + i * F32, load<f32>(row));
      row = scratch;
    }
    for (let j = left; j < right; j++) {
      const to = y + j * F32;
      store<f32>(to, load<f32>(to) + dot(row, b + j * p.bColumn + l * F32, depth));
    }
  }
}

function dot(a: usize, b: usize, k: i32): f32 {
  let c0 = f32x4.splat(0), c1 = c0;
  let l = 0;
  for (; l <= k - 8; l += 8, a += 2 * VECTOR, b += 2 * VECTOR) {
    c0 = madd(v128.load(a), v128.load(b), c0);
    c1 = madd(v128.load(a, VECTOR), v128.load(b, VECTOR), c1);
  }
  let sum = sumLanes(f32x4.add(c0, c1));
  for (; l < k; l++, a += F32, b += F32) sum += load<f32>(a) * load<f32>(b);
  return sum;
}
