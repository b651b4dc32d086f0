import * as solution from '../solutions/half-life';

type Answer = typeof solution;

export const forgetsTheSigmoid: Answer = { ...solution, partLeft: (bias, steps) => bias ** steps };
export const multipliesOnce: Answer = { ...solution, partLeft: (bias, steps) => steps / (1 + Math.exp(-bias)) };
export const forgetsTheSteps: Answer = { ...solution, biasToKeep: (part) => Math.log(part / (1 - part)) };
export const dividesByTheSteps: Answer = {
  ...solution,
  biasToKeep: (part, steps) => Math.log(part / steps / (1 - part / steps)),
};
