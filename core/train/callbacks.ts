/**
 * The usual callbacks. Those that write take a function that does: the core knows no files.
 */
import { noGrad } from '../autograd/modes';
import type { Schedule } from '../optim/schedule';
import type { Tensor } from '../tensor/tensor';
import type { Callback, Run } from './callback';
import type { Logs } from './progress';
import '../ops/methods';

export interface MonitorOptions {
  /** Which of the epoch's values decides. */
  monitor?: string;
  /** Is it good when small or when large? 'min' for losses and errors, 'max' for all else, unless given. */
  mode?: 'min' | 'max';
  /** Progress is to be better than the best by more than this. */
  minDelta?: number;
}

const SMALL_IS_GOOD = /loss|mae|mse|rmse|perplexity|error/i;

/** Remembers the best value, and says of each new one whether it is better. */
function bestOf(name: string, { monitor = 'valLoss', mode, minDelta = 0 }: MonitorOptions): (logs: Logs) => boolean {
  const sign = (mode ?? (SMALL_IS_GOOD.test(monitor) ? 'min' : 'max')) === 'min' ? -1 : 1;
  let best = -Infinity;
  return (logs) => {
    const value = sign * numberIn(name, logs, monitor);
    if (!(value > best + minDelta)) return false;
    best = value;
    return true;
  };
}

function numberIn(name: string, logs: Logs, monitor: string): number {
  if (monitor in logs) return logs[monitor];
  throw new Error(`${name}: there is no value called ${monitor}; there are ${Object.keys(logs).join(', ')}`);
}

/** Ends the run when `patience` epochs in a row have brought nothing better, and gives the best weights back. */
export function earlyStopping({
  patience = 5,
  restoreBest = true,
  ...options
}: MonitorOptions & { patience?: number; restoreBest?: boolean } = {}): Callback {
  let isBetter = bestOf('earlyStopping', options);
  let weights: Record<string, Tensor> | null = null;
  let waited = 0;
  return {
    fitBegin() {
      isBetter = bestOf('earlyStopping', options);
      weights = null;
      waited = 0;
    },
    epochEnd(run, logs) {
      if (isBetter(logs)) {
        waited = 0;
        if (restoreBest) weights = copyOfState(run);
      } else if (++waited >= patience) {
        run.stop(`nothing better for ${patience} epochs`);
      }
    },
    fitEnd({ model }) {
      if (weights) model.loadStateDict(weights);
      weights = null;
    },
  };
}

function copyOfState({ model }: Run): Record<string, Tensor> {
  const entries = Object.entries(model.stateDict());
  return Object.fromEntries(entries.map(([name, t]): [string, Tensor] => [name, noGrad(() => t.clone()).keep()]));
}

/** Calls `save` after each epoch that is better than all before. */
export function checkpointBest(save: (run: Run, logs: Logs) => unknown, options: MonitorOptions = {}): Callback {
  let isBetter = bestOf('checkpointBest', options);
  return {
    fitBegin() {
      isBetter = bestOf('checkpointBest', options);
    },
    async epochEnd(run, logs) {
      if (isBetter(logs)) await save(run, logs);
    },
  };
}

/** Calls `save` when Ctrl-C has ended the run, and says so. */
export function saveOnInterrupt(save: (run: Run) => unknown): Callback {
  return {
    async fitEnd(run) {
      if (run.history.stopped !== 'interrupted') return;
      await save(run);
      run.say(`Saved after step ${run.step}.`);
    },
  };
}

/** Steps a schedule after every epoch or batch; `monitor` is the value that ReduceLROnPlateau wants. */
export function followSchedule(
  schedule: Schedule,
  { every = 'epoch', monitor }: { every?: 'epoch' | 'batch'; monitor?: string } = {},
): Callback {
  if (every === 'batch') return { batchEnd: () => schedule.step() };
  return {
    epochEnd: (_, logs) => schedule.step(monitor === undefined ? undefined : numberIn('followSchedule', logs, monitor)),
  };
}

/** A table of all values by epoch, line by line: `csvLog((line) => appendFile('log.csv', line))`. */
export function csvLog(write: (line: string) => unknown): Callback {
  let headed = false;
  return {
    async epochEnd({ epoch }, logs) {
      if (!headed) await write(`${['epoch', ...Object.keys(logs)].join(',')}\n`);
      headed = true;
      await write(`${[epoch + 1, ...Object.values(logs)].join(',')}\n`);
    },
  };
}
