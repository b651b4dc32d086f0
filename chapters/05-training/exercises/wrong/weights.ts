import * as solution from '../solutions/weights';

type Answer = typeof solution;

const weightsOf = (t: Parameters<Answer['weightedLoss']>[1], weight: number) => t.mul(weight - 1).add(1);

export const dividesByTheNumber: Answer = {
  ...solution,
  weightedLoss: (z, t, weight) => z.softplus().sub(z.mul(t)).mul(weightsOf(t, weight)).mean(),
};

export const weightsTheHonestOnes: Answer = {
  ...solution,
  weightedLoss: (z, t, weight) => solution.weightedLoss(z.neg(), t.neg().add(1), weight),
};

export const gradientWithoutWeights: Answer = {
  ...solution,
  gradientOfScores: (g, z, t) => solution.gradientOfScores(g, z, t, 1),
};

export const gradientWithoutTheMean: Answer = {
  ...solution,
  gradientOfScores: (g, z, t, weight) => z.sigmoid().sub(t).mul(weightsOf(t, weight)).mul(g),
};

export const forgetsTheSigmoid: Answer = {
  ...solution,
  gradientOfScores(g, z, t, weight) {
    const w = weightsOf(t, weight);
    return z.sub(t).mul(w).div(w.sum()).mul(g);
  },
};

export const forgetsWhatComesAfter: Answer = {
  ...solution,
  gradientOfScores: (g, z, t, weight) => solution.gradientOfScores(g.div(g), z, t, weight),
};
