/**
 * What the second part of this lesson states about chance: what its experiments show.
 */
import type { Bound, Claim } from '../shared/claims';
import * as normalisation from './normalisation';
import * as optimizers from './optimizers';
import * as regularisation from './regularisation';
import { bestEpoch } from './runs';
import * as schedules from './schedules';
import { outcome, type Setting } from './sweep';

const claim = (script: string, figure: string, bound: Bound, data: string, value: Value): Claim => ({
  script,
  figure,
  bound,
  run: async (seed) => ({ value: await value(seed), data: `${data} (generated)` }),
});

type Value = (seed: number) => Promise<number>;

const onMoons = (figure: string, bound: Bound, ...settings: [Partial<Setting>, Partial<Setting>]): Claim =>
  claim('sweep.ts', figure, bound, '512 noisy moons', async (seed) => {
    const usual: Setting = { optimiser: 'Adam', rate: 0.01, batchSize: 32, epochs: 25 };
    const [a, b] = [
      await outcome(seed, { ...usual, ...settings[0] }),
      await outcome(seed, { ...usual, ...settings[1] }),
    ];
    return a.loss / b.loss;
  });

const onSpirals = (name: string, rate: number, bound: Bound): Claim =>
  claim('optimizers.ts', `accuracy on fresh points, ${name} at ${rate}, 40 epochs`, bound, 'spirals', async (seed) => {
    return (await optimizers.learn(seed, optimizers.OPTIMISERS[name].make, { rate, epochs: 40 })).accuracy;
  });

const PLAN = { rate: 1, epochs: 40 };

const ofSchedule = (name: string, key: 'own' | 'fresh', rate: number, bound: Bound): Claim =>
  claim('schedules.ts', `${key} loss, ${name} / always ${rate}, 40 epochs`, bound, '400 noisy moons', async (seed) => {
    const scheduled = await schedules.learn(seed, schedules.SCHEDULES[name], PLAN);
    return scheduled[key] / (await schedules.learn(seed, () => [], { ...PLAN, rate }))[key];
  });

const byHeart = (figure: string, bound: Bound, remedy: regularisation.Remedy, measure: Measure): Claim =>
  claim('regularisation.ts', figure, bound, '60 noisy moons', async (seed) => {
    return measure(await regularisation.learn(seed, remedy, { points: 60, epochs: 300 }));
  });

type Measure = (life: regularisation.Life) => number;

const deep = (kind: string, rate: number, bound: Bound): Claim =>
  claim('normalisation.ts', `training loss, ${kind} at ${rate}, 30 epochs`, bound, 'spirals', async (seed) => {
    const plan = { depth: 6, rate, epochs: 30, batch: 30 };
    return (await normalisation.learn(seed, normalisation.KINDS[kind], plan)).end;
  });

export const experiments: Claim[] = [
  onMoons('loss, Adam at 1e-4 / at 1e-2', { atLeast: 3 }, { rate: 1e-4 }, {}),
  onMoons('loss, Adam at 1 / at 1e-2', { atLeast: 3 }, { rate: 1 }, {}),
  onMoons('loss, SGD at 1 / Adam at 1e-2', { between: [0.6, 1.6] }, { optimiser: 'SGD', rate: 1 }, {}),
  onMoons('loss, batch 512 / 16, 25 epochs each', { atLeast: 2 }, { batchSize: 512 }, { batchSize: 16 }),
  onMoons(
    'loss, batch 512 / 64, 400 steps each',
    { between: [0.75, 1.3] },
    { batchSize: 512, epochs: 400 },
    { batchSize: 64, epochs: 50 },
  ),
  onSpirals('SGD', 1, { atLeast: 0.96 }),
  onSpirals('momentum', 0.1, { atLeast: 0.96 }),
  onSpirals('Adam', 0.1, { atLeast: 0.96 }),
  ofSchedule('step', 'own', 1, { atMost: 0.95 }),
  ofSchedule('cosine with warm-up', 'own', 1, { atMost: 0.95 }),
  ofSchedule('cosine with warm-up', 'fresh', 0.1, { between: [0.88, 1.15] }),
  byHeart('validation loss, end / lowest, nothing done', { atLeast: 2 }, {}, ({ curves: { valLoss } }) => {
    return valLoss[valLoss.length - 1] / Math.min(...valLoss);
  }),
  byHeart('validation accuracy, end − best epoch, nothing done', { between: [-0.1, 0.02] }, {}, ({ curves }) => {
    return curves.valAccuracy[curves.valAccuracy.length - 1] - curves.valAccuracy[bestEpoch(curves.valLoss) - 1];
  }),
  byHeart('test loss, nothing done', { atLeast: 0.7 }, {}, ({ test }) => test.loss),
  byHeart('test loss, early stopping', { atMost: 0.37 }, { patience: 30 }, ({ test }) => test.loss),
  byHeart('share of weights near 0, L1', { atLeast: 0.9 }, { l1: 0.01 }, ({ nearZero }) => nearZero),
  byHeart('test loss, ten times the points', { atMost: 0.35 }, { points: 600 }, ({ test }) => test.loss),
  deep('nothing', 0.1, { atLeast: 1 }),
  deep('batch norm', 0.1, { atMost: 0.3 }),
  deep('batch norm', 1, { atMost: 0.4 }),
  deep('He weights', 0.1, { atMost: 0.15 }),
  deep('He weights', 1, { atLeast: 1 }),
  deep('layer norm', 1, { atLeast: 1 }),
];
