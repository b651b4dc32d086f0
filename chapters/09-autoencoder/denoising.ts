/**
 * Denoising: the network is shown a spoilt picture and asked for the clean one. What it has to learn for that is what
 * digits look like.
 */
import { bernoulli, manualSeed, nn, ops, rand, randn, type Tensor, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { Autoencoder, learn } from './autoencoder';
import { type Heaps, heapOptions, readHeaps, SIDE } from './heaps';
import { rowsFigure } from './pictures/digits';

// #region noise
/** Spoils what passes through while the network learns, anew each time; afterwards it does nothing, as dropout. */
export class Noise extends nn.Module {
  constructor(private readonly strength: number) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return this.training ? snow(x, this.strength) : x;
  }
}

export const snow = (x: Tensor, strength: number): Tensor => x.add(randn(x.shape).mul(strength)).clamp(0, 1);

export const denoiser = (strength: number): nn.Sequential =>
  new nn.Sequential(new Noise(strength), new Autoencoder(784, 128, 32));
// #endregion

/** Every fifth pixel black or white. */
export function pepper(x: Tensor): Tensor {
  const hit = bernoulli(0.2, x.shape);
  return rand(x.shape).round().where(hit, x);
}

/** Five rows of pixels covered, a little below the middle. */
export function bar(x: Tensor): Tensor {
  const rows = x.reshape(-1, SIDE, SIDE);
  return ops.concat([rows.narrow(1, 0, 14), rows.narrow(1, 14, 5).mul(0), rows.narrow(1, 19, 9)], 1).flatten(1);
}

/** Each pixel the mean of the nine around it: what one does without learning. */
export const blurred = (x: Tensor): Tensor =>
  ops.avgPool2d(x.reshape(-1, 1, SIDE, SIDE), 3, { stride: 1, padding: 1 }).flatten(1);

const rebuild = (model: nn.Layer, x: Tensor): Promise<Tensor> => train.predict(model, { x, batchSize: 500 });

/** A plain autoencoder and a denoiser from the same start. */
export async function learnBoth(seed: number, { training }: Heaps, strength: number, schooling: Schooling) {
  manualSeed(seed);
  const plain = new Autoencoder(784, 128, 32);
  await learn(plain, training, schooling);
  manualSeed(seed);
  const cleaner = denoiser(strength);
  await learn(cleaner, training, schooling);
  return { plain, cleaner };
}

type Schooling = Parameters<typeof learn>[2];

/** The mean squared distance from the clean pictures: of the spoilt ones, and after each attempt to mend them. */
export async function errorsOf(
  { plain, cleaner }: Awaited<ReturnType<typeof learnBoth>>,
  spoilt: Tensor,
  clean: Tensor,
) {
  const error = (x: Tensor): Promise<number> => ops.mseLoss(x, clean).item();
  return {
    spoilt: await error(spoilt),
    blurred: await error(blurred(spoilt)),
    plain: await error(await rebuild(plain, spoilt)),
    denoiser: await error(await rebuild(cleaner, spoilt)),
  };
}

script({
  about: 'A denoising autoencoder, and what happens with noise that it was never shown.',
  options: {
    ...heapOptions,
    noise: number(0.5, { min: 0, max: 2, help: 'deviation of what is added to each pixel' }),
    epochs: integer(20, { min: 1, help: 'passes over the pictures' }),
    batch: integer(64, { min: 1, max: 10_000, help: 'pictures in a step' }),
    rate: number(0.003, { min: 0, help: 'learning rate of Adam' }),
  },
  settings: {
    quick: { training: 1500, test: 300, epochs: 7, batch: 32 },
    full: { training: 60_000, test: 10_000 },
  },
  next: 'npx ts-node chapters/09-autoencoder/anomaly.ts',
  async run({ options: { seed, training, test, noise, ...schooling }, say, section, table, figure, progress }) {
    const heaps = await readHeaps(training, test);
    section('errors', 'Mean squared distance from the clean digit');
    say(`${heaps.source}\n`);
    const bar_ = progress(2 * schooling.epochs, 'training');
    const both = await learnBoth(seed, heaps, noise, { ...schooling, callbacks: [{ epochEnd: () => bar_.tick() }] });
    bar_.done();
    const clean = heaps.test;
    const spoilt = { snow: snow(clean, noise), pepper: pepper(clean), bar: bar(clean), none: clean };
    const rows: (string | number)[][] = [];
    for (const [name, x] of Object.entries(spoilt)) {
      const errors = await errorsOf(both, x, clean);
      rows.push([name, ...Object.values(errors).map((error) => error.toFixed(4))]);
    }
    table(['what was done to it', 'as it is', 'blurred', 'plain autoencoder', 'denoiser'], rows);
    const ten = (x: Tensor) => x.narrow(0, 0, 10);
    await figure(
      'denoising',
      await rowsFigure('Snow, and what is made of it', [
        { name: 'The clean digits', pictures: ten(clean) },
        { name: `Noise of ${noise} added`, pictures: ten(spoilt.snow) },
        { name: 'Each pixel the mean of nine', pictures: blurred(ten(spoilt.snow)) },
        { name: 'A plain autoencoder', pictures: await rebuild(both.plain, ten(spoilt.snow)) },
        { name: 'The denoiser', pictures: await rebuild(both.cleaner, ten(spoilt.snow)) },
      ]),
    );
    await figure(
      'denoising-bar',
      await rowsFigure('Damage that the denoiser was never shown', [
        { name: 'Five rows missing', pictures: ten(spoilt.bar) },
        { name: 'What the denoiser makes of them', pictures: await rebuild(both.cleaner, ten(spoilt.bar)) },
      ]),
    );
  },
});
