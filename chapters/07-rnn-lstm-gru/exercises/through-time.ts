/**
 * Exercise: backward through time.
 *
 * An RNN has computed hₜ = tanh(W·xₜ + U·hₜ₋₁) for t = 1 … T, from h₀ = 0. You get what came in, x [N, T, I], all
 * states, h [N, T, H], and gH [N, T, H]: at every step, the gradient that comes to hₜ from outside (from the loss,
 * straight). Find the gradients of W [H, I] and U [H, H].
 *
 * The lesson's section "Back through time" does it for one unit whose last state alone is judged; here every state may
 * be. Take the tape's place: no backward(), no grad(). x.slice(null, t) is the step t of a batch, [N, I].
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint through-time
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

/** [gW, gU], of the shapes [H, I] and [H, H]. */
export function throughTime(gH: Tensor, x: Tensor, h: Tensor, W: Tensor, U: Tensor): [Tensor, Tensor] {
  return notYet(`the gradients of W and U over ${x.shape[1]} steps`);
}
