import * as solution from '../solutions/log-sum-exp';

type Answer = typeof solution;

export const asTheFormulaStands: Answer = { ...solution, logSumExp: (z) => z.exp().sum(-1).log() };

export const oneMaximumForAll: Answer = {
  ...solution,
  logSumExp: (z) => z.sub(z.max()).exp().sum(-1).log().add(z.max()),
};

export const forgetsTheMaximum: Answer = {
  ...solution,
  logSumExp: (z) =>
    z
      .sub(z.max(-1, { keepdim: true }))
      .exp()
      .sum(-1)
      .log(),
};

export const softmaxThenLog: Answer = { ...solution, logSoftmax: (z, t) => z.div(t).softmax().log() };

export const timesTheTemperature: Answer = { ...solution, logSoftmax: (z, t) => solution.logSoftmax(z.mul(t), 1) };

export const coolsTheAnswer: Answer = { ...solution, logSoftmax: (z, t) => solution.logSoftmax(z, 1).div(t) };
