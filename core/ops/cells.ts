/**
 * The recurrent cells gate by gate on tensors, and their unrolling: one step after another, each a few operations.
 * This says what recurrent.ts computes by kernels, and serves where its gradient is to be differentiated again.
 */
import type { RnnNonlinearity } from '../kernels/kernels';
import type { Tensor } from '../tensor/tensor';
import { linear } from './product';
import { stack } from './shape';

/** Time first and forwards, an initial state for each kind that the cell has, biases or none. */
export interface Sequence {
  x: Tensor; // [T, N, I]
  initial: Tensor[]; // h0, and the LSTM's c0: [N, H]
  weightIh: Tensor; // [G·H, I]
  weightHh: Tensor; // [G·H, H]
  biases: Tensor[]; // b_ih and b_hh, [G·H]; or none
  mask: Tensor | null; // [T, N]
  dropout: Tensor | null; // [N, H]
}

/** The next states, from a = W_ih·x + b_ih and b = W_hh·h + b_hh, both [N, G·H], and the last states. */
export type Cell = (a: Tensor, b: Tensor, states: Tensor[]) => Tensor[];

/** h′ = f(a + b) */
export const rnnCell =
  (nonlinearity: RnnNonlinearity): Cell =>
  (a, b) => [a.add(b)[nonlinearity]()];

/** i, f, o = σ(a + b), g = tanh(a + b);  c′ = f·c + i·g;  h′ = o·tanh c′ */
export const lstmCell: Cell = (a, b, [h, c]) => {
  const [i, f, g, o] = a.add(b).split(h.shape[1], 1); // [N, H] each
  const next = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
  return [o.sigmoid().mul(next.tanh()), next];
};

/** r, z = σ(a + b), n = tanh(aₙ + r·bₙ);  h′ = (1 − z)·n + z·h */
export const gruCell: Cell = (a, b, [h]) => {
  const [ar, az, an] = a.split(h.shape[1], 1); // [N, H] each
  const [br, bz, bn] = b.split(h.shape[1], 1);
  const r = ar.add(br).sigmoid();
  const z = az.add(bz).sigmoid();
  const n = an.add(r.mul(bn)).tanh();
  return [z.neg().add(1).mul(n).add(z.mul(h))];
};

/** h after each step [T, N, H], then the last state of each kind [N, H]. */
export function unroll(cell: Cell, { x, initial, weightIh, weightHh, biases, mask, dropout }: Sequence): Tensor[] {
  let states = initial;
  const outputs: Tensor[] = [];
  for (let t = 0; t < x.shape[0]; t++) {
    const h = dropout ? states[0].mul(dropout) : states[0];
    const next = cell(linear(x.slice(t), weightIh, biases[0]), linear(h, weightHh, biases[1]), states);
    const takesPart = mask?.slice(t).unsqueeze(1); // [N, 1]
    states = takesPart ? next.map((state, kind) => state.where(takesPart, states[kind])) : next;
    outputs.push(states[0]);
  }
  return [stack(outputs), ...states];
}
