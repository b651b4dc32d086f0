/**
 * A callback that lets TensorBoard follow a run: `fit(model, { ..., callbacks: [tensorBoard('runs/first')] })`, and
 * beside it `tensorboard --logdir runs`. Training and validation are written as two runs, so that their curves share a
 * chart.
 */
import type { Callback, Run } from '../train';
import { SummaryWriter } from './tensorboard';

export interface TensorBoardOptions {
  /** Write how every parameter is spread, too. */
  histograms?: boolean;
}

const VALIDATION = /^val([A-Z])/; // valLoss is the loss in validation

export function tensorBoard(folder: string, { histograms = false }: TensorBoardOptions = {}): Callback {
  const writers = new Map<string, SummaryWriter>();
  const writerFor = (part: 'train' | 'validation'): SummaryWriter => {
    const writer = writers.get(part) ?? new SummaryWriter(`${folder}/${part}`);
    writers.set(part, writer);
    return writer;
  };

  async function addHistograms(run: Run): Promise<void> {
    const parameters = run.model.namedParameters();
    for (const [name, parameter] of parameters) await writerFor('train').addHistogram(name, parameter, run.epoch + 1);
  }

  return {
    async epochEnd(run, logs) {
      const epoch = run.epoch + 1;
      for (const [name, value] of Object.entries(logs)) {
        const tag = name.replace(VALIDATION, (_, letter: string) => letter.toLowerCase());
        writerFor(tag === name ? 'train' : 'validation').addScalar(tag, value, epoch);
      }
      writerFor('train').addScalar('learning rate', run.optimizer.paramGroups[0].lr, epoch);
      if (histograms) await addHistograms(run);
    },
    fitEnd() {
      for (const writer of writers.values()) writer.close();
      writers.clear();
    },
  };
}
