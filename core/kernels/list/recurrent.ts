/**
 * Kernels that walk a sequence: a cell applied T times, each time to its own last state. The part of the gates that
 * comes from the inputs (W_ih·xₜ + b_ih, for all times at once) is a plain product and arrives here as `gates`; the
 * gradients of x and of all weights are plain products too, of the gradients of the gates that these kernels leave.
 *
 * Time comes first. gates: [T, N, G·H], in PyTorch's order: LSTM i, f, g, o; GRU r, z, n. h and c: the states before
 * and after all steps, [T + 1, N, H], of which the caller has written the first and the forward kernel writes the
 * rest; step t reads the states at t and writes those at t + 1. gh: [T, N, H], the gradients of the states after each
 * step; ghLast, gcLast: [N, H], what comes on top for the last of them. gh0, gc0: [N, H].
 *
 * The rows of a batch know nothing of each other. Where the mask is 0 the step is padding: the states after it are
 * those before it, the gradients of its gates are 0, and what the forward kernel leaves of its gates is never read.
 *
 * Sums over H are taken in an order of the device's choice, in the precision of the dtype or better.
 */
import type { Strided } from '../strided';

export type RnnNonlinearity = 'tanh' | 'relu';

/** How a state comes back into the gates, and at which steps. */
export interface Recurrence {
  /** W_hh: [G·H, H]. */
  weight: Strided;
  /** b_hh: [G·H]. The gradients do not read it. */
  bias: Strided | null;
  /** int32 [T, N]: 1 takes part, 0 is padding; null: all take part. */
  mask: Strided | null;
  /** d: [N, H], what the last state is multiplied by before it meets W_hh, the same at all times; null: by 1. */
  dropout: Strided | null;
}

export interface RecurrentKernels {
  /** hₜ = f(gatesₜ + W_hh·(d ∘ hₜ₋₁) + b_hh) */
  rnn(recurrence: Recurrence, gates: Strided, h: Strided, nonlinearity: RnnNonlinearity): void;
  /** Writes gGates [T, N, H] and gh0. */
  rnnGradient(
    recurrence: Recurrence,
    h: Strided,
    gh: Strided,
    ghLast: Strided,
    gGates: Strided,
    gh0: Strided,
    nonlinearity: RnnNonlinearity,
  ): void;

  /**
   * i, f, o = σ(…), g = tanh(…) of gatesₜ + W_hh·(d ∘ hₜ₋₁) + b_hh;  cₜ = f·cₜ₋₁ + i·g;  hₜ = o·tanh cₜ.
   * gates are overwritten with i, f, g, o as they came out, for the gradient.
   */
  lstm(recurrence: Recurrence, gates: Strided, h: Strided, c: Strided): void;
  /** From gates and c as the forward kernel left them: gGates [T, N, 4H], gh0 and gc0. */
  lstmGradient(
    recurrence: Recurrence,
    gates: Strided,
    c: Strided,
    gh: Strided,
    ghLast: Strided,
    gcLast: Strided,
    gGates: Strided,
    gh0: Strided,
    gc0: Strided,
  ): void;

  /**
   * r, z = σ(gatesₜ + W_hh·(d ∘ hₜ₋₁) + b_hh);  qₜ = W_hn·(d ∘ hₜ₋₁) + b_hn;  n = tanh(gatesₜ + r·qₜ);
   * hₜ = (1 − z)·n + z·hₜ₋₁ (without d). gates are overwritten with r, z, n; q: [T, N, H] is for the gradient too.
   */
  gru(recurrence: Recurrence, gates: Strided, q: Strided, h: Strided): void;
  /**
   * From gates, q and h as the forward kernel left them: gGates [T, N, 3H], of the part from the inputs; gHidden
   * [T, N, 3H], of W_hh·(d ∘ hₜ₋₁) + b_hh, which differs in n's third (by the factor r); gh0.
   */
  gruGradient(
    recurrence: Recurrence,
    gates: Strided,
    q: Strided,
    h: Strided,
    gh: Strided,
    ghLast: Strided,
    gGates: Strided,
    gHidden: Strided,
    gh0: Strided,
  ): void;
}
