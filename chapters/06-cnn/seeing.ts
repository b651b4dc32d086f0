/**
 * Looking into a network that reads digits: its filters, what they make of a picture, and which pixels its answer hangs
 * on.
 */
import { concat, manualSeed, type nn, noGrad, rand, type Tensor } from '../../core';
import { type DigitPictures, mnistOrDigits } from '../../datasets';
import { integer, script } from '../shared/script';
import { accuracyOn, cnn, learn } from './digits';
import { filtersFigure, mapsFigure, saliencyFigure } from './pictures/seeing';
import { flipped, harm, saliency } from './saliency';

// #region maps
/** The picture, and what comes out of each layer on its way. */
export function signals(model: nn.Sequential, picture: Tensor): Tensor[] {
  const all = [picture];
  for (const layer of model.layers) all.push(layer.forward(all[all.length - 1]));
  return all;
}
// #endregion

const COUNTS = [5, 10, 20, 40];

/** The share read right after flipping: any pixels, those the score hangs on most, those that harm it most. */
export async function afterFlipping(model: nn.Sequential, { x, y }: DigitPictures, count: number) {
  const after = (rank: Tensor) => accuracyOn(model, { x: flipped(x, rank, count), y });
  return [await after(rand(x.shape)), await after(saliency(model, x, y)), await after(harm(model, x, y))];
}

const read = async (model: nn.Sequential, x: Tensor): Promise<number[]> => [
  ...(await model.forward(x).argmax(1).data()),
];

script({
  about: 'Filters, feature maps and saliency of a network that has learned to read digits.',
  options: {
    training: integer(12_000, { min: 128, max: 60_000, help: 'digits to learn from' }),
    digit: integer(4, { min: 0, max: 9, help: 'the digit that is followed through the network' }),
    flips: integer(20, { min: 1, max: 784, help: 'pixels to flip in the picture of saliency' }),
  },
  settings: { quick: { training: 1280 }, full: { training: 60_000 } },
  next: 'npx ts-node chapters/06-cnn/shifted.ts --predict',
  async run({ options: { seed, training, digit, flips }, say, section, table, figure, progress }) {
    section('learn', `A network that has learned ${training} digits`);
    const sets = await mnistOrDigits({ train: training, test: 500 });
    manualSeed(seed);
    const bar = progress(3 * Math.ceil(training / 32), 'training');
    const model = await learn(cnn(), sets.train, { epochs: 3, tick: bar.tick });
    bar.done();
    const accuracy = await accuracyOn(model, sets.test);
    say(`${sets.source}\nread right: ${accuracy.toFixed(3)}`);

    const labels = await sets.test.y.data();
    const picture = sets.test.x.narrow(0, labels.indexOf(digit), 1); // [1, 1, 28, 28]
    const way = noGrad(() => signals(model, picture));
    await figure('filters', await filtersFigure((model.layers[0] as nn.Conv2d).weight, picture, way[2]));
    await figure(
      'maps',
      await mapsFigure(picture, {
        'conv 16, ReLU': way[2],
        pool: way[3],
        'conv 32, ReLU': way[5],
        'pool again': way[6],
      }),
    );

    section('flip', 'Read right, of 500 digits, after flipping pixels');
    const rows: (string | number)[][] = [[0, ...Array(3).fill(accuracy.toFixed(3))]];
    for (const count of COUNTS) {
      const shares = await afterFlipping(model, sets.test, count);
      rows.push([count, ...shares.map((share) => share.toFixed(3))]);
    }
    table(['flipped of 784', 'any', 'the most salient', 'the most harmful'], rows);

    const first = Array.from({ length: 10 }, (_, label) => labels.indexOf(label));
    const [x, y] = [sets.test.x, sets.test.y].map((t) => concat(first.map((place) => t.narrow(0, place, 1))));
    const seen = saliency(model, x, y);
    const changed = flipped(x, harm(model, x, y), flips);
    const answers = { before: await read(model, x), after: await read(model, changed) };
    await figure('saliency', await saliencyFigure({ x, seen, changed, answers, flips }));
  },
});
