/**
 * Exercise: one step of a GRU.
 *
 * Write it on tensors by the convention of the core and of PyTorch: the reset gate stands after the product with U,
 * and z is what is kept. The weights of the three gates lie one block below the other in the order r, z, n:
 * W [3·H, I] with the bias b for the input, U [3·H, H] with the bias d for the state. x is [N, I], h is [N, H].
 *
 * Your step is compared with the layer of the core, and its gradients with central differences.
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint gru-step
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Weights {
  W: Tensor; // [3·H, I]
  U: Tensor; // [3·H, H]
  b: Tensor; // [3·H]
  d: Tensor; // [3·H]
}

/** The new state h', [N, H]. */
export function gruStep(x: Tensor, h: Tensor, { W, U, b, d }: Weights): Tensor {
  return notYet(`one step of a GRU from x [${x.shape}] and h [${h.shape}]`);
}
