import type { Tensor } from '../../../../core';

/** The rows at mean 0 and variance 1, and what each was divided by. */
function standardise(x: Tensor, eps: number): [y: Tensor, std: Tensor] {
  const centred = x.sub(x.mean(-1, { keepdim: true }));
  const std = centred.pow(2).mean(-1, { keepdim: true }).add(eps).sqrt(); // [N, 1]
  return [centred.div(std), std];
}

export const layerNorm = (x: Tensor, eps: number): Tensor => standardise(x, eps)[0];

export function gradientOfLayerNorm(g: Tensor, x: Tensor, eps: number): Tensor {
  const [y, std] = standardise(x, eps);
  const throughMean = g.mean(-1, { keepdim: true });
  const throughVariance = y.mul(g.mul(y).mean(-1, { keepdim: true }));
  return g.sub(throughMean).sub(throughVariance).div(std);
}
