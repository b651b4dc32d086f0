/**
 * Exercise: early stopping, with the best weights back.
 *
 * Write a callback for train.fit. After each epoch it looks at logs.valLoss. When `patience` epochs in a row have
 * brought nothing lower than the lowest so far, it calls run.stop('…'). When the run ends, however it ends, it puts
 * the weights of the best epoch back into run.model.
 *
 * model.stateDict() gives the weights by name, and loadStateDict() takes them; the tensors of a stateDict share the
 * model's memory, so t.clone() those that are to be kept.
 *
 * Check it:  npm run exercises 05          Stuck?  npm run exercises 05 hint early-stopping
 */
import type { train } from '../../../core';
import { notYet } from '../../shared/exercise';

export function stopEarly(patience: number): train.Callback {
  return {
    epochEnd(run, logs) {
      notYet(`what to do after an epoch with the loss ${logs.valLoss}, at a patience of ${patience}`);
    },
    fitEnd(run) {
      notYet('what to do at the end');
    },
  };
}
