/**
 * Exercise: chance that can be learned through.
 *
 * A draw from a normal cloud with mean μ and deviation σ is z = μ + σ·ε, where ε comes from a standard normal one. All
 * are [N, K]; given is the logarithm of the variance, L = log σ², and ε is drawn for you.
 *
 * Write z, and the gradients along μ and along L, for the gradient g of z. (None goes to ε: nobody learns chance.)
 *
 * Check it:  npm run exercises 09          Stuck?  npm run exercises 09 hint sample
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Gradients {
  mean: Tensor;
  logVariance: Tensor;
}

export function sample(mean: Tensor, logVariance: Tensor, chance: Tensor): Tensor {
  return notYet(`draws from ${mean.shape[0]} clouds`);
}

export function gradientsOfSample(g: Tensor, logVariance: Tensor, chance: Tensor): Gradients {
  return notYet('the gradients along the mean and along the logarithm of the variance');
}
