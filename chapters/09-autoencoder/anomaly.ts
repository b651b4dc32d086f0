/**
 * Anomalies: a network that has learned to copy what is usual copies the unusual badly. Mostly.
 */
import { manualSeed, type nn, noGrad, ops, rand, type Tensor, tensor, train } from '../../core';
import { integer, number, numbers, script } from '../shared/script';
import { Autoencoder, learn } from './autoencoder';
import { type Heaps, heapOptions, readHeaps } from './heaps';
import { leftOutFigure, oddFigure, rocFigure } from './pictures/anomaly';

// #region scores
/** For each picture, the squared distance from its copy. */
export const errorOf = (x: Tensor, copy: Tensor): Tensor => ops.mseLoss(copy, x, { reduction: 'none' }).sum(1); // [N]

/** The same as a share of all the ink there was. */
export const shareOf = (x: Tensor, copy: Tensor): Tensor => errorOf(x, copy).div(x.pow(2).sum(1)); // [N]
// #endregion

/** The rows at which a list of 0 and 1 has a 1. */
async function placesOf(mask: Tensor): Promise<Tensor> {
  const chosen = [...(await mask.data())].flatMap((isSo, i) => (isSo ? [i] : []));
  return tensor(Int32Array.from(chosen));
}

// #region without
/** Learns all digits but one, and measures how far each test picture is from its copy. */
export async function without(digit: number, seed: number, { training, test, names }: Heaps, schooling: Schooling) {
  const usual = await placesOf(names.training.ne(digit));
  manualSeed(seed);
  const model = new Autoencoder(784, 128, 32);
  await learn(model, training.indexSelect(0, usual), schooling);
  const copies = await train.predict(model, { x: test, batchSize: 500 });
  const isOdd = names.test.eq(digit); // [M]: what the scores shall find
  const [errors, shares] = noGrad(() => [errorOf(test, copies), shareOf(test, copies)]);
  return {
    digit,
    model,
    copies,
    errors,
    roc: await train.rocCurve(errors, isOdd),
    auc: await train.rocAuc(errors, isOdd),
    aucOfShare: await train.rocAuc(shares, isOdd),
  };
}
// #endregion

type Schooling = Parameters<typeof learn>[2];
export type Without = Awaited<ReturnType<typeof without>>;

const KINDS = ['a digit it knows', 'the digit left out', 'a digit upside down', 'snow', 'an empty picture'] as const;
type Kind = (typeof KINDS)[number];

// #region kinds
/** Pictures of several kinds; the network has learned from the first alone. */
export async function kindsOf(digit: number, { test, names }: Heaps): Promise<Record<Kind, Tensor>> {
  const known = test.indexSelect(0, await placesOf(names.test.ne(digit)));
  return {
    'a digit it knows': known,
    'the digit left out': test.indexSelect(0, await placesOf(names.test.eq(digit))),
    'a digit upside down': known.flip(1), // the last pixel first
    snow: rand(known.shape),
    'an empty picture': known.mul(0),
  };
}
// #endregion

/** The mean error of the copies of each kind. */
export async function errorsByKind(model: nn.Layer, kinds: Record<Kind, Tensor>): Promise<[Kind, number][]> {
  const errors = KINDS.map((kind) => noGrad(() => errorOf(kinds[kind], model.forward(kinds[kind])).mean()));
  const values = await Promise.all(errors.map((error) => error.item()));
  return KINDS.map((kind, i) => [kind, values[i]]);
}

script({
  about: 'Anomalies: a digit that the autoencoder has never seen, found by how badly it is copied.',
  options: {
    ...heapOptions,
    digits: numbers([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { length: 'any', help: 'which to leave out, one at a time' }),
    epochs: integer(6, { min: 1, help: 'passes over the pictures' }),
    batch: integer(64, { min: 1, max: 10_000, help: 'pictures in a step' }),
    rate: number(0.003, { min: 0, help: 'learning rate of Adam' }),
  },
  settings: {
    quick: { training: 1500, test: 500, digits: [1, 4, 8], epochs: 6, batch: 32 },
    full: { training: 60_000, test: 10_000 },
  },
  predict: {
    question: 'An autoencoder has learned nine of the ten digits. Which of these does it copy with the smallest error?',
    choices: KINDS,
  },
  next: 'npx ts-node chapters/09-autoencoder/convolutional.ts',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { seed, training, test, digits, ...schooling } = options;
    const guess = await predict();
    const heaps = await readHeaps(training, test);
    section('areas', 'Finding the digit that was left out of training');
    say(`${heaps.source}\n`);
    const bar = progress(digits.length * schooling.epochs, 'training');
    const callbacks = [{ epochEnd: () => bar.tick() }];
    const results: Without[] = [];
    for (const digit of digits) results.push(await without(digit, seed, heaps, { ...schooling, callbacks }));
    bar.done();
    table(
      ['left out', 'area under ROC, by error', 'by error / ink'],
      results.map(({ digit, auc, aucOfShare }) => [digit, auc.toFixed(2), aucOfShare.toFixed(2)]),
    );

    const [{ digit, model }] = results.filter(({ digit }) => digit === 1).concat(results);
    section('kinds', `The network that has never seen a ${digit}: squared error of its copies, mean`);
    const byKind = await errorsByKind(model, await kindsOf(digit, heaps));
    table(
      ['', 'error'],
      byKind.map(([kind, error]) => [kind, error.toFixed(1)]),
    );
    const [smallest] = byKind.reduce((a, b) => (a[1] < b[1] ? a : b));
    say();
    verdict(guess, smallest, 'The error says how hard a picture is to copy, not how usual it is.');

    await figure('anomaly', await leftOutFigure(results));
    await figure('anomaly-roc', await rocFigure(results));
    const best = results.reduce((a, b) => (a.auc > b.auc ? a : b));
    await figure('anomaly-odd', await oddFigure(best, heaps));
  },
});
