import * as solution from '../solutions/language-attention';

type Answer = typeof solution;

export const forgetsTheMask: Answer = {
  ...solution,
  attend: (queries, states, mask) => solution.attend(queries, states, mask.mul(0).add(1)),
};

/** e⁰ is 1: a score of 0 is no way to leave something out. */
export const masksWithZero: Answer = {
  ...solution,
  attend(queries, states, mask) {
    const shares = states.matmul(queries.unsqueeze(2)).squeeze(2).where(mask, 0).softmax();
    return { mixture: shares.unsqueeze(1).matmul(states).squeeze(1), shares };
  },
};

/** Then the shares no longer add up to 1. */
export const masksAfterTheSoftmax: Answer = {
  ...solution,
  attend(queries, states, mask) {
    const shares = states.matmul(queries.unsqueeze(2)).squeeze(2).softmax().mul(mask);
    return { mixture: shares.unsqueeze(1).matmul(states).squeeze(1), shares };
  },
};

export const softmaxOverTheBatch: Answer = {
  ...solution,
  attend(queries, states, mask) {
    const shares = states.matmul(queries.unsqueeze(2)).squeeze(2).where(mask, -1e9).softmax(0);
    return { mixture: shares.unsqueeze(1).matmul(states).squeeze(1), shares };
  },
};

/** States matter twice: as what is compared, and as what is mixed. */
export const statesOnlyMixed: Answer = {
  ...solution,
  gradients: (g, queries, states, shares) => ({
    ...solution.gradients(g, queries, states, shares),
    ofStates: shares.unsqueeze(2).mul(g.unsqueeze(1)),
  }),
};

export const softmaxWithoutItsMean: Answer = {
  ...solution,
  gradients(g, queries, states, shares) {
    const gScores = shares.mul(states.matmul(g.unsqueeze(2)).squeeze(2)).unsqueeze(2);
    return {
      ofQueries: gScores.mul(states).sum(1),
      ofStates: gScores.mul(queries.unsqueeze(1)).add(shares.unsqueeze(2).mul(g.unsqueeze(1))),
    };
  },
};
