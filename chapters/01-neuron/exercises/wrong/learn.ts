import * as solution from '../solutions/learn';

type Answer = typeof solution;

const errorOf = ({ x, y }: solution.Example, weights: number[], bias: number): number =>
  y - (weights.reduce((sum, weight, i) => sum + weight * x[i], bias) > 0 ? 1 : 0);

/** A right pass, but for the change of a weight. The bias is moved like a weight whose input is always 1. */
const passWith =
  (change: (error: number, x: number, rate: number) => number, inputOfBias = 1): Answer['onePass'] =>
  (examples, weights, bias, rate) => {
    let mistakes = 0;
    for (const example of examples) {
      const error = errorOf(example, weights, bias);
      weights = weights.map((weight, i) => weight + change(error, example.x[i], rate));
      bias += change(error, inputOfBias, rate);
      mistakes += Math.abs(error);
    }
    return { weights, bias, mistakes };
  };

export const forgetsTheBias: Answer = { onePass: passWith((error, x, rate) => rate * error * x, 0) };
export const movesTheWrongWay: Answer = { onePass: passWith((error, x, rate) => -rate * error * x) };
export const forgetsTheInput: Answer = { onePass: passWith((error, _, rate) => rate * error) };
export const forgetsTheRate: Answer = { onePass: passWith((error, x) => error * x) };

export const movesOnlyAtTheEnd: Answer = {
  onePass(examples, weights, bias, rate) {
    const errors = examples.map((example) => errorOf(example, weights, bias));
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    return {
      weights: weights.map((weight, i) => weight + rate * total(examples.map(({ x }, k) => errors[k] * x[i]))),
      bias: bias + rate * total(errors),
      mistakes: total(errors.map(Math.abs)),
    };
  },
};

export const countsTheErrorsWithTheirSigns: Answer = {
  onePass(examples, weights, bias, rate) {
    const right = solution.onePass(examples, weights, bias, rate);
    return { ...right, mistakes: Math.round((right.bias - bias) / rate) };
  },
};

export const changesTheGivenList: Answer = {
  onePass(examples, weights, bias, rate) {
    const right = solution.onePass(examples, weights, bias, rate);
    weights.splice(0, weights.length, ...right.weights);
    return { ...right, weights };
  },
};
