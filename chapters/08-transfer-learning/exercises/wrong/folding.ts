import { fold } from '../solutions/folding';

type Answer = { fold: typeof fold };

export const forgetsEps: Answer = { fold: (weight, bias, norm) => fold(weight, bias, { ...norm, eps: 0 }) };

export const dividesByTheVariance: Answer = {
  fold: (weight, bias, norm) => fold(weight, bias, { ...norm, variance: norm.variance.mul(norm.variance) }),
};

export const forgetsTheOldBias: Answer = { fold: (weight, _, norm) => fold(weight, null, norm) };

export const doesNotScaleTheBias: Answer = {
  fold: (weight, bias, norm) => ({
    weight: fold(weight, bias, norm).weight,
    bias: (bias ? bias.sub(norm.mean) : norm.mean.neg()).add(norm.shift),
  }),
};

/** Right whenever there are as many maps in as out, and none of the wiser. */
export const scalesWhatGoesIn: Answer = {
  fold(weight, bias, norm) {
    const factor = norm.scale.div(norm.variance.add(norm.eps).sqrt());
    const spread = factor.narrow(0, 0, Math.min(factor.size, weight.shape[1])).reshape(1, -1, 1, 1);
    return { weight: weight.mul(spread), bias: fold(weight, bias, norm).bias };
  },
};
