import * as solution from '../solutions/sizes';

type Answer = typeof solution;

export const countsNoLastWindow: Answer = {
  ...solution,
  outputSize: (n, k, stride, zeros) => Math.floor((n + zeros - k) / stride),
};

export const roundsUp: Answer = {
  ...solution,
  outputSize: (n, k, stride, zeros) => Math.ceil((n + zeros - k) / stride) + 1,
};

/** Right for a stride of 1 only. */
export const alwaysKLessOne: Answer = {
  ...solution,
  samePadding: (_, k) => [Math.floor((k - 1) / 2), Math.ceil((k - 1) / 2)],
};

export const oddZeroBefore: Answer = {
  ...solution,
  samePadding(n, k, stride) {
    const [before, after] = solution.samePadding(n, k, stride);
    return [after, before];
  },
};

export const canBeNegative: Answer = {
  ...solution,
  samePadding(n, k, stride) {
    const missing = (Math.ceil(n / stride) - 1) * stride + k - n;
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  },
};

export const forgetsBiases: Answer = { ...solution, parameters: (inputs, outputs, k) => outputs * inputs * k * k };

export const oneBiasForAll: Answer = { ...solution, parameters: (inputs, outputs, k) => outputs * inputs * k * k + 1 };
