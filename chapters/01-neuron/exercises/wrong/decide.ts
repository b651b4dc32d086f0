import * as solution from '../solutions/decide';

type Answer = typeof solution;

export const forgetsTheBias: Answer = { ...solution, score: (weights, inputs) => solution.score(weights, inputs, 0) };
export const addsTheBiasForEveryInput: Answer = {
  ...solution,
  score: (weights, inputs, bias) => weights.reduce((z, weight, i) => z + weight * inputs[i] + bias, 0),
};
export const knowsThreeInputsOnly: Answer = {
  ...solution,
  score: ([w1, w2, w3], [x1, x2, x3], bias) => w1 * x1 + w2 * x2 + w3 * x3 + bias,
};
export const saysYesOnTheLine: Answer = { ...solution, step: (z) => (z >= 0 ? 1 : 0) };
export const turnsTheSigmoidRound: Answer = { ...solution, sigmoid: (z) => 1 / (1 + Math.exp(z)) };
export const takesTheStepForTheSigmoid: Answer = { ...solution, sigmoid: solution.step };
