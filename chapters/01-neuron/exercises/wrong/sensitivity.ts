import type * as Solution from '../solutions/sensitivity';

type Answer = typeof Solution;

/** The slope at z as it should not be; everything around it is right. */
const withSlope = (slopeAt: (z: number, a: number) => number): Answer => ({
  sensitivity(weights, inputs, bias) {
    const z = weights.reduce((sum, weight, i) => sum + weight * inputs[i], bias);
    const slope = slopeAt(z, 1 / (1 + Math.exp(-z)));
    return { weights: inputs.map((x) => slope * x), bias: slope };
  },
});

const rightSlope = (_: number, a: number) => a * (1 - a);

export const forgetsTheSigmoid = withSlope(() => 1);
export const givesTheAnswerItself = withSlope((_, a) => a);
export const takesTheScoreForTheAnswer = withSlope((z) => z * (1 - z));
export const addsInsteadOfSubtracting = withSlope((_, a) => a * (1 + a));
export const forgetsTheInputs: Answer = {
  sensitivity(weights, inputs, bias) {
    const { bias: slope } = withSlope(rightSlope).sensitivity(weights, inputs, bias);
    return { weights: weights.map(() => slope), bias: slope };
  },
};
export const takesWeightsForInputs: Answer = {
  sensitivity(weights, inputs, bias) {
    const { bias: slope } = withSlope(rightSlope).sensitivity(weights, inputs, bias);
    return { weights: weights.map((weight) => slope * weight), bias: slope };
  },
};
export const forgetsTheBias: Answer = {
  sensitivity: (weights, inputs, bias) => ({
    ...withSlope(rightSlope).sensitivity(weights, inputs, bias),
    bias: 0,
  }),
};
