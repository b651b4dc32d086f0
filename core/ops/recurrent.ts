/**
 * Recurrent sequences: a cell that meets its own last state at every step, over one layer in one direction. The inputs
 * of all steps go through W_ih in one product; then a kernel walks the steps. What the cells compute stands in
 * cells.ts in single operations; a cell alone is a sequence of one.
 */
import { grad } from '../autograd/backward';
import { gradEnabled, recordAll, withGradMode } from '../autograd/graph';
import type { Recurrence, RnnNonlinearity } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { full } from '../tensor/create';
import { formatShape, type Shape, sameShape } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { type Cell, gruCell, lstmCell, rnnCell, type Sequence, unroll } from './cells';
import { asRows, checkDevices, checkTensor, commonType, requireFloat, requireInt } from './launch';
import { linear } from './product';

/** In PyTorch's layouts, the G gates of H units one after the other: LSTM i, f, g, o; GRU r, z, n. */
export interface RecurrentWeights {
  weightIh: Tensor; // [G·H, I]
  weightHh: Tensor; // [G·H, H]
  /** [G·H] each: both or none. */
  biasIh?: Tensor | null;
  biasHh?: Tensor | null;
}

export interface RecurrentOptions {
  /** x, mask and output begin with [N, T] (the default), or with [T, N] when false, as PyTorch's do by itself. */
  batchFirst?: boolean;
  /** From the last step to the first. The output keeps x's order: at t stands the state after t and all later steps. */
  reverse?: boolean;
  /** int32 [N, T]: 1 takes part; 0 is padding, over which the state is carried, also into the output there. */
  mask?: Tensor | null;
  /**
   * [N, H], what the last state is multiplied by before it meets W_hh, the same at all steps: zeros, and 1/(1 − p) for
   * what stays (Gal and Ghahramani, 2016). It is drawn, not learned: no gradient flows into it.
   */
  recurrentDropout?: Tensor | null;
}

export interface RnnOptions extends RecurrentOptions {
  nonlinearity?: RnnNonlinearity;
}

/**
 * hₜ = f(aₜ) with aₜ = W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh and f = tanh or ReLU, from h0 or from zeros. Returns
 * [output, h]: the states after all steps [N, T, H], and the last one [N, H].
 * ∂aₜ = ∂hₜ·f′(aₜ),  ∂hₜ₋₁ = ∂aₜ·W_hh,  ∂xₜ = ∂aₜ·W_ih,  ∂W_ih = Σ ∂aₜᵀ·xₜ,  ∂W_hh = Σ ∂aₜᵀ·hₜ₋₁,  ∂b = Σ ∂aₜ
 */
export function rnn(
  x: Tensor,
  h0: Tensor | null,
  weights: RecurrentWeights,
  { nonlinearity = 'tanh', ...options }: RnnOptions = {},
): [output: Tensor, h: Tensor] {
  if (nonlinearity !== 'tanh' && nonlinearity !== 'relu')
    throw new Error(`rnn: the nonlinearity is 'tanh' or 'relu', not '${String(nonlinearity)}'`);
  const sequence = prepare('rnn', 1, x, { h0 }, weights, options);
  const gates = fromInputs(sequence); // [T, N, H]
  const h = statesFrom(sequence.initial[0], sequence); // [T + 1, N, H]
  kernelsFor(h).rnn(recurrence(sequence), gates, h, nonlinearity);
  const [output, last] = recordSequence('rnn', sequence, rnnCell(nonlinearity), [h], [], (gh, ghLast) => {
    const [gGates, gh0] = [emptyLike(gates), emptyLike(ghLast)];
    kernelsFor(h).rnnGradient(recurrence(sequence), h, gh, ghLast, gGates, gh0, nonlinearity);
    return { gGates, gHidden: gGates, gInitial: [gh0] };
  });
  return [asGiven(output, options), last];
}

