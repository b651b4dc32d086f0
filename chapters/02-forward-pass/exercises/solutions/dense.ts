import type { Tensor } from '../../../../core';

export function dense(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return x.matmul(weight.transpose()).add(bias); // [N, in] @ [in, out] + [out] → [N, out]
}
