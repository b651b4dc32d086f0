import type { Tensor } from '../../../../core';

export function gradientsOfLinear(gY: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor, Tensor] {
  const gX = gY.matmul(w); //              [N, out] @ [out, in] → [N, in]
  const gW = gY.transpose().matmul(x); //  [out, N] @ [N, in]   → [out, in]
  const gb = gY.sum(0); //                 [N, out]             → [out]
  return [gX, gW, gb];
}
