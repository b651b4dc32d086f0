import type { Tensor } from '../../../../core';

export interface Weights {
  W: Tensor; // [3·H, I]
  U: Tensor; // [3·H, H]
  b: Tensor; // [3·H]
  d: Tensor; // [3·H]
}

export function gruStep(x: Tensor, h: Tensor, { W, U, b, d }: Weights): Tensor {
  const H = h.shape[1];
  const [xr, xz, xn] = x.matmul(W.transpose()).add(b).split(H, 1); // [N, H] each
  const [hr, hz, hn] = h.matmul(U.transpose()).add(d).split(H, 1);
  const r = xr.add(hr).sigmoid();
  const z = xz.add(hz).sigmoid();
  const n = xn.add(r.mul(hn)).tanh();
  return n.add(z.mul(h.sub(n))); // (1 − z)·n + z·h
}
