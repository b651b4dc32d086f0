/**
 * Iris: few flowers, four lengths each. What standardising is for, what a rate means when an epoch is a single step,
 * and how little thirty test flowers can tell.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { iris } from '../../datasets';
import { integer, script } from '../shared/script';
import { irisFigure } from './pictures/iris';
import { median, spread } from './seeds';

// #region ways
export const WAYS = {
  'SGD 0.01': (parameters: Tensor[]) => new optim.SGD(parameters, { lr: 0.01 }),
  'SGD 0.3': (parameters: Tensor[]) => new optim.SGD(parameters, { lr: 0.3 }),
  'Adam 0.01': (parameters: Tensor[]) => new optim.Adam(parameters, { lr: 0.01 }),
};
// #endregion

export type Way = keyof typeof WAYS;

/** One life: flowers, their division, weights, and what came of them. */
export async function live(seed: number, way: Way, { epochs = 100, standardised = true } = {}) {
  manualSeed(seed);
  const { x, y } = await iris(); // [150, 4], [150]
  // #region standardise
  const { train: training, test } = await train.trainTestSplit([x, y], { testSize: 0.2, stratify: y });
  const scale = train.standardiser(training[0]); // measured on the training heap alone
  const ready = (lengths: Tensor): Tensor => (standardised ? scale.apply(lengths) : lengths);
  // #endregion
  const model = new nn.Sequential(new nn.Linear(4, 16), new nn.ReLU(), new nn.Linear(16, 3));
  const { curves } = await train.fit(model, {
    x: ready(training[0]),
    y: training[1],
    batchSize: training[0].shape[0], // full batch: a step an epoch
    epochs,
    loss: ops.crossEntropy,
    optimizer: WAYS[way](model.parameters()),
    progress: false,
  });
  const { accuracy } = await train.evaluate(model, { x: ready(test[0]), y: test[1], metrics: [train.accuracy()] });
  return { way, standardised, losses: curves.loss, accuracy, scale };
}

export type Life = Awaited<ReturnType<typeof live>>;

const centimetres = async (t: Tensor): Promise<string[]> => [...(await t.data())].map((value) => value.toFixed(2));

script({
  about: 'Iris flowers: standardising, full batches, SGD and Adam.',
  options: {
    epochs: integer(100, { min: 1, help: 'steps, as an epoch is one batch' }),
    starts: integer(5, { min: 1, max: 100, help: 'how many seeds, from --seed on' }),
  },
  settings: { full: { starts: 20 } },
  next: 'npx ts-node chapters/05-training/digits.ts',
  async run({ options: { seed, epochs, starts }, say, section, table, figure, progress }) {
    section('flowers', 'The flowers');
    const flowers = await iris();
    say(`${flowers.source}\n`);

    const arms: Life[][] = [];
    const bar = progress(6 * starts, 'training');
    for (const standardised of [true, false]) {
      for (const way of Object.keys(WAYS) as Way[]) {
        const lives: Life[] = [];
        for (let i = 0; i < starts; i++) {
          lives.push(await live(seed + i, way, { epochs, standardised }));
          await bar.tick(way);
        }
        arms.push(lives);
      }
    }
    bar.done();
    const [[{ scale }]] = arms;
    table(
      ['in cm', ...flowers.features],
      [
        ['mean', ...(await centimetres(scale.mean))],
        ['deviation', ...(await centimetres(scale.std))],
      ],
    );

    section('ways', `After ${epochs} steps, ${starts} seeds`);
    table(
      ['optimiser', 'standardised', 'training loss', 'test accuracy: lowest', 'median', 'highest'],
      arms.map((lives) => [
        lives[0].way,
        lives[0].standardised ? 'yes' : 'no',
        median(lives.map(({ losses }) => losses[epochs - 1])).toFixed(3),
        ...spread(lives.map(({ accuracy }) => accuracy)),
      ]),
    );
    const firsts = arms.slice(0, 3).map(([life]) => life);
    await figure('iris', await irisFigure(flowers, firsts));
  },
});
