import { conv2d } from '../../../../core';
import * as solution from '../solutions/backward';

type Answer = typeof solution;

export const forgetsToTurn: Answer = {
  ...solution,
  gradientAlongX: (g, w) => conv2d(g, w.transpose(0, 1), null, { padding: w.shape[2] - 1 }),
};

export const turnsAlongOneAxis: Answer = {
  ...solution,
  gradientAlongX: (g, w) => conv2d(g, w.transpose(0, 1).flip(3), null, { padding: w.shape[2] - 1 }),
};

export const turnsTheWeightsGradient: Answer = {
  ...solution,
  gradientAlongW: (x, g) => solution.gradientAlongW(x, g).flip(2, 3),
};

/** The mean over the batch instead of the sum: not to be seen with one picture. */
export const averagesTheBatch: Answer = {
  ...solution,
  gradientAlongW: (x, g) => solution.gradientAlongW(x, g).div(x.shape[0]),
};
