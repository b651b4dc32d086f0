/**
 * Exercise: the price of a cloud.
 *
 * A picture's cloud has the mean μ and the logarithm of the variance, L = log σ², both [N, K]. Its divergence from the
 * standard normal cloud is
 *
 *   ½ Σ (μ² + σ² − 1 − log σ²)        the sum over the K numbers of the picture
 *
 * Write it, [N], and its gradients along μ and along L, for the gradient g [N].
 *
 * Check it:  npm run exercises 09          Stuck?  npm run exercises 09 hint divergence
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Gradients {
  mean: Tensor;
  logVariance: Tensor;
}

export function divergence(mean: Tensor, logVariance: Tensor): Tensor {
  return notYet(`the divergence of ${mean.shape[0]} clouds`);
}

export function gradientsOfDivergence(g: Tensor, mean: Tensor, logVariance: Tensor): Gradients {
  return notYet('the gradients along the mean and along the logarithm of the variance');
}
