import * as solution from '../solutions/divergence';

type Answer = typeof solution;

export const takesLForTheVariance: Answer = {
  ...solution,
  divergence: (mean, L) => mean.pow(2).add(L).sub(1).sub(L.log()).sum(1).div(2),
};

export const meanInsteadOfSum: Answer = {
  ...solution,
  divergence: (mean, L) => solution.divergence(mean, L).div(mean.shape[1]),
};

export const forgetsTheHalf: Answer = { ...solution, divergence: (mean, L) => solution.divergence(mean, L).mul(2) };

export const sumsOverThePictures: Answer = {
  ...solution,
  divergence: (mean, L) => mean.pow(2).add(L.exp()).sub(1).sub(L).sum(0).div(2),
};

export const slopeOfTheVariance: Answer = {
  ...solution,
  gradientsOfDivergence: (g, mean, L) => ({
    ...solution.gradientsOfDivergence(g, mean, L),
    logVariance: L.exp().mul(g.unsqueeze(1)).div(2),
  }),
};

export const forgetsG: Answer = {
  ...solution,
  gradientsOfDivergence: (g, mean, L) => solution.gradientsOfDivergence(g.mul(0).add(1), mean, L),
};
