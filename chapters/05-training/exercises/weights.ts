/**
 * Exercise: a loss in which frauds count more.
 *
 * Scores z and targets t (0 or 1) are tensors of the same shape. A target of 1 counts `weight` times, one of 0 once:
 *
 *   loss = Σ w·each / Σ w        with each = −t·log p − (1 − t)·log(1 − p),  p = σ(z),  w = weight or 1
 *
 * Write the loss, and its gradient along the scores. For both, operations of the core are enough: no loops.
 * (z.softplus() − z·t is `each` without an overflow. Chapter 03 worked out its gradient along z.)
 *
 * Check it:  npm run exercises 05          Stuck?  npm run exercises 05 hint weights
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function weightedLoss(z: Tensor, t: Tensor, weight: number): Tensor {
  return notYet(`the loss, with a target of 1 counting ${weight} times`);
}

/** g is the gradient of the loss itself, a number []; the result has the shape of z. */
export function gradientOfScores(g: Tensor, z: Tensor, t: Tensor, weight: number): Tensor {
  return notYet('the gradient of the loss along the scores');
}