/**
 * i, f, o = σ(…), g = tanh(…) of W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh;  cₜ = f·cₜ₋₁ + i·g;  hₜ = o·tanh cₜ.
 * Returns [output, [h, c]]: hₜ of all steps [N, T, H], and the last states [N, H].
 * ∂o = ∂hₜ·tanh cₜ,  ∂cₜ += ∂hₜ·o·(1 − tanh² cₜ),  ∂i = ∂cₜ·g,  ∂f = ∂cₜ·cₜ₋₁,  ∂g = ∂cₜ·i,  ∂cₜ₋₁ = ∂cₜ·f;
 * through σ and tanh these become ∂aₜ, and from there on it is as in rnn.
 */
export function lstm(
  x: Tensor,
  state: readonly [h0: Tensor, c0: Tensor] | null,
  weights: RecurrentWeights,
  options: RecurrentOptions = {},
): [output: Tensor, state: [h: Tensor, c: Tensor]] {
  if (state && !(Array.isArray(state) && state.length === 2))
    throw new Error('lstm: the state is a pair [h0, c0], or null for zeros');
  const sequence = prepare('lstm', 4, x, { h0: state?.[0], c0: state?.[1] }, weights, options);
  const gates = fromInputs(sequence); // [T, N, 4H]
  const [h, c] = sequence.initial.map((initial) => statesFrom(initial, sequence)); // [T + 1, N, H]
  kernelsFor(h).lstm(recurrence(sequence), gates, h, c); // the gates are now i, f, g, o
  const [output, ...last] = recordSequence('lstm', sequence, lstmCell, [h, c], [gates], (gh, ghLast, gcLast) => {
    const [gGates, gh0, gc0] = [emptyLike(gates), emptyLike(ghLast), emptyLike(gcLast)];
    kernelsFor(h).lstmGradient(recurrence(sequence), gates, c, gh, ghLast, gcLast, gGates, gh0, gc0);
    return { gGates, gHidden: gGates, gInitial: [gh0, gc0] };
  });
  return [asGiven(output, options), last as [Tensor, Tensor]];
}

/**
 * r, z = σ(…) of W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh;  n = tanh(W_in·xₜ + b_in + r·(W_hn·hₜ₋₁ + b_hn));
 * hₜ = (1 − z)·n + z·hₜ₋₁. Returns [output, h]: the states after all steps [N, T, H], and the last one [N, H].
 * Recurrent dropout multiplies the hₜ₋₁ that meets W_hh, not the one beside z.
 * ∂n = ∂hₜ·(1 − z),  ∂z = ∂hₜ·(hₜ₋₁ − n),  ∂hₜ₋₁ = ∂hₜ·z,  ∂r = ∂n·(1 − n²)·q with q = W_hn·hₜ₋₁ + b_hn; through σ
 * and tanh these become ∂aₜ, and from there on it is as in rnn, but that ∂n comes to q times r.
 */
export function gru(
  x: Tensor,
  h0: Tensor | null,
  weights: RecurrentWeights,
  options: RecurrentOptions = {},
): [output: Tensor, h: Tensor] {
  const sequence = prepare('gru', 3, x, { h0 }, weights, options);
  const gates = fromInputs(sequence); // [T, N, 3H]
  const h = statesFrom(sequence.initial[0], sequence); // [T + 1, N, H]
  const q = emptyLike(h.slice([1, null])); // W_hn·hₜ₋₁ + b_hn: [T, N, H]
  kernelsFor(h).gru(recurrence(sequence), gates, q, h); // the gates are now r, z, n
  const [output, last] = recordSequence('gru', sequence, gruCell, [h], [gates, q], (gh, ghLast) => {
    const [gGates, gHidden, gh0] = [emptyLike(gates), emptyLike(gates), emptyLike(ghLast)];
    kernelsFor(h).gruGradient(recurrence(sequence), gates, q, h, gh, ghLast, gGates, gHidden, gh0);
    return { gGates, gHidden, gInitial: [gh0] };
  });
  return [asGiven(output, options), last];
}

/* --------------------------------------------------------------------------------------------- the tape */

