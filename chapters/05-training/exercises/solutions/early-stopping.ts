import type { Tensor, train } from '../../../../core';

export function stopEarly(patience: number): train.Callback {
  let lowest = Infinity;
  let waited = 0;
  let best: Record<string, Tensor> | null = null;
  return {
    epochEnd(run, { valLoss }) {
      if (valLoss < lowest) {
        lowest = valLoss;
        waited = 0;
        const weights = Object.entries(run.model.stateDict());
        best = Object.fromEntries(weights.map(([name, t]) => [name, t.clone()]));
      } else if (++waited >= patience) {
        run.stop(`nothing better for ${patience} epochs`);
      }
    },
    fitEnd(run) {
      if (best) run.model.loadStateDict(best);
    },
  };
}
