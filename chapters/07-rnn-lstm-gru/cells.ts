/**
 * The three cells, gate by gate, as their formulas stand: one step of time each. `walk` takes a cell along a sequence.
 * equality.ts proves that the layers of the core compute the same.
 */
import { type nn, ops, stack, type Tensor, zeros } from '../../core';

// #region gate
/** What a gate needs to make a score for each of H units: from the input [N, I], and from the last state [N, H]. */
export interface Gate {
  W: Tensor; // [H, I]
  b: Tensor; // [H]
  U: Tensor; // [H, H]
  d: Tensor; // [H], a second bias; only the GRU gives it a meaning of its own
}

const fromInput = ({ W, b }: Gate, x: Tensor): Tensor => ops.linear(x, W, b); // [N, I] → [N, H]
const fromState = ({ U, d }: Gate, h: Tensor): Tensor => ops.linear(h, U, d); // [N, H] → [N, H]
const score = (gate: Gate, x: Tensor, h: Tensor): Tensor => fromInput(gate, x).add(fromState(gate, h));
// #endregion

// #region rnn
/** h′ = tanh(W·x + b + U·h + d), or with a ReLU. */
export function rnnStep(x: Tensor, { h }: { h: Tensor }, { n }: { n: Gate }, bend: 'tanh' | 'relu' = 'tanh') {
  return { h: score(n, x, h)[bend]() };
}
// #endregion

// #region lstm
export type LstmGates = Record<'i' | 'f' | 'g' | 'o', Gate>;

export function lstmStep(x: Tensor, { h, c }: { h: Tensor; c: Tensor }, gates: LstmGates) {
  const i = score(gates.i, x, h).sigmoid(); // write: how much of the new
  const f = score(gates.f, x, h).sigmoid(); // keep: how much of the old
  const g = score(gates.g, x, h).tanh(); //    the new
  const o = score(gates.o, x, h).sigmoid(); // show: how much of the memory
  const cNew = f.mul(c).add(i.mul(g)); //      c′ = f·c + i·g
  return { i, f, g, o, c: cNew, h: o.mul(cNew.tanh()) }; // h′ = o·tanh c′
}
// #endregion

// #region gru
export type GruGates = Record<'r' | 'z' | 'n', Gate>;

export function gruStep(x: Tensor, { h }: { h: Tensor }, gates: GruGates) {
  const r = score(gates.r, x, h).sigmoid(); // ask: how much the old has to say about the new
  const z = score(gates.z, x, h).sigmoid(); // keep: how much of the old
  const n = fromInput(gates.n, x)
    .add(r.mul(fromState(gates.n, h))) //      r after the product with U
    .tanh(); //                                the new
  return { r, z, n, h: oneMinus(z).mul(n).add(z.mul(h)) }; // h′ = (1 − z)·n + z·h
}

const oneMinus = (z: Tensor): Tensor => z.neg().add(1);
// #endregion

/** The GRU as others write it: r before the product with U, and z for what is written instead of what is kept. */
export interface Convention {
  reset: 'after' | 'before';
  z: 'keeps' | 'writes';
}

export function gruStepBy({ reset, z: meaning }: Convention, x: Tensor, { h }: { h: Tensor }, gates: GruGates) {
  const r = score(gates.r, x, h).sigmoid();
  const z = score(gates.z, x, h).sigmoid();
  const old = reset === 'after' ? r.mul(fromState(gates.n, h)) : fromState(gates.n, r.mul(h));
  const n = fromInput(gates.n, x).add(old).tanh();
  const [keep, write] = meaning === 'keeps' ? [z, oneMinus(z)] : [oneMinus(z), z];
  return { h: write.mul(n).add(keep.mul(h)) };
}

// #region walk
/** One cell, the same at every step of x [N, T, I], handing its state on: all h, [N, T, H]. */
export function walk<State extends { h: Tensor }>(step: (x: Tensor, state: State) => State, x: Tensor, start: State) {
  let state = start;
  const seen: Tensor[] = [];
  for (let t = 0; t < x.shape[1]; t++) {
    state = step(x.slice(null, t), state);
    seen.push(state.h);
  }
  return stack(seen, 1);
}
// #endregion

/** Before the first step nothing is remembered. */
export const nothing = (x: Tensor, units: number): Tensor =>
  zeros([x.shape[0], units], { dtype: x.dtype, device: x.device });

export const GATES = { RNN: ['n'], LSTM: ['i', 'f', 'g', 'o'], GRU: ['r', 'z', 'n'] } as const;

/** The gates of a layer of the core, which keeps them one below the other in four tensors, as PyTorch does. */
export function gatesOf<Name extends string>(
  names: readonly Name[],
  { weights }: nn.RNN | nn.LSTM | nn.GRU,
): Record<Name, Gate> {
  const { weightIh, biasIh, weightHh, biasHh } = weights[0][0];
  const [W, b, U, d] = [weightIh, biasIh!, weightHh, biasHh!].map((t) => t.split(t.shape[0] / names.length, 0));
  return Object.fromEntries(names.map((name, k) => [name, { W: W[k], b: b[k], U: U[k], d: d[k] }])) as Record<
    Name,
    Gate
  >;
}
