/**
 * Exercise: attention, and the way back through it.
 *
 * Write attention for queries q [N, Tq, d], keys k [N, Tk, d] and values v [N, Tk, dv]:
 *
 *   S = q·kᵀ / √d,  P = softmax of S over the keys,  y = P·v          y: [N, Tq, dv]
 *
 * Then its backward, by hand: for the gradient g of y, those of q, k and v. Go back through the three steps one by one.
 * Through the softmax, row by row: gS = P · (gP − Σ P · gP), the sum over the keys.
 *
 * Use matmul, transpose, softmax and sums; neither scaledDotProductAttention nor backward().
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint attention
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function attention(q: Tensor, k: Tensor, v: Tensor): Tensor {
  return notYet(`attention of q [${q.shape}], k [${k.shape}] and v [${v.shape}]`);
}

/** [gq, gk, gv], each shaped like what it belongs to. */
export function gradientsOfAttention(g: Tensor, q: Tensor, k: Tensor, v: Tensor): [Tensor, Tensor, Tensor] {
  return notYet('the three gradients of attention');
}
