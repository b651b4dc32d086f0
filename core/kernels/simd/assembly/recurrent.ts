/**
 * Recurrent sequences: the walks of cpu/recurrent.ts. The rows of a batch know nothing of each other, so a block is
 * some rows at all steps: one launch serves the whole sequence, nobody waits for anybody in between, and the states of
 * a block stay in its core's cache. W_hh is packed into panels (gemm.ts) once, at the start.
 *
 * A row is one step of one sequence, r = t·N + n, as there. At each step, the rows that take part are gathered, so that
 * padding costs no products.
 */
import { gruCell, gruCellGradient, lstmCell, lstmCellGradient, rnnCell, rnnCellGradient, scaleRow } from './cells';
import { CHUNK, COLUMNS, packPanel, packRows, ROWS, tile } from './gemm';
import { F32 } from './lanes';
import { ARGS, launch, run, scratch, Task } from './threads';

/** The kinds of cells, as recurrent.ts one folder up counts them. */
const RNN_RELU: i32 = 1;
const LSTM: i32 = 2;
const GRU: i32 = 3;

/** A block has at most so many rows of the batch: enough to use a panel of W well while it is in the cache. */
const BLOCK_ROWS: i32 = 16;
/** A batch that is not large is cut into about so many blocks. */
const BLOCKS: i32 = 8;
/** Bytes of a thread's scratch, which a block's rows must fit into. */
const SCRATCH: i32 = 1 << 21;
/** Panels that a thread packs at a time. */
const BLOCK_PANELS: i32 = 16;
/** Sequences of fewer multiplications are not worth a second thread: about 0.05 ms. */
const SMALL: i64 = 1_000_000;

@unmanaged
class Walk {
  cell: i32;
  weight: usize; // W_hh: [G·H, H]
  packed: usize; // the same in panels: of Wᵀ [H, G·padded] on the way forward, of W [G·H, padded] on the way back
  bias: usize; // b_hh with each gate padded: [G·padded]
  mask: usize; // [T, N], or 0: all take part
  dropout: usize; // [N, H], or 0: none
  gates: usize; // [T, N, G·H]
  q: usize; // [T, N, H]
  h: usize; // [T + 1, N, H]
  c: usize; // [T + 1, N, H]
  gh: usize; // [T, N, H]
  ghLast: usize; // [N, H]
  gcLast: usize; // [N, H]
  gGates: usize; // [T, N, G·H]
  gHidden: usize; // [T, N, G·H]; the same as gGates but for the GRU
  gh0: usize; // [N, H]
  gc0: usize; // [N, H]
  steps: i32;
  batch: i32;
  units: i32; // H
  all: i32; // G·H
  padded: i32; // H, filled up to whole panels
  rows: i32; // of a block
}

/** `packed` is memory for W_hh in panels and, before it, b_hh: (H + 1)·G·padded numbers. */
export function recurrent(
  cell: i32, weight: usize, bias: usize, mask: usize, dropout: usize, packed: usize,
  gates: usize, q: usize, h: usize, c: usize, steps: i32, batch: i32, units: i32,
): void {
  const w = open(cell, weight, mask, dropout, steps, batch, units);
  const columns = (w.all / units) * w.padded;
  w.bias = packed;
  w.packed = packed + columns * F32;
  w.gates = gates;
  w.q = q;
  w.h = h;
  w.c = c;
  memory.fill(packed, 0, columns * F32);
  if (bias) {
    for (let gate = 0; gate * units < w.all; gate++) {
      memory.copy(packed + gate * w.padded * F32, bias + gate * units * F32, units * F32);
    }
  }
  start(w, packForward, columns, forward);
}

/** `packed` is memory for W_hh in panels: G·H·padded numbers. */
export function recurrentGradient(
  cell: i32, weight: usize, mask: usize, dropout: usize, packed: usize, gates: usize, q: usize, h: usize, c: usize,
  gh: usize, ghLast: usize, gcLast: usize, gGates: usize, gHidden: usize, gh0: usize, gc0: usize,
  steps: i32, batch: i32, units: i32,
): void {
  const w = open(cell, weight, mask, dropout, steps, batch, units);
  w.packed = packed;
  w.gates = gates;
  w.q = q;
  w.h = h;
  w.c = c;
  w.gh = gh;
  w.ghLast = ghLast;
  w.gcLast = gcLast;
  w.gGates = gGates;
  w.gHidden = gHidden;
  w.gh0 = gh0;
  w.gc0 = gc0;
  start(w, packBackward, w.padded, backward);
}

