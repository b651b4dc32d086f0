/**
 * Exercise: log-sum-exp, and the logarithm of softmax.
 *
 * Write both along the last axis, for tensors of any shape, with exp, log, sum and max:
 *
 *   logSumExp(z)        log Σ eᶻ, which takes the last axis away: [N, C] becomes [N]
 *   logSoftmax(z, T)    log of softmax(z / T), shaped like z
 *
 * Scores of 1000 must not end in infinity, and a probability that is nearly 0 must not become −Infinity. The lesson's
 * section "Softmax, and scores that are too large" has the formula.
 *
 * Check it:  npm run exercises 04          Stuck?  npm run exercises 04 hint log-sum-exp
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function logSumExp(z: Tensor): Tensor {
  return notYet('the largest score, and the logarithm of what is left of the sum');
}

export function logSoftmax(z: Tensor, temperature: number): Tensor {
  return notYet('each score over the temperature, less the log-sum-exp of all of them');
}
