/**
 * Judging a network when one class is rare: accuracy lies, the confusion matrix does not. And what to measure when
 * the answer is a number.
 */
import { bernoulli, manualSeed, nn, ops, optim, randn, type Tensor, tensor, train } from '../../core';
import { tensorBoard } from '../../core/io';
import { integer, number, path, script } from '../shared/script';
import { rocFigure } from './pictures/metrics';

interface Payments {
  x: Tensor;
  y: Tensor;
}

// #region payments
/** Two measurements of each payment; a fraud's lie a little elsewhere. One in `oneIn` is a fraud. */
export function payments(count: number, oneIn: number): Payments {
  const y = bernoulli(1 / oneIn, [count])
    .to('float32')
    .unsqueeze(1); // [N, 1]: 1 for a fraud
  const x = randn([count, 2]).add(y.mul(tensor([1.6, 1.2]))); //         [N, 2]
  return { x, y };
}
// #endregion

/** A network that has learned to tell frauds; `weights` is how much an honest payment and a fraud count. */
export async function learn(seed: number, sets: { training: Payments; validation: Payments }, more: Partial<Extras>) {
  manualSeed(seed);
  const model = new nn.Sequential(new nn.Linear(2, 16), new nn.ReLU(), new nn.Linear(16, 1));
  const { training, validation } = sets;
  await train.fit(model, {
    ...training,
    validation,
    batchSize: 64,
    epochs: 15,
    loss: ops.bceWithLogitsLoss,
    optimizer: new optim.Adam(model.parameters(), { lr: 0.01 }),
    progress: false,
    ...more,
  });
  return model;
}

type Extras = Pick<train.FitOptions, 'classWeights' | 'callbacks' | 'metrics'>;

export const heapsOf = (count: number, oneIn: number) => ({
  training: payments(count, oneIn),
  validation: payments(count, oneIn),
  test: payments(count, oneIn),
});

/** How often each thing happened: what was said about what was so. */
export interface Counts {
  found: number; //    frauds called frauds          (true positives)
  missed: number; //   frauds called honest          (false negatives)
  accused: number; //  honest payments called frauds (false positives)
  passed: number; //   honest payments called honest (true negatives)
}

export async function count(p: Tensor, y: Tensor, threshold: number): Promise<Counts> {
  const [[passed, accused], [missed, found]] = await train.confusionMatrix(p, y, { threshold });
  return { found, missed, accused, passed };
}

// #region scores
export function scores({ found, missed, accused, passed }: Counts) {
  return {
    accuracy: (found + passed) / (found + missed + accused + passed),
    precision: found / (found + accused), // of those accused, how many are frauds?
    recall: found / (found + missed), //     of the frauds, how many are found?
    f1: (2 * found) / (2 * found + accused + missed),
  };
}
// #endregion

// #region errors
/** Of predicted numbers: mean absolute and squared error, its root, and the share of the spread that is explained. */
export function errors(predicted: number[], actual: number[]) {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mse = mean(actual.map((y, i) => (predicted[i] - y) ** 2));
  return {
    MAE: mean(actual.map((y, i) => Math.abs(predicted[i] - y))),
    MSE: mse,
    RMSE: Math.sqrt(mse),
    'R²': 1 - mse / mean(actual.map((y) => (y - mean(actual)) ** 2)),
  };
}
// #endregion

const digits = (value: number): string => (Number.isNaN(value) ? 'none' : value.toFixed(3));
const scoreCells = (counts: Counts): string[] => Object.values(scores(counts)).map(digits);
const SCORES = ['accuracy', 'precision', 'recall', 'F1'];

const probabilities = async (model: nn.Sequential, { x }: Payments): Promise<Tensor> =>
  (await train.predict(model, { x })).sigmoid();

/** How many are accused at each threshold, and the scores. */
async function thresholdRows(p: Tensor, y: Tensor): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const threshold of [0.5, 0.3, 0.2, 0.1, 0.05, 0.02]) {
    const counts = await count(p, y, threshold);
    rows.push([threshold, counts.accused + counts.found, ...scoreCells(counts)]);
  }
  return rows;
}

/** The scores at a threshold, and the area under ROC, which knows of none. */
async function judgedRow(name: string, p: Tensor, y: Tensor, threshold: number): Promise<string[]> {
  return [name, ...scoreCells(await count(p, y, threshold)), digits(await train.rocAuc(p, y))];
}

