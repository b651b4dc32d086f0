import type { Tensor } from '../../../../core';
import * as solution from '../solutions/attention';

type Answer = typeof solution;

const weightsOf = (q: Tensor, k: Tensor): Tensor => q.matmul(k.transpose()).div(Math.sqrt(q.shape[2])).softmax();

export const withoutTheRoot: Answer = {
  ...solution,
  attention: (q, k, v) => q.matmul(k.transpose()).softmax().matmul(v),
};

export const dividesByD: Answer = {
  ...solution,
  attention: (q, k, v) => q.matmul(k.transpose()).div(q.shape[2]).softmax().matmul(v),
};

export const softmaxOverTheQueries: Answer = {
  ...solution,
  attention: (q, k, v) => q.matmul(k.transpose()).div(Math.sqrt(q.shape[2])).softmax(1).matmul(v),
};

/** As if softmax worked on each number alone. */
export const forgetsTheSum: Answer = {
  ...solution,
  gradientsOfAttention: (g, q, k, v) => {
    const p = weightsOf(q, k);
    const gs = p.mul(g.matmul(v.transpose())).div(Math.sqrt(q.shape[2]));
    return [gs.matmul(k), gs.transpose().matmul(q), p.transpose().matmul(g)];
  },
};

export const gradientWithoutTheRoot: Answer = {
  ...solution,
  gradientsOfAttention: (g, q, k, v) => {
    const [gq, gk, gv] = solution.gradientsOfAttention(g, q, k, v);
    const root = Math.sqrt(q.shape[2]);
    return [gq.mul(root), gk.mul(root), gv];
  },
};

/** The proportions are taken for constants. */
export const onlyTheValues: Answer = {
  ...solution,
  gradientsOfAttention: (g, q, k, v) => {
    const [gq, gk, gv] = solution.gradientsOfAttention(g, q, k, v);
    return [gq.mul(0), gk.mul(0), gv];
  },
};
