/**
 * Four classes: softmax and cross-entropy, the labels written in two ways, and what a network says where nothing ever
 * was.
 */
import { manualSeed, nn, oneHot, ops, optim, tensor, train } from '../../core';
import { blobs } from '../../datasets';
import { integer, number, script } from '../shared/script';
import { largestDifference } from './moons';
import { blobsFigure } from './pictures/blobs';
import { spread } from './seeds';

const CLASSES = 4;

// #region network
/** A score for each class; their softmax is the probabilities. */
export const network = (): nn.Sequential =>
  new nn.Sequential(
    new nn.Linear(2, 32),
    new nn.ReLU(),
    new nn.Linear(32, 16),
    new nn.ReLU(),
    new nn.Linear(16, CLASSES), // [N, 16] → [N, 4]
  );
// #endregion

interface Settings {
  rate: number;
  epochs: number;
}

/** One life; the labels are handed to the loss as they are or one-hot. */
export async function live(seed: number, { rate, epochs }: Settings, labels: 'indices' | 'one-hot' = 'indices') {
  manualSeed(seed);
  const { x, y } = blobs(1000); // [1000, 2], [1000]
  const { train: training, test } = await train.trainTestSplit([x, y], { testSize: 0.2 });
  const model = network();
  // #region labels
  const indices = training[1]; // int32 [800]
  const shares = oneHot(indices, CLASSES).to('float32'); // [800, 4]: all of it to one class
  const { curves } = await train.fit(model, {
    x: training[0],
    y: labels === 'indices' ? indices : shares,
    epochs,
    loss: ops.crossEntropy, // takes both
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    progress: false,
  });
  // #endregion
  const { accuracy } = await train.evaluate(model, { x: test[0], y: test[1], metrics: [train.accuracy()] });
  return { model, training, loss: curves.loss[epochs - 1], accuracy };
}

export type Life = Awaited<ReturnType<typeof live>>;

const PLACES: Record<string, number[]> = {
  'middle of blob 0': [-2.51, 9.01],
  'between blobs 0 and 3': [-5.7, 8.2],
  'far away': [60, -60],
};

/** Each place with the probabilities there, as rows of a table. */
async function certainty(model: nn.Sequential): Promise<string[][]> {
  const p = (await model
    .forward(tensor(Object.values(PLACES)))
    .softmax(1)
    .array()) as number[][];
  return Object.entries(PLACES).map(([name, place], i) => [name, place.join(', '), ...p[i].map((x) => x.toFixed(3))]);
}

script({
  about: 'Four Gaussian blobs: one-hot and sparse labels, and certainty where nothing ever was.',
  options: {
    rate: number(0.001, { min: 0, max: 1, help: 'learning rate of Adam' }),
    epochs: integer(100, { min: 1, help: 'passes over the training heap' }),
    starts: integer(5, { min: 1, max: 100, help: 'how many seeds, from --seed on' }),
  },
  settings: { quick: { epochs: 40 }, full: { starts: 20 } },
  next: 'npx ts-node chapters/05-training/iris.ts',
  async run({ options: { seed, starts, ...settings }, say, section, table, figure, progress }) {
    const bar = progress(starts + 1, 'training');
    const lives: Life[] = [];
    for (let i = 0; i < starts; i++) {
      lives.push(await live(seed + i, settings));
      await bar.tick();
    }
    const [first] = lives;
    const other = await live(seed, settings, 'one-hot');
    bar.done();

    section('labels', 'The same labels, written in two ways');
    const row = ({ loss, accuracy }: Life) => [loss.toFixed(4), accuracy.toFixed(3)];
    table(
      ['labels', 'loss', 'test accuracy'],
      [
        ['indices', ...row(first)],
        ['one-hot', ...row(other)],
      ],
    );
    const difference = await largestDifference(first.model, other.model);
    say(`\nlargest difference between their weights: ${difference.toExponential(0)}`);

    section('seeds', `Test accuracy after ${settings.epochs} epochs, ${starts} seeds`);
    table(['lowest', 'median', 'highest'], [spread(lives.map(({ accuracy }) => accuracy))]);

    section('certainty', 'How sure it is');
    table(['', 'x1, x2', 'p0', 'p1', 'p2', 'p3'], await certainty(first.model));
    await figure('blobs', await blobsFigure(first));
  },
});
