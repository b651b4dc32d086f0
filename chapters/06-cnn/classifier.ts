/**
 * Colour pictures of ten classes: a convolutional network, a smaller one that learns with dropout, and a dense one
 * beside them.
 */
import { manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { cifarOrPictures, type PictureSets } from '../../datasets';
import { integer, script } from '../shared/script';
import { curvesFigure, picturesFigure } from './pictures/classifier';
import { saliency } from './saliency';

// #region network
/** What comes out of the layers, for 32 filters and pictures of 32 × 32, stands beside them. */
export const classifier = (filters = 32): nn.Sequential =>
  new nn.Sequential(
    ...[new nn.Conv2d(3, filters, 3), new nn.ReLU(), new nn.MaxPool2d(2)], //           [N, 32, 30, 30], [N, 32, 15, 15]
    ...[new nn.Conv2d(filters, 2 * filters, 3), new nn.ReLU(), new nn.MaxPool2d(2)], // [N, 64, 13, 13], [N, 64, 6, 6]
    ...[new nn.Conv2d(2 * filters, 2 * filters, 3), new nn.ReLU()], //                  [N, 64, 4, 4]
    ...[new nn.Flatten(), new nn.Linear(2 * filters * 16, 64), new nn.ReLU()], //       [N, 1024], [N, 64]
    new nn.Linear(64, 10), //                                                           [N, 10]
  );
// #endregion

// #region variant
/** Two convolutions instead of three; in training, half of the dense layer's signals are left out of every step. */
export const withDropout = (filters = 32): nn.Sequential =>
  new nn.Sequential(
    ...[new nn.Conv2d(3, filters, 3), new nn.ReLU(), new nn.MaxPool2d(2)], //           [N, 32, 15, 15]
    ...[new nn.Conv2d(filters, 2 * filters, 3), new nn.ReLU(), new nn.MaxPool2d(2)], // [N, 64, 6, 6]
    ...[new nn.Flatten(), new nn.Linear(2 * filters * 36, 64), new nn.ReLU()], //       [N, 2304], [N, 64]
    ...[new nn.Dropout(0.5), new nn.Linear(64, 10)], //                                 [N, 10]
  );
// #endregion

/** As many parameters as the classifier has with 32 filters, or nearly: 123,330. */
export const dense = (): nn.Sequential =>
  new nn.Sequential(new nn.Flatten(), new nn.Linear(3072, 40), new nn.ReLU(), new nn.Linear(40, 10));

export const NETWORKS = { dense, convolutional: classifier, 'smaller, dropout': withDropout };

// #region standard
/** From values of 0 to 1 to values around 0. */
export const standard = (x: Tensor): Tensor => x.sub(0.5).div(0.25);
// #endregion

// #region learn
export async function learn(model: nn.Sequential, sets: PictureSets, epochs: number, tick?: () => unknown) {
  const { curves } = await train.fit(model, {
    x: standard(sets.train.x),
    y: sets.train.y,
    validationSplit: 0.1,
    batchSize: 64,
    epochs,
    loss: ops.crossEntropy,
    optimizer: new optim.Adam(model.parameters(), { lr: 1e-3 }),
    metrics: [train.accuracy()],
    callbacks: [{ batchEnd: () => tick?.() }],
    progress: false,
  });
  return curves;
}
// #endregion

/** One life of one of the networks: made, trained, examined. */
export async function live(
  seed: number,
  make: () => nn.Sequential,
  sets: PictureSets,
  epochs: number,
  tick?: () => unknown,
) {
  manualSeed(seed);
  const model = make();
  const curves = await learn(model, sets, epochs, tick);
  const { x, y } = sets.test;
  const test = await train.evaluate(model, { x: standard(x), y, batchSize: 250, metrics: [train.accuracy()] });
  return { model, curves, test: test.accuracy };
}

script({
  about: 'A convolutional network learns ten classes of colour pictures (CIFAR-10 where it is).',
  options: {
    training: integer(3000, { min: 100, help: 'pictures to learn from; a tenth of them validates' }),
    test: integer(1000, { min: 50, help: 'pictures to be judged by' }),
    filters: integer(16, { min: 1, max: 128, help: 'filters of the first layer; the others have twice as many' }),
    epochs: integer(8, { min: 1 }),
  },
  settings: {
    quick: { training: 1500, test: 300, filters: 8, epochs: 8 },
    full: { training: 10_000, test: 2000, filters: 32, epochs: 10 },
  },
  next: 'npx ts-node chapters/06-cnn/text.ts',
  async run({ options: { seed, training, test, filters, epochs }, say, section, table, figure, progress }) {
    section('networks', `${training} pictures, ${epochs} epochs, ${filters} filters in the first layer`);
    const sets = await cifarOrPictures({ train: training, test });
    say(`${sets.source}\n`);
    const bar = progress(3 * epochs * Math.ceil((0.9 * training) / 64), 'training');
    const lives = [];
    for (const [name, make] of Object.entries(NETWORKS))
      lives.push({ name, ...(await live(seed, () => make(filters), sets, epochs, bar.tick)) });
    bar.done();
    const last = (curve: number[]) => curve[curve.length - 1].toFixed(3);
    table(
      ['network', 'parameters', 'training accuracy', 'validation', 'test'],
      lives.map(({ name, model, curves, test }) => [
        name,
        model.parameterCount(),
        last(curves.accuracy),
        last(curves.valAccuracy),
        test.toFixed(3),
      ]),
    );
    await figure('classifier', await curvesFigure(lives));

    const { model } = lives[1];
    const [x, y] = [sets.test.x, sets.test.y].map((t) => t.narrow(0, 0, 20));
    const said = await noGrad(() => model.forward(standard(x)).argmax(1)).data();
    const seen = saliency(model, standard(x), y);
    await figure('colour-pictures', await picturesFigure({ x, y, said, seen, names: sets.names }));
  },
});
