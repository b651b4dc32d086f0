import type { Tensor } from '../../../../core';

const deviation = (logVariance: Tensor): Tensor => logVariance.div(2).exp();

export function sample(mean: Tensor, logVariance: Tensor, chance: Tensor): Tensor {
  return mean.add(deviation(logVariance).mul(chance));
}

export function gradientsOfSample(
  g: Tensor,
  logVariance: Tensor,
  chance: Tensor,
): { mean: Tensor; logVariance: Tensor } {
  return { mean: g, logVariance: g.mul(chance).mul(deviation(logVariance)).div(2) };
}