/** What a backward kernel leaves: the gradients of W_ih·x + b_ih and of W_hh·h + b_hh, and of the initial states. */
interface Left {
  gGates: Tensor; // [T, N, G·H]
  gHidden: Tensor; // [T, N, G·H]
  gInitial: Tensor[]; // [N, H] each
}

/**
 * Puts a sequence on the tape as one operation with the outputs h [T, N, H] and the last of each kind of states.
 * With a and b the gates' parts from inputs and states:
 * ∂x = ∂a·W_ih,  ∂W_ih = Σ ∂aᵀ·x,  ∂b_ih = Σ ∂a,  ∂W_hh = Σ ∂bᵀ·hₜ₋₁,  ∂b_hh = Σ ∂b
 */
function recordSequence(
  operation: string,
  sequence: Sequence,
  cell: Cell,
  states: Tensor[],
  kept: Tensor[],
  backward: (gh: Tensor, ...gLast: Tensor[]) => Left,
): Tensor[] {
  const { x, initial, weightIh, weightHh, biases, mask, dropout } = sequence;
  const steps = x.shape[0];
  const [h] = states;
  const outputs = [h.narrow(0, 1, steps), ...states.map((all) => all.slice(steps).clone())];
  const inputs = [x, weightIh, weightHh, ...biases, ...initial];
  const saves = [...inputs, ...states, ...kept, mask, dropout].filter((t) => t !== null);
  recordAll(operation, outputs, inputs, {
    saves,
    own: [...states.slice(1), ...kept],
    gradients: (...gOutputs) => {
      if (gradEnabled()) return throughCells(sequence, cell, inputs, gOutputs);
      const [gh, ...gLast] = gOutputs.map(densely);
      const { gGates, gHidden, gInitial } = backward(gh, ...gLast);
      const [ga, gb] = [asRows(gGates), asRows(gHidden)]; // [T·N, G·H]
      const before = h.narrow(0, 0, steps);
      const last = asRows(dropout ? before.mul(dropout) : before); // [T·N, H]
      return [
        x.requiresGrad ? gGates.matmul(weightIh) : null,
        weightIh.requiresGrad ? ga.transpose().matmul(asRows(x)) : null,
        weightHh.requiresGrad ? gb.transpose().matmul(last) : null,
        ...[ga, gb].slice(0, biases.length).map((g) => g.sum(0)),
        ...gInitial,
      ];
    },
  });
  return outputs;
}

/**
 * The same gradients from single operations, which can be differentiated again: the cells are unrolled once more, now
 * with a tape. Each input gets a place of its own there, so that the gradient of x holds nothing that flows through an
 * h0 computed from it.
 */
function throughCells(sequence: Sequence, cell: Cell, inputs: Tensor[], gOutputs: Tensor[]): (Tensor | null)[] {
  const places = inputs.map((input) => input.reshape(...input.shape));
  const [x, weightIh, weightHh, ...rest] = places;
  const biases = rest.slice(0, sequence.biases.length);
  const initial = rest.slice(biases.length);
  const outputs = unroll(cell, { ...sequence, x, weightIh, weightHh, biases, initial });
  const wanted = places.filter((place) => place.requiresGrad);
  const gradients = grad(outputs, wanted, { gradOutputs: gOutputs, createGraph: true, allowUnused: true });
  return places.map((place) => gradients[wanted.indexOf(place)] ?? null);
}

/* ------------------------------------------------------------------------------------ to kernels and back */

/** W_ih·xₜ + b_ih for all steps in one product: [T, N, G·H] */
const fromInputs = ({ x, weightIh, biases }: Sequence): Tensor =>
  withGradMode(false, () => linear(x, weightIh, biases[0]));

const recurrence = ({ weightHh, biases, mask, dropout }: Sequence): Recurrence => ({
  weight: densely(weightHh),
  bias: biases.length > 0 ? densely(biases[1]) : null,
  mask,
  dropout: dropout && densely(dropout),
});

const emptyLike = ({ shape, dtype, device }: Tensor): Tensor => empty(shape, dtype, device);

