import type { Tensor } from '../../../../core';

const scaleOf = (q: Tensor): number => 1 / Math.sqrt(q.shape[2]);

const weightsOf = (q: Tensor, k: Tensor): Tensor => q.matmul(k.transpose()).mul(scaleOf(q)).softmax(); // [N, Tq, Tk]

export const attention = (q: Tensor, k: Tensor, v: Tensor): Tensor => weightsOf(q, k).matmul(v);

export function gradientsOfAttention(g: Tensor, q: Tensor, k: Tensor, v: Tensor): [Tensor, Tensor, Tensor] {
  const p = weightsOf(q, k);
  const gv = p.transpose().matmul(g); //                              y = P·v
  const gp = g.matmul(v.transpose());
  const gs = p.mul(gp.sub(p.mul(gp).sum(-1, { keepdim: true }))); //  P = softmax S
  const gProducts = gs.mul(scaleOf(q)); //                            S = q·kᵀ / √d
  return [gProducts.matmul(k), gProducts.transpose().matmul(q), gv];
}
