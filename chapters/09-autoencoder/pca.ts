/**
 * Principal components: the best that straight lines can do, found by iteration; and what a network does beside it
 * with a code of the same width.
 */
import { concat, manualSeed, nn, ops, randn, type Tensor } from '../../core';
import { integer, numbers, script } from '../shared/script';
import { Autoencoder, learn, lossOn } from './autoencoder';
import { type Heaps, heapOptions, readHeaps } from './heaps';
import { comparisonFigure, componentsFigure } from './pictures/pca';

// #region iteration
/** The `width` directions along which the rows of x vary most: orthogonal iteration on their covariance. */
export function principal(x: Tensor, width: number, rounds = 40): Components {
  const mean = x.mean(0); //                                                       [D]
  const apart = x.sub(mean); //                                                    [N, D]
  const covariance = apart.transpose(0, 1).matmul(apart).div(x.shape[0]); //       [D, D]
  let directions = orthonormal(randn([x.shape[1], width])); //                     [D, K]
  for (let round = 0; round < rounds; round++) directions = orthonormal(covariance.matmul(directions));
  return { mean, directions };
}

/** Gram and Schmidt: each column loses what it shares with those before it, and gets the length 1. */
export function orthonormal(columns: Tensor): Tensor {
  let done = columns.narrow(1, 0, 0); // [D, 0]
  for (const column of columns.split(1, 1)) {
    const fresh = column.sub(done.matmul(done.transpose(0, 1).matmul(column))); // [D, 1]
    done = concat([done, fresh.div(fresh.norm())], 1);
  }
  return done;
}
// #endregion

export interface Components {
  mean: Tensor; // [D]
  directions: Tensor; // [D, K]
}

// #region code
export const encode = (x: Tensor, { mean, directions }: Components): Tensor => x.sub(mean).matmul(directions);

export const decode = (code: Tensor, { mean, directions }: Components): Tensor =>
  code.matmul(directions.transpose(0, 1)).add(mean);
// #endregion

// #region linear
export const linearAutoencoder = (width: number): nn.Sequential =>
  new nn.Sequential(new nn.Linear(784, width), new nn.Linear(width, 784));
// #endregion

/** How much of one space lies in another, both given by directions of length 1: 1 when they are the same. */
export const overlap = (a: Tensor, b: Tensor): Promise<number> =>
  a.transpose(0, 1).matmul(b).pow(2).sum().div(a.shape[1]).item();

/** All three with a code of one width: how to rebuild pictures, and the mean squared error on the test heap. */
export async function compare(seed: number, width: number, { training, test }: Heaps, schooling: Schooling) {
  manualSeed(seed);
  const components = principal(training, width);
  const flat = (x: Tensor): Tensor => decode(encode(x, components), components);
  const linear = linearAutoencoder(width);
  const deep = new Autoencoder(784, 128, width);
  await learn(linear, training, { ...schooling, rate: 1e-2, loss: ops.mseLoss });
  await learn(deep, training, { ...schooling, rate: 3e-3, loss: ops.mseLoss });
  const [, up] = linear.parameters().filter(({ rank }) => rank === 2); // [784, K]: what the decoder adds up
  return {
    width,
    components,
    flat,
    deep,
    errors: {
      pca: await ops.mseLoss(flat(test), test).item(),
      linear: await lossOn(linear, test, ops.mseLoss),
      deep: await lossOn(deep, test, ops.mseLoss),
    },
    overlap: await overlap(components.directions, orthonormal(up.detach())),
  };
}

type Schooling = Pick<Parameters<typeof learn>[2], 'epochs' | 'batch' | 'callbacks'>;
export type Comparison = Awaited<ReturnType<typeof compare>>;

script({
  about: 'Principal components beside a linear and a deep autoencoder with codes of the same width.',
  options: {
    ...heapOptions,
    widths: numbers([2, 8, 32], { length: 'any', help: 'how many numbers the codes have' }),
    epochs: integer(15, { min: 1, help: 'passes over the pictures' }),
    batch: integer(64, { min: 1, max: 10_000, help: 'pictures in a step' }),
  },
  settings: {
    quick: { training: 1500, test: 300, widths: [2, 32], epochs: 10, batch: 32 },
    full: { training: 60_000, test: 10_000 },
  },
  next: 'npx ts-node chapters/09-autoencoder/latent.ts',
  async run({ options: { seed, training, test, widths, ...schooling }, say, section, table, figure, progress }) {
    const heaps = await readHeaps(training, test);
    section('errors', 'Mean squared error of the test digits');
    say(`${heaps.source}\n`);
    const bar = progress(2 * widths.length * schooling.epochs, 'training');
    const callbacks = [{ epochEnd: () => bar.tick() }];
    const results: Comparison[] = [];
    for (const width of widths) results.push(await compare(seed, width, heaps, { ...schooling, callbacks }));
    bar.done();
    const mean = await ops.mseLoss(heaps.training.mean(0).expand(...heaps.test.shape), heaps.test).item();
    table(
      ['width of the code', 'PCA', 'linear autoencoder', 'deep autoencoder'],
      [
        [0, ...Array(3).fill(mean.toFixed(4))],
        ...results.map(({ width, errors }) => [width, ...Object.values(errors).map((error) => error.toFixed(4))]),
      ],
    );
    section('overlap', 'How much of the space of PCA the linear autoencoder has found');
    table(
      ['width', 'share'],
      results.map(({ width, overlap }) => [width, overlap.toFixed(2)]),
    );
    await figure('pca-components', await componentsFigure(results[results.length - 1].components));
    await figure('pca', await comparisonFigure(heaps.test.narrow(0, 0, 10), results));
  },
});
