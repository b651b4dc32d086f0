/**
 * Exercise: backward through softmax and cross-entropy.
 *
 * Scores become probabilities by softmax, and the loss is −log of the probability given to the right class,
 * averaged over the batch. Write the gradient of that loss along the scores. On paper it is half a page and ends
 * in one short line: the same as for sigmoid and binary cross-entropy in the lesson's section "Four ways, one
 * answer".
 *
 * Check it:  npm run exercises 03          Stuck?  npm run exercises 03 hint cross-entropy
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

/** The gradient along the scores [N, C], for labels [N] (int32); g is the gradient of the loss itself, a number []. */
export function gradientOfScores(g: Tensor, scores: Tensor, labels: Tensor): Tensor {
  return notYet('the gradient of softmax and cross-entropy');
}