/** What the walks of both directions need to know. */
function open(
  cell: i32, weight: usize, mask: usize, dropout: usize, steps: i32, batch: i32, units: i32,
): Walk {
  const w = changetype<Walk>(ARGS);
  w.cell = cell;
  w.weight = weight;
  w.mask = mask;
  w.dropout = dropout;
  w.steps = steps;
  w.batch = batch;
  w.units = units;
  w.all = (cell == LSTM ? 4 : cell == GRU ? 3 : 1) * units;
  w.padded = (units + COLUMNS - 1) & -COLUMNS;
  const fit = SCRATCH / ((w.all + 8 * w.padded + CHUNK) * F32);
  w.rows = max(ROWS, min(min(BLOCK_ROWS, batch / BLOCKS), fit) & -ROWS);
  return w;
}

/** Packs W_hh, which has so many columns in panels, and walks. */
function start(w: Walk, pack: Task, columns: i32, walk: Task): void {
  const small = <i64>w.steps * w.batch * w.all * w.units < SMALL;
  const packs = (columns + BLOCK_PANELS * COLUMNS - 1) / (BLOCK_PANELS * COLUMNS);
  const blocks = (w.batch + w.rows - 1) / w.rows;
  if (small) {
    run(pack, ARGS, packs);
    run(walk, ARGS, blocks);
  } else {
    launch(pack, ARGS, packs);
    launch(walk, ARGS, blocks);
  }
}

/** Columns of Wᵀ are rows of W; the panels of a gate do not reach into the next one. */
function packForward(args: usize, block: i32): void {
  const w = changetype<Walk>(args);
  const H = w.units, left = block * BLOCK_PANELS * COLUMNS;
  const right = min(left + BLOCK_PANELS * COLUMNS, (w.all / H) * w.padded);
  for (let column = left; column < right; column += COLUMNS) {
    const gate = column / w.padded, j = column % w.padded;
    const from = w.weight + (gate * H + j) * H * F32;
    packPanel(from, F32, H * F32, H, min(COLUMNS, H - j), w.packed + column * H * F32);
  }
}

function packBackward(args: usize, block: i32): void {
  const w = changetype<Walk>(args);
  const H = w.units, left = block * BLOCK_PANELS * COLUMNS;
  for (let j = left; j < min(left + BLOCK_PANELS * COLUMNS, w.padded); j += COLUMNS) {
    packPanel(w.weight + j * F32, H * F32, F32, w.all, min(COLUMNS, H - j), w.packed + j * w.all * F32);
  }
}

