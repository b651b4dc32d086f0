import type { Tensor } from '../../../../core';
import type * as Solution from '../solutions/gru-step';

type Answer = typeof Solution;

function partsOf(x: Tensor, h: Tensor, { W, U, b, d }: Solution.Weights) {
  const H = h.shape[1];
  const [xr, xz, xn] = x.matmul(W.transpose()).add(b).split(H, 1);
  const [hr, hz, hn] = h.matmul(U.transpose()).add(d).split(H, 1);
  return { H, r: xr.add(hr).sigmoid(), z: xz.add(hz).sigmoid(), xn, hn };
}

/** As the paper has it; with one unit nobody would notice. */
export const resetsBeforeTheProduct: Answer = {
  gruStep(x, h, weights) {
    const { H, r, z, xn } = partsOf(x, h, weights);
    const [Un, dn] = [weights.U.split(H, 0)[2], weights.d.split(H, 0)[2]];
    const n = xn.add(r.mul(h).matmul(Un.transpose())).add(dn).tanh();
    return n.add(z.mul(h.sub(n)));
  },
};

export const zWrites: Answer = {
  gruStep(x, h, weights) {
    const { r, z, xn, hn } = partsOf(x, h, weights);
    const n = xn.add(r.mul(hn)).tanh();
    return h.add(z.mul(n.sub(h)));
  },
};

export const resetsTheInputToo: Answer = {
  gruStep(x, h, weights) {
    const { r, z, xn, hn } = partsOf(x, h, weights);
    const n = r.mul(xn.add(hn)).tanh();
    return n.add(z.mul(h.sub(n)));
  },
};

/** The second bias of n belongs inside the bracket that r multiplies. */
export const leavesTheBiasOutside: Answer = {
  gruStep(x, h, weights) {
    const { H, r, z, xn, hn } = partsOf(x, h, weights);
    const dn = weights.d.split(H, 0)[2];
    const n = xn
      .add(r.mul(hn.sub(dn)))
      .add(dn)
      .tanh();
    return n.add(z.mul(h.sub(n)));
  },
};
