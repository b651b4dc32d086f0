/**
 * The training loop, written once. What it does with a batch is what one writes by hand:
 *
 *   loss = loss(model(x), y);  zeroGrad;  backward;  step
 *
 * Around it stand epochs, shuffling, metrics, validation, callbacks, progress and Ctrl-C.
 */
import { breathe } from '../memory/breathe';
import { clipGradNorm } from '../optim/clip';
import type { Optimizer } from '../optim/optimizer';
import { tensor } from '../tensor/create';
import type { Generator } from '../tensor/random';
import { formatShape, sameShape } from '../tensor/shape';
import { Tensor } from '../tensor/tensor';
import type { Callback, History, Run } from './callback';
import {
  type Batches,
  batchesOf,
  checkMetrics,
  type EvaluateOptions,
  type Examples,
  evaluate,
  type Loss,
  listOf,
  type Model,
  type OneOrMore,
  Totals,
  takeApart,
} from './evaluate';
import { onInterrupt } from './interrupt';
import type { Batch } from './loader';
import { type Logs, ProgressBar, standardScreen } from './progress';
import '../ops/methods';

export type FitOptions<Output = Tensor, Target = Tensor> = Examples<Target> &
  EvaluateOptions<Output, Target> & {
    optimizer: Optimizer<{ lr: number }>;
    loss: Loss<Output, Target>;
    epochs?: number;
    /** The first epoch, from 0: a resumed run goes on counting. */
    initialEpoch?: number;
    /** x and y in a new order each epoch, drawn from `generator` or the common one. */
    shuffle?: boolean;
    generator?: Generator;
    validation?: Examples<Target>;
    /** The share at the end of x and y that is set aside, before any shuffling. */
    validationSplit?: number;
    /** How much an example of each class counts; the loss has to know { reduction: 'none' }. */
    classWeights?: readonly number[];
    /** All gradients of a step together are at most so long: longer ones are shortened before it is made. */
    clipNorm?: number;
    callbacks?: readonly Callback[];
    /** false: not a word on the screen. */
    progress?: boolean;
  };

/** Trains a model. Returns its history: `history.curves.loss`, `history.curves.valLoss`, … */
export function fit<Output = Tensor, Target extends OneOrMore = Tensor>(
  model: Model<Output>,
  options: FitOptions<Output, Target>,
): Promise<History> {
  return new Fit(model, options).all();
}

class Fit<Output, Target extends OneOrMore> implements Run {
  readonly optimizer: Optimizer<{ lr: number }>;
  readonly epochs: number;
  readonly history: History = { epochs: 0, curves: {}, stopped: null };
  epoch: number;
  step = 0;
  private readonly training: Batches;
  private readonly validation: Examples<Target> | undefined;
  private readonly callbacks: readonly Callback[];
  private readonly bar: ProgressBar | null;
  private readonly lossOf: Loss<Output, Target>;

  constructor(
    readonly model: Model<Output>,
    private readonly options: FitOptions<Output, Target>,
  ) {
    const { optimizer, epochs = 1, initialEpoch = 0, callbacks = [], progress = true, metrics = [] } = options;
    if (!Number.isInteger(epochs) || epochs < 1)
      throw new Error(`fit: the number of epochs is a whole number from 1 up, not ${epochs}`);
    checkMetrics('fit', metrics);
    const { training, validation } = setAside(options);
    const { batchSize = 32, shuffle = true, generator } = options;
    this.optimizer = optimizer;
    this.epochs = epochs;
    this.epoch = initialEpoch;
    this.training = batchesOf(training, { batchSize, shuffle, generator });
    this.validation = validation;
    this.callbacks = callbacks;
    this.bar = progress ? new ProgressBar(standardScreen()) : null;
    this.lossOf = options.classWeights ? weighted(options.loss, options.classWeights) : options.loss;
  }

  stop(reason: string): void {
    this.history.stopped ??= reason;
  }

  say(line: string): void {
    this.bar?.say(line);
  }

  async all(): Promise<History> {
    const usualInterrupt = onInterrupt(() => {
      this.stop('interrupted');
      this.say('Stopping after this step. Press Ctrl-C again to end at once.');
    });
    const restoreModes = this.model.rememberModes();
    try {
      await this.untilTheEnd();
    } finally {
      this.bar?.clear();
      usualInterrupt();
      restoreModes();
    }
    return this.history;
  }

