import * as solution from '../solutions/range';

type Answer = typeof solution;

const { hidden, output } = solution.teaNeurons();
const [warm, cool] = hidden;

export const anyInsteadOfBoth: Answer = { teaNeurons: () => ({ hidden, output: { weights: [1, 1], bias: -0.5 } }) };
export const onlyWarmEnough: Answer = { teaNeurons: () => ({ hidden: [warm, warm], output }) };
export const biasWithTheWrongSign: Answer = {
  teaNeurons: () => ({ hidden: [{ weights: [1], bias: 50 }, cool], output }),
};
export const neverBoth: Answer = { teaNeurons: () => ({ hidden, output: { weights: [1, 1], bias: -2 } }) };
export const tooNarrow: Answer = {
  teaNeurons: () => ({
    hidden: [
      { ...warm, bias: -54 },
      { ...cool, bias: 56 },
    ],
    output,
  }),
};
export const oneWeightTooMany: Answer = {
  teaNeurons: () => ({ hidden: [{ weights: [1, 0], bias: -50 }, cool], output }),
};
