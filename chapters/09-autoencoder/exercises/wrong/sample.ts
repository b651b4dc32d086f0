import { randn } from '../../../../core';
import * as solution from '../solutions/sample';

type Answer = typeof solution;

export const varianceForDeviation: Answer = {
  ...solution,
  sample: (mean, L, chance) => mean.add(L.exp().mul(chance)),
};

export const logarithmForDeviation: Answer = { ...solution, sample: (mean, L, chance) => mean.add(L.mul(chance)) };

export const drawsItsOwn: Answer = { ...solution, sample: (mean, L) => solution.sample(mean, L, randn(mean.shape)) };

export const forgetsTheInnerSlope: Answer = {
  ...solution,
  gradientsOfSample: (g, L, chance) => ({ mean: g, logVariance: g.mul(chance).mul(L.div(2).exp()) }),
};

export const forgetsChance: Answer = {
  ...solution,
  gradientsOfSample: (g, L) => ({ mean: g, logVariance: g.mul(L.div(2).exp()).div(2) }),
};
