/**
 * Handwritten digits read by a convolutional network, and by the dense one of chapter 05.
 */
import { manualSeed, nn, ops, optim, train } from '../../core';
import { type DigitPictures, type DigitSets, mnistOrDigits } from '../../datasets';
import { network } from '../05-training/digits';
import { integer, script } from '../shared/script';

// #region network
export const cnn = (): nn.Sequential =>
  new nn.Sequential(
    ...[new nn.Conv2d(1, 16, 3), new nn.ReLU(), new nn.MaxPool2d(2)], //  [N, 16, 26, 26] → [N, 16, 13, 13]
    ...[new nn.Conv2d(16, 32, 3), new nn.ReLU(), new nn.MaxPool2d(2)], // [N, 32, 11, 11] → [N, 32, 5, 5]
    ...[new nn.Flatten(), new nn.Linear(800, 64), new nn.ReLU()], //      [N, 800] → [N, 64]
    new nn.Linear(64, 10), //                                             [N, 10]
  );
// #endregion

// #region learn
export interface Lesson {
  epochs: number;
  rate?: number;
  /** Called after each step, for a bar. */
  tick?: () => unknown;
}

/** Learns without ever looking at the test digits. */
export async function learn(model: nn.Sequential, { x, y }: DigitPictures, { epochs, rate = 1e-3, tick }: Lesson) {
  await train.fit(model, {
    x,
    y,
    batchSize: 32,
    epochs,
    loss: ops.crossEntropy,
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    callbacks: [{ batchEnd: () => tick?.() }],
    progress: false,
  });
  return model;
}
// #endregion

export async function accuracyOn(model: nn.Sequential, { x, y }: DigitPictures): Promise<number> {
  const { accuracy } = await train.evaluate(model, { x, y, batchSize: 500, metrics: [train.accuracy()] });
  return accuracy;
}

export const NETWORKS = { 'dense 784-128-10': () => network(784, 128, 10), convolutional: cnn };

/** One life of one of the networks: made, trained, examined. */
export async function live(
  seed: number,
  make: () => nn.Sequential,
  sets: DigitSets,
  epochs: number,
  tick?: () => unknown,
) {
  manualSeed(seed);
  const model = await learn(make(), sets.train, { epochs, tick });
  return { model, accuracy: await accuracyOn(model, sets.test) };
}

script({
  about: 'A convolutional network reads digits, beside a dense one.',
  options: {
    training: integer(12_000, { min: 128, max: 60_000, help: 'digits to learn from' }),
    test: integer(2000, { min: 100, max: 10_000, help: 'digits to be judged by' }),
    epochs: integer(3, { min: 1 }),
  },
  settings: { quick: { training: 1280, test: 500 }, full: { training: 60_000, test: 10_000 } },
  next: 'npx ts-node chapters/06-cnn/seeing.ts',
  async run({ options: { seed, training, test, epochs }, say, section, table, progress }) {
    section('digits', `${training} digits, ${epochs} epochs`);
    const sets = await mnistOrDigits({ train: training, test });
    say(`${sets.source}\n`);
    const bar = progress(2 * epochs * Math.ceil(training / 32), 'training');
    const rows: (string | number)[][] = [];
    for (const [name, make] of Object.entries(NETWORKS)) {
      const { model, accuracy } = await live(seed, make, sets, epochs, bar.tick);
      const { parameters, multiplyAdds } = nn.summary(model, [1, 1, 28, 28]);
      rows.push([name, parameters, multiplyAdds, accuracy.toFixed(3), Math.round(test * (1 - accuracy))]);
    }
    bar.done();
    table(['network', 'parameters', 'multiply-adds', 'test accuracy', 'mistakes'], rows);
  },
});
