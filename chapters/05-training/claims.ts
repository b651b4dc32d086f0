/**
 * What this lesson states about chance: how good its networks become, and what its experiments show.
 */
import { manualSeed, type Tensor, train } from '../../core';
import { findReal, mnistOrDigits } from '../../datasets';
import type { Bound, Claim } from '../shared/claims';
import * as blobs from './blobs';
import * as digits from './digits';
import { experiments } from './experiment-claims';
import * as iris from './iris';
import * as metrics from './metrics';
import * as moons from './moons';
import * as overfitting from './overfitting';
import { median } from './seeds';

const onMoons = (rate: number, bound: Bound): Claim => ({
  script: 'moons.ts',
  figure: `test accuracy, Adam at ${rate}, 50 epochs`,
  bound,
  async run(seed) {
    const { test } = await moons.live(seed, { rate, epochs: 50 });
    return { value: test, data: 'moons (generated)' };
  },
});

const onNoisyMoons: Claim = {
  script: 'overfitting.ts',
  figure: 'fresh loss after 400 epochs on 40 points, in units of its lowest',
  bound: { atLeast: 2 },
  async run(seed) {
    const { curves } = await overfitting.learn(seed, { points: 40, units: 32, noise: 0.3, steps: 400 });
    return { value: curves.valLoss[399] / Math.min(...curves.valLoss), data: 'noisy moons (generated)' };
  },
};

const coins: Claim = {
  script: 'overfitting.ts',
  figure: 'best of 100 coins on 50 labels, median of 50 tries',
  bound: { between: [0.64, 0.7] },
  async run(seed) {
    manualSeed(seed);
    const tries: number[] = [];
    for (let i = 0; i < 50; i++) tries.push((await overfitting.bestCoin(100, 50)).validation);
    return { value: median(tries), data: 'coins (generated)' };
  },
};

const onBlobs: Claim = {
  script: 'blobs.ts',
  figure: 'test accuracy, 100 epochs',
  bound: { atLeast: 0.98 },
  async run(seed) {
    const { accuracy } = await blobs.live(seed, { rate: 0.001, epochs: 100 });
    return { value: accuracy, data: 'blobs (generated)' };
  },
};

const onIris = (way: iris.Way, bound: Bound): Claim => ({
  script: 'iris.ts',
  figure: `test accuracy, ${way}, 100 full batches`,
  bound,
  async run(seed) {
    const { accuracy } = await iris.live(seed, way);
    return { value: accuracy, data: findReal('tabular/iris.csv') ? 'Iris (real)' : 'Iris (generated)' };
  },
});

const realDigits = findReal('mnist') !== null;

const onDigits = (kind: (typeof digits.NETWORKS)[number], onMnist: Bound, onGenerated: Bound): Claim => ({
  script: 'digits.ts',
  figure: `test accuracy, ${kind.sizes.join('-')}, ${kind.epochs} epochs`,
  bound: realDigits ? onMnist : onGenerated,
  async run(seed) {
    manualSeed(seed); // generated digits follow from it
    const sets = await mnistOrDigits();
    const { test } = await digits.live(seed, kind, sets);
    return { value: test.accuracy, data: realDigits ? 'MNIST (real)' : 'digits (generated)' };
  },
});

const onPayments = (figure: string, bound: Bound, measure: (trained: Trained) => Promise<number>): Claim => ({
  script: 'metrics.ts',
  figure,
  bound,
  async run(seed) {
    manualSeed(seed);
    const heaps = metrics.heapsOf(4000, 33);
    const { x, y } = heaps.test;
    const plain = await metrics.learn(seed, heaps, {});
    const weighted = await metrics.learn(seed, heaps, { classWeights: [1, 32] });
    const value = await measure({ plain: plain.forward(x).sigmoid(), weighted: weighted.forward(x).sigmoid(), y });
    return { value, data: 'payments (generated)' };
  },
});

/** Probabilities on the test heap, and what is so. */
type Trained = Record<'plain' | 'weighted' | 'y', Tensor>;

const recallOf = async (p: Tensor, y: Tensor): Promise<number> => metrics.scores(await metrics.count(p, y, 0.5)).recall;

const [shallow, deep] = digits.NETWORKS;

export const claims: Claim[] = [
  onMoons(0.001, { atMost: 0.97 }),
  onMoons(0.01, { atLeast: 0.99 }),
  onNoisyMoons,
  coins,
  onBlobs,
  onIris('Adam 0.01', { atLeast: 0.93 }),
  onIris('SGD 0.01', { atMost: 0.9 }),
  onDigits(shallow, { atLeast: 0.965 }, { between: [0.95, 0.99] }),
  onDigits(deep, { atLeast: 0.972 }, { atLeast: 0.972 }),
  onPayments('share of frauds found, no weights', { atMost: 0.35 }, ({ plain, y }) => recallOf(plain, y)),
  onPayments('share of frauds found, weights 1 and 32', { atLeast: 0.75 }, ({ weighted, y }) => recallOf(weighted, y)),
  onPayments(
    'area under ROC gained by weights',
    { between: [-0.01, 0.01] },
    async ({ plain, weighted, y }) => (await train.rocAuc(weighted, y)) - (await train.rocAuc(plain, y)),
  ),
  ...experiments,
];
