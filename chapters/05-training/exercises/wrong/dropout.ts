import * as solution from '../solutions/dropout';

type Answer = typeof solution;

export const neverScales: Answer = { ...solution, dropout: (x, mask, _, training) => (training ? x.mul(mask) : x) };

export const dividesByP: Answer = {
  ...solution,
  dropout: (x, mask, p, training) => (training ? x.mul(mask).div(p) : x),
};

/** The first form of 2012: right on average, but every later user of the network has to know p. */
export const scalesAfterTraining: Answer = {
  ...solution,
  dropout: (x, mask, p, training) => (training ? x.mul(mask) : x.mul(1 - p)),
};

export const neverStops: Answer = { ...solution, dropout: (x, mask, p) => solution.dropout(x, mask, p, true) };

export const gradientWithoutScale: Answer = { ...solution, gradientOfDropout: (g, mask) => g.mul(mask) };

export const gradientThroughEverything: Answer = { ...solution, gradientOfDropout: (g, _, p) => g.div(1 - p) };
