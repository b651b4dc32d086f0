/**
 * A code of two numbers can be drawn: every digit is a point of the plane, and every point of the plane is a picture.
 */
import { eye, linspace, type nn, noGrad, type Tensor, tensor, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { live } from './autoencoder';
import { heapOptions, readHeaps } from './heaps';
import { latentFigure, sheetFigure } from './pictures/latent';

// #region alike
/** The share of codes whose nearest other code belongs to a digit of the same name. */
export async function neighboursAlike(codes: Tensor, names: Tensor): Promise<number> {
  const squares = codes.mul(codes).sum(1); // [N]
  const products = codes.matmul(codes.transpose(0, 1)); // [N, N]
  const distances = squares.add(squares.unsqueeze(1)).sub(products.mul(2)); // |a − b|² = |a|² + |b|² − 2·a·b
  const toOthers = distances.add(eye(codes.shape[0]).mul(1e9)); // nobody is a neighbour of itself
  const nearest = toOthers.argmin(1);
  return names.indexSelect(0, nearest).eq(names).to('float32').mean().item();
}
// #endregion

// #region sheet
/** What a decoder draws at the places of a square grid: [rows · rows, 784], from the upper left. */
export function sheet(decoder: nn.Layer, rows: number, [left, right]: Span, [bottom, top]: Span): Tensor {
  const across = linspace(left, right, rows, { device: 'cpu' }).dataSync();
  const down = linspace(top, bottom, rows, { device: 'cpu' }).dataSync();
  const places = [...down].flatMap((y) => [...across].map((x) => [x, y]));
  return noGrad(() => decoder.forward(tensor(places)));
}
// #endregion

export type Span = readonly [number, number];

/** From the lowest to the highest value on an axis, the outermost hundredth at both ends left out. */
export async function spanOf(codes: Tensor, axis: number): Promise<Span> {
  const values = [...(await codes.narrow(1, axis, 1).data())].sort((a, b) => a - b);
  const cut = Math.floor(values.length / 100);
  return [values[cut], values[values.length - 1 - cut]];
}

const SIZES = [784, 256, 64, 2];

script({
  about: 'An autoencoder with a code of two numbers, and the map it makes of the digits.',
  options: {
    ...heapOptions,
    epochs: integer(30, { min: 1, help: 'passes over the pictures' }),
    batch: integer(128, { min: 1, max: 10_000, help: 'pictures in a step' }),
    rate: number(0.003, { min: 0, help: 'learning rate of Adam' }),
  },
  settings: {
    quick: { training: 2000, test: 500, epochs: 12, batch: 32 },
    full: { training: 60_000, test: 10_000 },
  },
  next: 'npx ts-node chapters/09-autoencoder/denoising.ts',
  async run({ options: { seed, training, test, ...schooling }, say, section, table, figure, progress }) {
    const heaps = await readHeaps(training, test);
    const bar = progress(schooling.epochs, 'training');
    const callbacks = [{ epochEnd: () => bar.tick() }];
    const life = await live(seed, SIZES, heaps, { ...schooling, callbacks });
    bar.done();

    section('map', 'A code of two numbers');
    say(`${heaps.source}\n`);
    const codes = await train.predict(life.model.encoder, { x: heaps.test, batchSize: 500 }); // [N, 2]
    const share = async (x: Tensor) => (await neighboursAlike(x, heaps.names.test)).toFixed(2);
    table(
      ['nearest other test digit, judged by', 'has the same name'],
      [
        ['chance', '0.10'],
        ['the code, 2 numbers', await share(codes)],
        ['all 784 pixels', await share(heaps.test)],
      ],
    );
    say(`\ntest loss ${life.test.toFixed(4)}`);
    const names = await heaps.names.test.data();
    await figure('latent', await latentFigure('Two numbers for each digit', codes, names));
    const [across, up] = [await spanOf(codes, 0), await spanOf(codes, 1)];
    await figure(
      'latent-sheet',
      await sheetFigure('What the decoder draws everywhere', sheet(life.model.decoder, 16, across, up)),
    );
  },
});
