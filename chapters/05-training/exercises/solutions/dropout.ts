import type { Tensor } from '../../../../core';

export function dropout(x: Tensor, mask: Tensor, p: number, training: boolean): Tensor {
  return training ? x.mul(mask.div(1 - p)) : x;
}

export function gradientOfDropout(g: Tensor, mask: Tensor, p: number): Tensor {
  return g.mul(mask.div(1 - p));
}
