import type { Tensor } from '../../../../core';

export function softmax(x: Tensor): Tensor {
  const powers = x.sub(x.max(-1, { keepdim: true })).exp(); // the largest is e⁰ = 1
  return powers.div(powers.sum(-1, { keepdim: true }));
}
