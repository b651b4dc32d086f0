/**
 * Exercise: the contrastive loss.
 *
 * d [N] are distances of pairs, isDifferent [N] is 1 for a pair that does not belong together and 0 for one that does.
 * A pair that belongs together costs d². One that does not costs max(margin − d, 0)²: nothing, once it is far enough
 * apart. The loss is the mean over all pairs.
 *
 * Write the loss, and its gradient along d, for the gradient g (a single number, shape []) of the loss.
 *
 * Check it:  npm run exercises 09          Stuck?  npm run exercises 09 hint contrastive
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function contrastive(d: Tensor, isDifferent: Tensor, margin: number): Tensor {
  return notYet(`the loss of ${d.size} pairs`);
}

export function gradientOfContrastive(g: Tensor, d: Tensor, isDifferent: Tensor, margin: number): Tensor {
  return notYet('the gradient of the loss along d');
}
