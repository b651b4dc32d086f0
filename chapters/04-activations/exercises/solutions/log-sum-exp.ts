import type { Tensor } from '../../../../core';

export function logSumExp(z: Tensor): Tensor {
  const m = z.max(-1, { keepdim: true }); //                    [..., 1]
  return z.sub(m).exp().sum(-1).log().add(m.squeeze(-1)); //    [...]
}

export function logSoftmax(z: Tensor, temperature: number): Tensor {
  const cooled = z.div(temperature);
  return cooled.sub(logSumExp(cooled).unsqueeze(-1));
}
