/**
 * Exercise: one step of an LSTM.
 *
 * Write it on tensors, from the weights as PyTorch and the core keep them: W [4·H, I] for the input, U [4·H, H] for
 * the state, b [4·H], with the rows of the gates one block below the other, in the order i, f, g, o. x is [N, I], the
 * states h and c are [N, H]. The lesson's section "The LSTM" has the formulas.
 *
 * Your step is compared with the layer of the core, and its gradients with central differences.
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint lstm-step
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Weights {
  W: Tensor; // [4·H, I]
  U: Tensor; // [4·H, H]
  b: Tensor; // [4·H]
}

/** The new states [h', c'], each [N, H]. */
export function lstmStep(x: Tensor, h: Tensor, c: Tensor, { W, U, b }: Weights): [Tensor, Tensor] {
  return notYet(`one step of an LSTM from x [${x.shape}] and h [${h.shape}]`);
}