/** The errors of three predictions, by the formulas and by the core's metrics. */
async function regressionRows(predicted: number[], actual: number[]): Promise<string[][]> {
  const inTheCore = [train.mae(), train.mse(), train.rmse(), train.r2()];
  const values = await Promise.all(inTheCore.map((metric) => metric.of(tensor(predicted), tensor(actual))));
  const byFormula = Object.entries(errors(predicted, actual));
  return byFormula.map(([name, value], i) => [name, value.toFixed(6), values[i].toFixed(6)]);
}

const CHOICES = ['fewer than a third', 'about half', 'more than three quarters'] as const;

script({
  about: 'Metrics: accuracy on an unbalanced problem, precision, recall, F1, ROC; MAE, MSE, RMSE, R².',
  options: {
    payments: integer(4000, { min: 200, max: 100_000, help: 'in each of the three heaps' }),
    oneIn: number(33, { min: 2, max: 1000, help: 'one payment in so many is a fraud' }),
    log: path(undefined, { help: 'folder for TensorBoard' }),
  },
  settings: { full: { payments: 40_000 } },
  predict: {
    question: 'A network is right about 97 payments in 100. Of the frauds among them, how many does it find?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/05-training/sweep.ts',
  async run({ options: { seed, payments, oneIn, log }, say, section, table, figure, predict, verdict }) {
    const guess = await predict();
    const heaps = heapsOf(payments, oneIn);
    const { validation, test } = heaps;
    // #region log
    const callbacks = log ? [tensorBoard(log)] : [];
    const plain = await learn(seed, heaps, { callbacks, metrics: [train.accuracy({ threshold: 0 })] });
    // #endregion
    const p = await probabilities(plain, test);

    section('accuracy', `${payments} payments never seen`);
    const counts = await count(p, test.y, 0.5);
    const frauds = counts.found + counts.missed;
    table(
      ['', 'accuracy', 'frauds found'],
      [
        ['says "honest" to everything', digits(1 - frauds / payments), `0 of ${frauds}`],
        ['the network', digits(scores(counts).accuracy), `${counts.found} of ${frauds}`],
      ],
    );
    section('verdict');
    const { recall } = scores(counts);
    const truth = CHOICES[recall < 1 / 3 ? 0 : recall <= 0.75 ? 1 : 2];
    say();
    verdict(guess, truth, `It finds ${counts.found} of ${frauds}. Being right about the others is easy.`);

    section('confusion', 'The confusion matrix');
    const { found, missed, accused, passed } = counts;
    table(
      ['', 'said honest', 'said fraud'],
      [
        ['is honest', passed, accused],
        ['is a fraud', missed, found],
      ],
    );
    say(`\nprecision = ${found} / (${found} + ${accused}) = ${digits(scores(counts).precision)}`);
    say(`recall    = ${found} / (${found} + ${missed}) = ${digits(recall)}`);
    say(`F1        = 2·${found} / (2·${found} + ${accused} + ${missed}) = ${digits(scores(counts).f1)}`);

    section('thresholds', 'The same network with other thresholds, on the validation heap');
    table(
      ['threshold', 'accused', ...SCORES],
      await thresholdRows(await probabilities(plain, validation), validation.y),
    );

    const weighted = await learn(seed, heaps, { classWeights: [1, oneIn - 1] });
    const pWeighted = await probabilities(weighted, test);
    section('weights', 'On the test heap: a lower threshold, or weights in the loss');
    table(
      ['', ...SCORES, 'area under ROC'],
      [
        await judgedRow('threshold 0.5', p, test.y, 0.5),
        await judgedRow(`threshold 1/${oneIn}`, p, test.y, 1 / oneIn),
        await judgedRow(`frauds count ${oneIn - 1} times`, pWeighted, test.y, 0.5),
      ],
    );
    const curves = { plain: await train.rocCurve(p, test.y), weighted: await train.rocCurve(pWeighted, test.y) };
    await figure('roc', await rocFigure(curves));

    section('regression', 'Numbers instead of classes: 1.4, 2.3, 3.0 for 1.5, 2.0, 3.5');
    table(['', 'by the formula', 'by the core'], await regressionRows([1.4, 2.3, 3.0], [1.5, 2.0, 3.5]));
  },
});
