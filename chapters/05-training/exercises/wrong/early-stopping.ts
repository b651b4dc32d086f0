import type { Tensor } from '../../../../core';
import * as solution from '../solutions/early-stopping';

type Answer = typeof solution;

export const oneEpochTooLate: Answer = { stopEarly: (patience) => solution.stopEarly(patience + 1) };

/** What it keeps goes on changing with the model. */
export const forgetsToClone: Answer = {
  stopEarly(patience) {
    const right = solution.stopEarly(patience);
    let lowest = Infinity;
    let best: Record<string, Tensor> = {};
    return {
      epochEnd(run, logs) {
        if (logs.valLoss < lowest) best = run.model.stateDict();
        lowest = Math.min(lowest, logs.valLoss);
        return right.epochEnd?.(run, logs);
      },
      fitEnd: (run) => run.model.loadStateDict(best),
    };
  },
};

/** A small rise and a fall after it, and it believes itself at its best. */
export const comparesWithTheEpochBefore: Answer = {
  stopEarly(patience) {
    const right = solution.stopEarly(patience);
    let before = Infinity;
    return {
      epochEnd(run, { valLoss }) {
        const better = valLoss < before;
        before = valLoss;
        return right.epochEnd?.(run, { valLoss: better ? -run.epoch : valLoss });
      },
      fitEnd: right.fitEnd,
    };
  },
};

export const neverForgetsABadEpoch: Answer = {
  stopEarly(patience) {
    const right = solution.stopEarly(Infinity);
    let lowest = Infinity;
    let bad = 0;
    return {
      epochEnd(run, logs) {
        if (logs.valLoss >= lowest && ++bad >= patience) run.stop('enough');
        lowest = Math.min(lowest, logs.valLoss);
        return right.epochEnd?.(run, logs);
      },
      fitEnd: right.fitEnd,
    };
  },
};

export const restoresOnlyWhenItStopped: Answer = {
  stopEarly(patience) {
    const right = solution.stopEarly(patience);
    return {
      epochEnd: right.epochEnd,
      fitEnd: (run) => (run.history.stopped ? right.fitEnd?.(run) : undefined),
    };
  },
};
