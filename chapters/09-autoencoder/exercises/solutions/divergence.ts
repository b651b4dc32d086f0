import type { Tensor } from '../../../../core';

export function divergence(mean: Tensor, logVariance: Tensor): Tensor {
  return mean.pow(2).add(logVariance.exp()).sub(1).sub(logVariance).sum(1).div(2);
}

export function gradientsOfDivergence(
  g: Tensor,
  mean: Tensor,
  logVariance: Tensor,
): { mean: Tensor; logVariance: Tensor } {
  const each = g.unsqueeze(1); // [N, 1]
  return { mean: mean.mul(each), logVariance: logVariance.exp().sub(1).div(2).mul(each) };
}
