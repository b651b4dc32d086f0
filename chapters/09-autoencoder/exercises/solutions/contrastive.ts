import type { Tensor } from '../../../../core';

const missingOf = (d: Tensor, margin: number): Tensor => d.neg().add(margin).relu();

export function contrastive(d: Tensor, isDifferent: Tensor, margin: number): Tensor {
  return missingOf(d, margin).pow(2).where(isDifferent.eq(1), d.pow(2)).mean();
}

export function gradientOfContrastive(g: Tensor, d: Tensor, isDifferent: Tensor, margin: number): Tensor {
  const slope = missingOf(d, margin).mul(-2).where(isDifferent.eq(1), d.mul(2));
  return slope.mul(g).div(d.size);
}
