/**
 * What this lesson states about chance: how well its networks see, and what its experiments show.
 */
import { manualSeed } from '../../core';
import { cifarOrPictures, findReal, imdbOrReviews, mnistOrDigits } from '../../datasets';
import type { Bound, Claim } from '../shared/claims';
import * as classifier from './classifier';
import * as digits from './digits';
import * as seeing from './seeing';
import * as shifted from './shifted';
import * as text from './text';

const realDigits = findReal('mnist') !== null;
const realPictures = findReal('cifar10') !== null;
const realReviews = findReal('imdb') !== null;

const onDigits: Claim = {
  script: 'digits.ts',
  figure: 'test accuracy, convolutional, 60,000 digits, 3 epochs',
  bound: { atLeast: realDigits ? 0.985 : 0.99 },
  async run(seed) {
    manualSeed(seed);
    const { accuracy } = await digits.live(seed, digits.cnn, await mnistOrDigits(), 3);
    return { value: accuracy, data: realDigits ? 'MNIST (real)' : 'digits (generated)' };
  },
};

const onShifts = (name: keyof typeof shifted.NETWORKS, bound: Bound): Claim => ({
  script: 'shifted.ts',
  figure: `read right after 4 pixels, ${name}, 4,000 digits`,
  bound,
  async run(seed) {
    manualSeed(seed);
    const sets = await shifted.centredSets(4000, 500);
    const { accuracies } = await shifted.live(seed, shifted.NETWORKS[name], sets, 3);
    return { value: accuracies[4], data: realDigits ? 'MNIST (real)' : 'digits (generated)' };
  },
});

const onFlips = (which: number, name: string, bound: Bound): Claim => ({
  script: 'seeing.ts',
  figure: `read right after flipping 20 pixels, ${name}, 12,000 digits`,
  bound,
  async run(seed) {
    manualSeed(seed);
    const sets = await mnistOrDigits({ train: 12_000, test: 500 });
    const { model } = await digits.live(seed, digits.cnn, sets, 3);
    const shares = await seeing.afterFlipping(model, sets.test, 20);
    return { value: shares[which], data: realDigits ? 'MNIST (real)' : 'digits (generated)' };
  },
});

const onPictures = (name: keyof typeof classifier.NETWORKS, onCifar: Bound, onGenerated: Bound): Claim => ({
  script: 'classifier.ts',
  figure: `test accuracy, ${name}, ${realPictures ? '10,000' : '5,000'} pictures, 10 epochs`,
  bound: realPictures ? onCifar : onGenerated,
  seeds: realPictures ? 3 : 5,
  async run(seed) {
    manualSeed(seed);
    const sets = await cifarOrPictures(realPictures ? { train: 10_000, test: 2000 } : {});
    const { test } = await classifier.live(seed, classifier.NETWORKS[name], sets, 10);
    return { value: test, data: realPictures ? 'CIFAR-10 (real), 10,000' : 'pictures (generated)' };
  },
});

const FULL = { vocabulary: 5000, length: 400, embedding: 128, filters: 128 };
const SMALL = { vocabulary: 2000, length: 160, embedding: 32, filters: 64 };

const onReviews = (width: number, onImdb: Bound, onGenerated: Bound): Claim => ({
  script: 'text.ts',
  figure: `test accuracy, filters ${width} wide, ${realReviews ? '5,000 reviews, 4' : '2,000 reviews, 8'} epochs`,
  bound: realReviews ? onImdb : onGenerated,
  seeds: realReviews ? 1 : 5,
  async run(seed) {
    manualSeed(seed);
    const sizes = realReviews ? FULL : SMALL;
    const sets = await imdbOrReviews(realReviews ? { train: 5000, test: 2000 } : { train: 2000, test: 500 });
    const heaps = text.numbered(sets, sizes);
    const { test } = await text.live(seed, heaps, sizes, { width, epochs: realReviews ? 4 : 8 });
    return { value: test, data: realReviews ? 'IMDB (real), 5,000' : 'reviews (generated)' };
  },
});

export const claims: Claim[] = [
  onDigits,
  onShifts('dense', { atMost: 0.4 }),
  onShifts('convolutions, then dense', { atMost: 0.5 }),
  onShifts('convolutions, then global max', { atLeast: 0.85 }),
  onFlips(0, 'any', { atLeast: 0.85 }),
  onFlips(2, 'the most harmful', { atMost: 0.5 }),
  onPictures('dense', { atMost: 0.45 }, { atMost: 0.8 }),
  onPictures('convolutional', { atLeast: 0.55 }, { atLeast: 0.85 }),
  onPictures('smaller, dropout', { atLeast: 0.54 }, { atLeast: 0.8 }),
  onReviews(1, { atLeast: 0.8 }, { atMost: 0.75 }),
  onReviews(5, { atLeast: 0.77 }, { atLeast: 0.85 }),
];
