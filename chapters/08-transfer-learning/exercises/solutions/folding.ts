import type { Tensor } from '../../../../core';
import type { Norm } from '../folding';

export function fold(weight: Tensor, bias: Tensor | null, norm: Norm): { weight: Tensor; bias: Tensor } {
  const factor = norm.scale.div(norm.variance.add(norm.eps).sqrt()); // [out]
  const centred = bias ? bias.sub(norm.mean) : norm.mean.neg();
  return { weight: weight.mul(factor.reshape(-1, 1, 1, 1)), bias: centred.mul(factor).add(norm.shift) };
}
