import * as solution from '../solutions/language-temperature';

type Answer = typeof solution;

export const multipliesByTheTemperature: Answer = {
  ...solution,
  softmaxAt: (scores, temperature) => solution.softmaxAt(scores, 1 / temperature),
};

/** Then it only scales what the softmax made. */
export const dividesAfterwards: Answer = {
  ...solution,
  softmaxAt: (scores, temperature) => solution.softmaxAt(scores, 1).map((p) => p / temperature),
};

export const overflows: Answer = {
  ...solution,
  softmaxAt(scores, temperature) {
    const powers = scores.map((score) => Math.exp(score / temperature));
    const sum = powers.reduce((total, power) => total + power);
    return powers.map((power) => power / sum);
  },
};

export const multipliesEverything: Answer = {
  ...solution,
  perplexity: (p) => p.reduce((product, one) => product / one, 1) ** (1 / p.length),
};

/** The mean of 1/p is ruled by the one letter that was least expected. */
export const arithmeticMean: Answer = {
  ...solution,
  perplexity: (p) => p.reduce((sum, one) => sum + 1 / one, 0) / p.length,
};

export const inverseOfTheMean: Answer = {
  ...solution,
  perplexity: (p) => p.length / p.reduce((sum, one) => sum + one, 0),
};
