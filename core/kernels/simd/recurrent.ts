/** Recurrent sequences: W_hh is packed once a call, into borrowed memory. */
import type { Recurrence, RnnNonlinearity } from '../kernels';
import type { Strided } from '../strided';
import { address, addressOrNull, borrow, wasm } from './host';

/** The kinds of cells, as assembly/recurrent.ts counts them. */
const CELLS = { tanh: 0, relu: 1, lstm: 2, gru: 3 };
type Cell = keyof typeof CELLS;

export function rnn(recurrence: Recurrence, gates: Strided, h: Strided, nonlinearity: RnnNonlinearity): void {
  forward(nonlinearity, recurrence, gates, null, h, null);
}

export function rnnGradient(
  recurrence: Recurrence,
  h: Strided,
  gh: Strided,
  ghLast: Strided,
  gGates: Strided,
  gh0: Strided,
  nonlinearity: RnnNonlinearity,
): void {
  backward(nonlinearity, recurrence, { h, gh, ghLast, gGates, gh0 });
}

export function lstm(recurrence: Recurrence, gates: Strided, h: Strided, c: Strided): void {
  forward('lstm', recurrence, gates, null, h, c);
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
  backward('lstm', recurrence, { gates, c, gh, ghLast, gcLast, gGates, gh0, gc0 });
}

export function gru(recurrence: Recurrence, gates: Strided, q: Strided, h: Strided): void {
  forward('gru', recurrence, gates, q, h, null);
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
  backward('gru', recurrence, { gates, q, h, gh, ghLast, gGates, gHidden, gh0 });
}

function forward(
  cell: Cell,
  { weight, bias, mask, dropout }: Recurrence,
  gates: Strided,
  q: Strided | null,
  h: Strided,
  c: Strided | null,
): void {
  const [times, batch, units] = h.shape;
  if (units === 0) return;
  borrow(packedBytes(weight, units + 1), (packed) =>
    wasm.recurrent(
      ...[CELLS[cell], address(weight), addressOrNull(bias), addressOrNull(mask), addressOrNull(dropout), packed],
      ...[address(gates), addressOrNull(q), address(h), addressOrNull(c), times - 1, batch, units],
    ),
  );
}

/** The tensors of a gradient; each kind of cell has some of them. */
interface Backward {
  gates?: Strided;
  q?: Strided;
  h?: Strided;
  c?: Strided;
  gh: Strided;
  ghLast: Strided;
  gcLast?: Strided;
  gGates: Strided;
  gHidden?: Strided;
  gh0: Strided;
  gc0?: Strided;
}

function backward(cell: Cell, { weight, mask, dropout }: Recurrence, tensors: Backward): void {
  const { gates, q, h, c, gh, ghLast, gcLast, gGates, gHidden = gGates, gh0, gc0 } = tensors;
  const [steps, batch, units] = gh.shape;
  if (units === 0) return;
  const all = [gates, q, h, c, gh, ghLast, gcLast, gGates, gHidden, gh0, gc0];
  borrow(packedBytes(weight, units), (packed) =>
    wasm.recurrentGradient(
      ...[CELLS[cell], address(weight), addressOrNull(mask), addressOrNull(dropout), packed],
      ...all.map((t) => addressOrNull(t ?? null)),
      ...[steps, batch, units],
    ),
  );
}

/** So many columns of W_hh, with each gate filled up to whole panels of 8 units. */
function packedBytes({ shape: [all, units] }: Strided, columns: number): number {
  return 4 * columns * (all / units) * (units + 7);
}
