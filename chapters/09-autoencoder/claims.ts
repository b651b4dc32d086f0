/**
 * What this lesson states about chance: how well its networks copy, mend, find and tell apart.
 */
import { Generator, manualSeed } from '../../core';
import { findReal } from '../../datasets';
import type { Bound, Claim } from '../shared/claims';
import * as anomaly from './anomaly';
import * as autoencoder from './autoencoder';
import * as denoising from './denoising';
import { readHeaps } from './heaps';
import * as kMeans from './k-means';
import * as pca from './pca';
import * as siamese from './siamese';
import * as variational from './variational';

const isReal = findReal('mnist') !== null;
const data = isReal ? 'MNIST (real)' : 'digits (generated)';
const seeds = isReal ? 3 : 5;

/** The heaps of a seed: generated digits follow from it. */
function heapsOf(seed: number, training: number, test: number) {
  manualSeed(seed);
  return readHeaps(training, test);
}

const dense: Claim = {
  script: 'autoencoder.ts',
  figure: 'test loss, 784-128-32-128-784, 20 epochs, batch 256, all digits',
  bound: { atMost: isReal ? 0.1 : 0.11 },
  async run(seed) {
    const heaps = await heapsOf(seed, 60_000, 10_000);
    const { test } = await autoencoder.live(seed, [784, 128, 32], heaps, { epochs: 20, batch: 256 });
    return { value: test, data };
  },
};

const onClouds = (name: string, way: typeof kMeans.anyPoints, bound: Bound): Claim => ({
  script: 'k-means.ts',
  figure: `of 100 starts, how many end well, ${name}`,
  bound,
  async run(seed) {
    manualSeed(seed);
    const { points } = await kMeans.threeClouds(300, 0.7);
    const chance = kMeans.chances(new Generator(seed + 1));
    const starts = Array.from({ length: 100 }, () => way(points, 3, chance));
    return { value: kMeans.foundBest(kMeans.manyStarts(points, starts)), data: 'clouds (generated)' };
  },
});

const SMALL = { epochs: 6, batch: 64, rate: 0.003 };

const leftOut = (digit: number, bound: Bound): Claim => ({
  script: 'anomaly.ts',
  figure: `area under ROC by error, learned without ${digit} from 6,000 digits`,
  bound,
  seeds,
  async run(seed) {
    const { auc } = await anomaly.without(digit, seed, await heapsOf(seed, 6000, 1000), SMALL);
    return { value: auc, data };
  },
});

const denoiser: Claim = {
  script: 'denoising.ts',
  figure: "the denoiser's squared error in snow, in units of blurring's, 6,000 digits",
  bound: { atMost: 0.6 },
  seeds,
  async run(seed) {
    const heaps = await heapsOf(seed, 6000, 1000);
    const both = await denoising.learnBoth(seed, heaps, 0.5, { ...SMALL, epochs: 12 });
    const { blurred, denoiser } = await denoising.errorsOf(both, denoising.snow(heaps.test, 0.5), heaps.test);
    return { value: denoiser / blurred, data };
  },
};

const bends = (width: number, bound: Bound): Claim => ({
  script: 'pca.ts',
  figure: `the deep autoencoder's squared error in units of PCA's, width ${width}, 6,000 digits`,
  bound,
  seeds,
  async run(seed) {
    const { errors } = await pca.compare(seed, width, await heapsOf(seed, 6000, 1000), { epochs: 15, batch: 64 });
    return { value: errors.deep / errors.pca, data };
  },
});

const clouds: Claim = {
  script: 'variational.ts',
  figure: 'the larger deviation of the two numbers of a code, 6,000 digits',
  bound: { between: [0.7, 1.5] },
  seeds,
  async run(seed) {
    const schooling = { epochs: 15, batch: 64, rate: 0.003, weight: 1 };
    const { codes } = await variational.live(seed, await heapsOf(seed, 6000, 1000), schooling);
    return { value: await codes.std(0).max().item(), data };
  },
};

const onPairs: Claim = {
  script: 'siamese.ts',
  figure: 'fresh pairs judged rightly, after 100 pairs and 3,000 steps',
  bound: { atLeast: 0.85 },
  async run(seed) {
    const { after } = await siamese.live(seed, { pairs: 100, noise: 0.2, steps: 3000 });
    return { value: after.fresh, data: 'moons (generated)' };
  },
};

export const claims: Claim[] = [
  dense,
  onClouds('from any three points', kMeans.anyPoints, { between: [65, 88] }),
  onClouds('k-means++', kMeans.farPoints, { atLeast: 88 }),
  bends(2, { atMost: 0.95 }),
  bends(32, { atMost: 0.95 }),
  denoiser,
  leftOut(1, isReal ? { atMost: 0.5 } : { between: [0.5, 0.75] }),
  leftOut(2, { atLeast: 0.85 }),
  clouds,
  onPairs,
];