  /** The epochs, and then every callback's end, whatever has happened; the first error is the one to hear of. */
  private async untilTheEnd(): Promise<void> {
    const errors: unknown[] = [];
    await this.allEpochs().catch((error) => errors.push(error));
    for (const callback of this.callbacks) {
      try {
        await callback.fitEnd?.(this);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    if (this.history.stopped === 'interrupted')
      this.say(`Interrupted in epoch ${this.epoch + 1} of ${this.epochs}, after ${this.step} steps of this run.`);
  }

  private async allEpochs(): Promise<void> {
    const { history, callbacks } = this;
    this.model.train();
    for (const callback of callbacks) await callback.fitBegin?.(this);
    for (; this.epoch < this.epochs && history.stopped === null; this.epoch++) {
      for (const callback of callbacks) await callback.epochBegin?.(this);
      const logs = await this.oneEpoch();
      if (logs === null) return; // stopped on the way: what is known of this epoch is no whole epoch's
      for (const [name, value] of Object.entries(logs)) {
        history.curves[name] ??= [];
        history.curves[name].push(value);
      }
      history.epochs++;
      for (const callback of callbacks) await callback.epochEnd?.(this, logs);
      if (history.stopped !== null) return;
    }
  }

  /** Loss and metrics of training and validation; null when the run was stopped in the middle. */
  private async oneEpoch(): Promise<Logs | null> {
    const totals = new Totals<Output, Target>(this.options.metrics ?? []);
    const state = { epoch: this.epoch + 1, epochs: this.epochs, steps: 0, totalSteps: this.training.length };
    this.bar?.start();
    for await (const batch of this.training) {
      const loss = this.learn(batch, totals);
      this.step++;
      state.steps++;
      for (const callback of this.callbacks) await callback.batchEnd?.(this, loss);
      if (this.bar?.due) this.bar.draw(state, await totals.read(true));
      await breathe();
      if (this.history.stopped !== null) return null;
    }
    if (state.steps === 0) throw new Error('fit: the data held no batch; a generator can be gone through only once');
    const logs = await totals.read(true);
    if (this.validation) {
      const { loss, metrics, batchSize } = this.options;
      const values = await evaluate(this.model, { ...this.validation, loss, metrics, batchSize });
      for (const [name, value] of Object.entries(values)) logs[`val${name[0].toUpperCase()}${name.slice(1)}`] = value;
    }
    this.bar?.finish(state, logs);
    return logs;
  }

  private learn(batch: Batch, totals: Totals<Output, Target>): Tensor {
    const { inputs, target } = takeApart(batch, this.options);
    const prediction = this.model.forward(...inputs);
    const loss = this.lossOf(prediction, target);
    if (loss.size !== 1)
      throw new Error(`fit: a loss is one number, not of shape ${formatShape(loss.shape)}; take its mean()`);
    totals.add(loss, prediction, target);
    this.optimizer.zeroGrad();
    loss.backward();
    const { clipNorm } = this.options;
    if (clipNorm !== undefined)
      clipGradNorm(
        this.optimizer.paramGroups.flatMap(({ params }) => params),
        clipNorm,
      );
    this.optimizer.step();
    return loss;
  }
}

/** The mean loss, each example counting as much as its class: Σ w·loss / Σ w. */
function weighted<Output, Target extends OneOrMore>(
  loss: Loss<Output, Target>,
  classWeights: readonly number[],
): Loss<Output, Target> {
  return (prediction, target) => {
    if (!(target instanceof Tensor))
      throw new Error('fit: classWeights are for one target; with several, weigh classes inside the loss');
    const each = loss(prediction, target, { reduction: 'none' });
    if (!sameShape(each.shape, target.shape))
      throw new Error(
        `fit: with classWeights the loss must return a value for each label under { reduction: 'none' }: ` +
          `it has shape ${formatShape(each.shape)}, the labels ${formatShape(target.shape)}`,
      );
    const weights = tensor([...classWeights], { dtype: each.dtype, device: each.device });
    const ofLabels = weights.indexSelect(0, target.to('int32').reshape(-1)).reshape(...target.shape);
    return each.mul(ofLabels).sum().div(ofLabels.sum());
  };
}

/** What is learned from, and what only judged by. */
function setAside<Output, Target extends OneOrMore>(
  options: FitOptions<Output, Target>,
): { training: Examples<Target>; validation: Examples<Target> | undefined } {
  const { validation, validationSplit } = options;
  if (validationSplit === undefined) return { training: options, validation };
  if (validation) throw new Error('fit: give validation or validationSplit, not both');
  if ('data' in options) throw new Error('fit: validationSplit divides x and y; give validation beside batches');
  const { x, y } = options;
  const [count] = listOf(y)[0].shape;
  const kept = count - Math.round(count * validationSplit);
  if (!(kept > 0 && kept < count))
    throw new Error(`fit: a validationSplit of ${validationSplit} of ${count} examples leaves one part empty`);
  const part = (range: [number, number]): Examples<Target> => {
    const cut = (t: Tensor): Tensor => t.slice(range);
    return { x: listOf(x).map(cut), y: (Array.isArray(y) ? y.map(cut) : cut(y as Tensor)) as Target };
  };
  return { training: part([0, kept]), validation: part([kept, count]) };
}
