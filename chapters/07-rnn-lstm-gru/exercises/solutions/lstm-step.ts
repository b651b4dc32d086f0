import type { Tensor } from '../../../../core';

export interface Weights {
  W: Tensor; // [4·H, I]
  U: Tensor; // [4·H, H]
  b: Tensor; // [4·H]
}

export function lstmStep(x: Tensor, h: Tensor, c: Tensor, { W, U, b }: Weights): [Tensor, Tensor] {
  const scores = x.matmul(W.transpose()).add(h.matmul(U.transpose())).add(b); // [N, 4·H]
  const [i, f, g, o] = scores.split(h.shape[1], 1); // [N, H] each
  const cNew = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
  return [o.sigmoid().mul(cNew.tanh()), cNew];
}