/** Room for the states before and after all steps, [T + 1, N, H], with the first of them in it. */
function statesFrom(initial: Tensor, { x }: Sequence): Tensor {
  const states = empty([x.shape[0] + 1, ...initial.shape], initial.dtype, initial.device);
  kernelsFor(states).copy(initial, states.slice(0));
  return states;
}

/** Time first, forwards, contiguous. */
function timeFirst(t: Tensor, { batchFirst = true, reverse = false }: RecurrentOptions): Tensor {
  const turned = batchFirst ? t.transpose(0, 1) : t;
  return reverse ? turned.flip(0) : turned.toContiguous();
}

/** ‹timeFirst› undone: the output in the order of x. */
function asGiven(h: Tensor, { batchFirst = true, reverse = false }: RecurrentOptions): Tensor {
  const turned = reverse ? h.flip(0) : h;
  return batchFirst ? turned.transpose(0, 1) : turned;
}

/* ---------------------------------------------------------------------------------------------- checks */

/** Checks everything, and puts it into the order that the kernels want. */
function prepare(
  operation: string,
  gates: number,
  x: Tensor,
  initial: Record<string, Tensor | null | undefined>,
  { weightIh, weightHh, biasIh = null, biasHh = null }: RecurrentWeights,
  options: RecurrentOptions,
): Sequence {
  const { mask = null, recurrentDropout: dropout = null, batchFirst = true } = options;
  const order = batchFirst ? 'N, T' : 'T, N';
  requireFloat(operation, x);
  if (x.rank !== 3) {
    const mend = x.rank === 2 ? '; unsqueeze() makes a batch of one' : '';
    throw new Error(`${operation}: x has the axes [${order}, I], not the shape ${formatShape(x.shape)}${mend}`);
  }
  const [first, second, I] = x.shape;
  const [N, T] = batchFirst ? [first, second] : [second, first];
  if (T === 0) throw new Error(`${operation}: x of shape ${formatShape(x.shape)} has no step; one is the least`);
  if (!biasIh !== !biasHh) throw new Error(`${operation}: biasIh and biasHh come both or not at all`);

  checkTensor(operation, weightHh);
  const H = weightHh.shape[weightHh.rank - 1] ?? 0;
  const rows = gates === 1 ? 'H' : `${gates}·H`;
  const check = (role: string, t: Tensor | null | undefined, axes: string, shape: Shape): void => {
    if (!t) return;
    requireFloat(operation, t);
    commonType(operation, x.dtype, t.dtype);
    checkPart(operation, role, x, t, axes, shape);
  };
  check('weightHh', weightHh, `${rows}, H`, [gates * H, H]);
  check('weightIh', weightIh, `${rows}, I`, [gates * H, I]);
  check('biasIh', biasIh, rows, [gates * H]);
  check('biasHh', biasHh, rows, [gates * H]);
  for (const [role, state] of Object.entries(initial)) check(role, state, 'N, H', [N, H]);
  check('recurrentDropout', dropout, 'N, H', [N, H]);
  if (dropout?.requiresGrad)
    throw new Error(`${operation}: recurrentDropout is a mask that was drawn, no gradient flows into it; detach() it`);
  if (mask) {
    requireInt(operation, 'the mask', mask);
    checkPart(operation, 'the mask', x, mask, order, [first, second]);
  }
  return {
    x: timeFirst(x, options),
    initial: Object.values(initial).map((state) => state ?? full([N, H], 0, { dtype: x.dtype, device: x.device })),
    weightIh,
    weightHh,
    biases: biasIh && biasHh ? [biasIh, biasHh] : [],
    mask: mask && timeFirst(mask, options),
    dropout,
  };
}

function checkPart(operation: string, role: string, x: Tensor, t: Tensor, axes: string, shape: Shape): void {
  checkDevices(operation, [x, t]);
  if (!sameShape(t.shape, shape))
    throw new Error(
      `${operation}: ${role} has the shape ${formatShape(t.shape)}, not [${axes}] = ${formatShape(shape)}`,
    );
}
