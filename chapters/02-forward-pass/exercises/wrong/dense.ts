import { tensor } from '../../../../core';
import type * as Solution from '../solutions/dense';
import { dense } from '../solutions/dense';

type Answer = typeof Solution;

export const forgetsToTranspose: Answer = { dense: (x, weight, bias) => x.matmul(weight).add(bias) };

export const reshapesInsteadOfTransposing: Answer = {
  dense: (x, weight, bias) => x.matmul(weight.reshape(weight.shape[1], weight.shape[0])).add(bias),
};

export const forgetsTheBias: Answer = { dense: (x, weight) => x.matmul(weight.transpose()) };

export const biasForEachInput: Answer = {
  dense: (x, weight, bias) => x.matmul(weight.transpose()).add(bias.slice([0, 1])),
};

export const readsTheValuesOut: Answer = {
  dense: (x, weight, bias) => tensor(dense(x, weight, bias).arraySync(), { dtype: x.dtype }),
};

export const cutsTheWeightOff: Answer = { dense: (x, weight, bias) => dense(x, weight.detach(), bias) };
