import * as solution from '../solutions/sequences-top-k';

type Answer = typeof solution;

/** Then the rest does not add up to 1. */
export const cutsAfterTheSoftmax: Answer = {
  ...solution,
  topK(scores, k, temperature) {
    const p = solution.topK(scores, scores.length, temperature);
    const kept = solution.topK(scores, k, temperature);
    return p.map((one, i) => (kept[i] > 0 ? one : 0));
  },
};

/** A score of 0 is not a probability of 0. */
export const setsScoresToZero: Answer = {
  ...solution,
  topK(scores, k, temperature) {
    const kept = solution.topK(scores, k, temperature);
    const cut = scores.map((score, i) => (kept[i] > 0 ? score : 0));
    return solution.topK(cut, scores.length, temperature);
  },
};

export const forgetsTheTemperature: Answer = { ...solution, topK: (scores, k) => solution.topK(scores, k, 1) };

export const overflows: Answer = {
  ...solution,
  topK(scores, k, temperature) {
    const kept = solution.topK(scores, k, temperature);
    const powers = scores.map((score, i) => (kept[i] > 0 ? Math.exp(score / temperature) : 0));
    const sum = powers.reduce((total, power) => total + power);
    return powers.map((power) => power / sum);
  },
};

export const perToken: Answer = {
  ...solution,
  perCharacter: (p) => Math.exp(p.reduce((sum, one) => sum - Math.log(one), 0) / p.length),
};

export const multipliesEverything: Answer = {
  ...solution,
  perCharacter: (p, text) => (1 / p.reduce((product, one) => product * one, 1)) ** (1 / text.length),
};
