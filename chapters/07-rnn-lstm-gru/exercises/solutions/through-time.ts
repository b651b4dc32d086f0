import { type Tensor, zeros } from '../../../../core';

export function throughTime(gH: Tensor, x: Tensor, h: Tensor, W: Tensor, U: Tensor): [Tensor, Tensor] {
  let gW: Tensor = W.mul(0);
  let gU: Tensor = U.mul(0);
  let gLater: Tensor = zeros([x.shape[0], U.shape[0]], { dtype: x.dtype, device: x.device }); // from t + 1: [N, H]
  for (let t = x.shape[1] - 1; t >= 0; t--) {
    const state = h.slice(null, t);
    const ga = gH.slice(null, t).add(gLater).mul(state.mul(state).neg().add(1)); // through tanh
    gW = gW.add(ga.transpose().matmul(x.slice(null, t)));
    if (t > 0) gU = gU.add(ga.transpose().matmul(h.slice(null, t - 1))); // before the first step h is 0
    gLater = ga.matmul(U);
  }
  return [gW, gU];
}
