/**
 * Exercise: backward through a layer.
 *
 * A layer computes Y = X·Wᵀ + b for a whole batch: X is [N, in], W [out, in], b [out], Y [N, out]. Given the
 * gradient of Y, called gY and shaped like Y, find the gradients of X, W and b; each is shaped like what it
 * belongs to. The lesson's section "From numbers to tensors" derives the first; a gradient check judges all three.
 *
 * Check it:  npm run exercises 03          Stuck?  npm run exercises 03 hint linear
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

/** [gX, gW, gb], of shapes [N, in], [out, in] and [out]. */
export function gradientsOfLinear(gY: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor, Tensor] {
  return notYet('the three gradients of a linear layer');
}
