/**
 * Recurrent sequences: step by step a product with W_hh (kernels/matmul) and the cell (kernels/recurrent-cell and
 * recurrent-cell-gradient). All steps are written down at once, and nobody waits in between.
 */
import type { Recurrence, RnnNonlinearity } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { binary, copy, groupsFor } from './elements';
import { matmul } from './products';
import { launch } from './queue';

const [RNN_TANH, RNN_RELU, LSTM, GRU] = [0, 1, 2, 3];
const cellOf = (nonlinearity: RnnNonlinearity): number => (nonlinearity === 'tanh' ? RNN_TANH : RNN_RELU);

/** Step t of a tensor whose first axis is time, as a matrix that a product takes: [1, N, width]. */
function step(x: Strided, t: number): Strided {
  const [, N, width] = x.shape;
  return { ...view(x), shape: [1, N, width], strides: [N * width, width, 1], offset: x.offset + t * N * width };
}

/** The fields of a tensor, whatever else the object is. */
const view = ({ storage, dtype, device }: Strided) => ({ storage, dtype, device });
const matrix = (x: Strided, rows: number, columns: number): Strided => ({
  ...view(x),
  ...{ shape: [1, rows, columns], strides: [rows * columns, columns, 1], offset: x.offset },
});

/* ---------------------------------------------------------------------------------------------- forward */

function forward(recurrence: Recurrence, CELL: number, gates: Strided, h: Strided, extra: Strided | null): void {
  const { weight, bias, mask, dropout } = recurrence;
  const [times, N, width] = gates.shape;
  const H = h.shape[2];
  const w = matrix(weight, width, H);
  borrow([1, N, width], 'float32', (hidden) =>
    borrow([1, N, H], 'float32', (dropped) =>
      borrow([1], 'float32', (nothing) => {
        for (let t = 0; t < times; t++) {
          const before = step(h, t);
          if (dropout) binary('mul', before, matrix(dropout, N, H), dropped);
          matmul(dropout ? dropped : before, w, bias, hidden, false, true);
          const more = extra ?? nothing;
          launch({
            kernel: 'recurrent-cell',
            constants: { CELL, MASK: Number(mask !== null) },
            buffers: [hidden, mask ?? hidden, gates, h, more],
            parameters: [
              ...[N, H, gates.offset + t * N * width, before.offset],
              ...[mask ? mask.offset + t * N : 0, extra ? more.offset + t * N * H : 0],
            ],
            groups: groupsFor(N * H),
          });
        }
      }),
    ),
  );
}

export function rnn(recurrence: Recurrence, gates: Strided, h: Strided, nonlinearity: RnnNonlinearity): void {
  forward(recurrence, cellOf(nonlinearity), gates, h, null);
}

export function lstm(recurrence: Recurrence, gates: Strided, h: Strided, c: Strided): void {
  forward(recurrence, LSTM, gates, h, c);
}

export function gru(recurrence: Recurrence, gates: Strided, q: Strided, h: Strided): void {
  forward(recurrence, GRU, gates, h, q);
}

/* --------------------------------------------------------------------------------------------- backward */

/** The tensors of a step backwards; what a cell does not have is null. */
interface Backward {
  gates: Strided | null;
  states: Strided;
  q: Strided | null;
  gh: Strided;
  gGates: Strided;
  gHidden: Strided | null;
  gH: Strided;
  gC: Strided | null;
}

function backward({ weight, mask, dropout }: Recurrence, CELL: number, on: Backward): void {
  const [times, N, width] = on.gGates.shape;
  const H = on.gH.shape[1];
  const w = matrix(weight, width, H);
  borrow([1, N, H], 'float32', (back) =>
    borrow([1], 'float32', (nothing) =>
      borrow([1], 'float32', (nothingElse) => {
        for (let t = times - 1; t >= 0; t--) {
          launch({
            kernel: 'recurrent-cell-gradient',
            constants: { CELL, MASK: Number(mask !== null) },
            buffers: [
              ...[on.gates ?? on.states, on.states, on.q ?? on.states, on.gh, mask ?? on.states],
              ...[on.gGates, on.gHidden ?? nothing, on.gH, on.gC ?? nothingElse],
            ],
            parameters: [
              ...[N, H, at(on.gates, t, N * width), at(on.states, t, N * H), at(on.q, t, N * H), at(on.gh, t, N * H)],
              ...[at(mask, t, N), at(on.gGates, t, N * width), at(on.gHidden, t, N * width)],
              ...[on.gH.offset, on.gC?.offset ?? 0],
            ],
            groups: groupsFor(N * H),
          });
          matmul(step(on.gHidden ?? on.gGates, t), w, null, back, false, false);
          launch({
            kernel: 'add-product',
            constants: { FACTOR: Number(dropout !== null) },
            buffers: [dropout ?? back, back, on.gH],
            parameters: [N * H, dropout?.offset ?? 0, back.offset, on.gH.offset],
            groups: groupsFor(N * H),
          });
        }
      }),
    ),
  );
}

const at = (x: Strided | null, t: number, size: number): number => (x ? x.offset + t * size : 0);

export function rnnGradient(
  recurrence: Recurrence,
  h: Strided,
  gh: Strided,
  ghLast: Strided,
  gGates: Strided,
  gh0: Strided,
  nonlinearity: RnnNonlinearity,
): void {
  copy(ghLast, gh0);
  const on = { gates: null, states: h, q: null, gh, gGates, gHidden: null, gH: gh0, gC: null };
  backward(recurrence, cellOf(nonlinearity), on);
}

export function lstmGradient(
  recurrence: Recurrence,
  gates: Strided,
  c: Strided,
  gh: Strided,
  ghLast: Strided,
  gcLast: Strided,
  gGates: Strided,
  gh0: Strided,
  gc0: Strided,
): void {
  copy(ghLast, gh0);
  copy(gcLast, gc0);
  backward(recurrence, LSTM, { gates, states: c, q: null, gh, gGates, gHidden: null, gH: gh0, gC: gc0 });
}

export function gruGradient(
  recurrence: Recurrence,
  gates: Strided,
  q: Strided,
  h: Strided,
  gh: Strided,
  ghLast: Strided,
  gGates: Strided,
  gHidden: Strided,
  gh0: Strided,
): void {
  copy(ghLast, gh0);
  backward(recurrence, GRU, { gates, states: h, q, gh, gGates, gHidden, gH: gh0, gC: null });
}