/** y += A·B for `rows` rows of k numbers and n columns in panels; `room` is for the rows as tiles want them. */
function addProduct(a: usize, rows: i32, k: i32, packed: usize, n: i32, y: usize, room: usize): void {
  const aRow = k * F32, yRow = n * F32;
  for (let l = 0; l < k; l += CHUNK) {
    const depth = min(CHUNK, k - l);
    for (let i = 0; i < rows; i += ROWS) {
      packRows(a + i * aRow + l * F32, aRow, F32, depth, min(ROWS, rows - i), room + i * depth * F32);
    }
    for (let j = 0; j < n; j += COLUMNS) {
      const panel = packed + (j * k + l * COLUMNS) * F32;
      for (let i = 0; i < rows; i += ROWS) {
        tile(room + i * depth * F32, panel, depth, y + i * yRow + j * F32, yRow, min(ROWS, rows - i), COLUMNS, true);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function takesPart(w: Walk, row: i32): bool {
  return w.mask == 0 || load<i32>(w.mask + row * F32) != 0;
}

/* --------------------------------------------------------------------------------------------- forward */

/** The rows of a block, from the first step to the last. */
function forward(args: usize, block: i32): void {
  const w = changetype<Walk>(args);
  const H = w.units, columns = (w.all / H) * w.padded;
  const first = block * w.rows, end = min(first + w.rows, w.batch);
  const last = scratch; // [rows, H]: d ∘ hₜ₋₁
  const hidden = last + w.rows * H * F32; // [rows, G·padded]: W·last + b
  const room = hidden + w.rows * columns * F32;
  for (let t = 0; t < w.steps; t++) {
    const steps = t * w.batch;
    let rows = 0;
    for (let n = first; n < end; n++) {
      if (!takesPart(w, steps + n)) continue;
      const d = w.dropout ? w.dropout + n * H * F32 : 0;
      scaleRow(w.h + (steps + n) * H * F32, d, last + rows * H * F32, H, false);
      memory.copy(hidden + rows++ * columns * F32, w.bias, columns * F32);
    }
    addProduct(last, rows, H, w.packed, columns, hidden, room);
    for (let n = first, from = hidden; n < end; n++) {
      if (takesPart(w, steps + n)) {
        step(w, steps + n, from);
        from += columns * F32;
      } else carry(w, steps + n);
    }
  }
}

/** One step of one sequence. */
function step(w: Walk, row: i32, hidden: usize): void {
  const H = w.units, padded = w.padded * F32, cell = w.cell;
  const gates = w.gates + row * w.all * F32;
  const before = row * H * F32, after = (row + w.batch) * H * F32;
  if (cell == LSTM) lstmCell(H, hidden, padded, gates, w.c + before, w.c + after, w.h + after);
  else if (cell == GRU) gruCell(H, hidden, padded, gates, w.q + before, w.h + before, w.h + after);
  else rnnCell(H, hidden, gates, w.h + after, cell == RNN_RELU);
}

/** Padding: the states after it are those before it. */
function carry(w: Walk, row: i32): void {
  const bytes = w.units * F32;
  const before = row * bytes, after = (row + w.batch) * bytes;
  memory.copy(w.h + after, w.h + before, bytes);
  if (w.cell == LSTM) memory.copy(w.c + after, w.c + before, bytes);
}

/* -------------------------------------------------------------------------------------------- backward */

/** From the last step to the first; gh0 and gc0 hold the gradients of the states that the walk has come down to. */
function backward(args: usize, block: i32): void {
  const w = changetype<Walk>(args);
  const row = w.units * F32, gateRow = w.all * F32;
  const first = block * w.rows, end = min(first + w.rows, w.batch);
  const gHidden = scratch; // [rows, G·H]
  const gLast = gHidden + w.rows * gateRow; // [rows, padded]: gHidden·W
  const room = gLast + w.rows * w.padded * F32;
  memory.copy(w.gh0 + first * row, w.ghLast + first * row, (end - first) * row);
  if (w.cell == LSTM) memory.copy(w.gc0 + first * row, w.gcLast + first * row, (end - first) * row);
  for (let t = w.steps - 1; t >= 0; t--) {
    const steps = t * w.batch;
    let rows = 0;
    for (let n = first; n < end; n++) {
      scaleRow(w.gh + (steps + n) * row, 0, w.gh0 + n * row, w.units, true);
      const at = (steps + n) * gateRow;
      if (takesPart(w, steps + n)) {
        stepGradient(w, steps + n, n);
        memory.copy(gHidden + rows++ * gateRow, w.gHidden + at, gateRow);
      } else {
        memory.fill(w.gGates + at, 0, gateRow);
        memory.fill(w.gHidden + at, 0, gateRow);
      }
    }
    memory.fill(gLast, 0, rows * w.padded * F32);
    addProduct(gHidden, rows, w.all, w.packed, w.padded, gLast, room);
    for (let n = first, from = gLast; n < end; n++) {
      if (!takesPart(w, steps + n)) continue;
      scaleRow(from, w.dropout ? w.dropout + n * row : 0, w.gh0 + n * row, w.units, w.cell == GRU);
      from += w.padded * F32;
    }
  }
}

/** One step of sequence n back. */
function stepGradient(w: Walk, row: i32, n: i32): void {
  const H = w.units, cell = w.cell;
  const gate = row * w.all * F32;
  const before = row * H * F32, after = (row + w.batch) * H * F32;
  const gh = w.gh0 + n * H * F32, gc = w.gc0 + n * H * F32;
  const gates = w.gates + gate, gGates = w.gGates + gate;
  if (cell == LSTM) lstmCellGradient(H, gates, w.c + before, w.c + after, gh, gc, gGates);
  else if (cell == GRU) gruCellGradient(H, gates, w.q + before, w.h + before, gh, gGates, w.gHidden + gate);
  else rnnCellGradient(H, w.h + after, gh, gGates, cell == RNN_RELU);
}
