/**
 * What the lesson states about chance: how well the cells foretell and recall, how fast gradients fade, when clipping
 * and the window matter. The claims of the second page follow.
 */
import { manualSeed } from '../../core';
import type { Bound, Claim } from '../shared/claims';
import * as clipping from './clipping';
import * as fading from './fading';
import { type Arm, nameOf } from './keeping';
import { languageClaims } from './language/claims';
import * as recall from './recall';
import * as sine from './sine';
import * as truncated from './truncated';

const onSine = (cell: sine.Cell): Claim => ({
  script: 'sine.ts',
  figure: `mean squared error on the last 30 %, ${cell} 50, 20 epochs`,
  bound: { atMost: 0.02 },
  async run(seed) {
    const { error } = await sine.live(seed, cell, 20);
    return { value: error, data: 'a noisy sine wave (generated)' };
  },
});

const SIZE = { units: 32, distance: 100 };

const curveOf = (figure: string, arm: Arm, bound: Bound, value: (curve: number[]) => number): Claim => ({
  script: 'fading.ts',
  figure: `${figure}, ${nameOf(arm)}, 32 units`,
  bound,
  async run(seed) {
    manualSeed(seed);
    return { value: value(await fading.gradientByDistance(arm, SIZE)), data: 'random numbers (generated)' };
  },
});

const factor = (cell: Arm['cell'], between: [number, number]): Claim =>
  curveOf('factor of the gradient for a step of time', { cell, bias: null }, { between }, fading.factorOf);

const left = (cell: Arm['cell'], atLeast: number): Claim =>
  curveOf('part of the gradient left after 50 steps', { cell, bias: 4 }, { atLeast }, (curve) => curve[50]);

const recalled = (arm: Arm, steps: number, bound: Bound): Claim => ({
  script: 'recall.ts',
  figure: `accuracy over 50 digits, ${nameOf(arm)}, ${steps} steps at rate 0.002`,
  bound,
  async run(seed) {
    const settings = { distance: 50, units: 32, rate: 0.002 };
    const accuracies = await recall.learn(arm, { ...settings, steps, seed });
    return { value: accuracies[accuracies.length - 1], data: 'letters and digits (generated)' };
  },
});

const CHANCE: Bound = { atMost: 0.4 }; // of four letters

const added = (way: clipping.Way, bound: Bound): Claim => ({
  script: 'clipping.ts',
  figure: `loss after 600 steps, rate ${way.rate}, ${way.clip === null ? 'as they come' : `cut to ${way.clip}`}`,
  bound,
  async run(seed) {
    const value = clipping.ending(await clipping.learn(seed, way, 600));
    return { value: Math.min(value, 100), data: 'sums (generated)' }; // what has flown away counts as 100
  },
});

const echoed = (window: number, carry: boolean, bound: Bound): Claim => ({
  script: 'truncated.ts',
  figure: `loss of an echo after 5 steps, windows of ${window}, ${carry ? 'state goes on' : 'state from 0'}`,
  bound,
  async run(seed) {
    const settings = { window, carry, delay: 5, total: 6000, rate: 0.01 };
    return { value: truncated.ending(await truncated.learn(seed, settings)), data: 'random bits (generated)' };
  },
});

export const claims: Claim[] = [
  ...sine.CELLS.map(onSine),
  factor('RNN', [0.54, 0.62]),
  factor('LSTM', [0.6, 0.72]),
  factor('GRU', [0.58, 0.7]),
  left('LSTM', 0.1),
  left('GRU', 0.2),
  recalled({ cell: 'RNN', bias: null }, 1200, CHANCE),
  recalled({ cell: 'LSTM', bias: null }, 1200, CHANCE),
  recalled({ cell: 'GRU', bias: null }, 1200, CHANCE),
  recalled({ cell: 'LSTM', bias: 1 }, 1200, CHANCE),
  recalled({ cell: 'LSTM', bias: 4 }, 600, { atLeast: 0.99 }),
  recalled({ cell: 'GRU', bias: 4 }, 600, { atLeast: 0.99 }),
  added({ rate: 0.001, clip: null }, { atLeast: 0.6 }),
  added({ rate: 0.001, clip: 1 }, { atMost: 0.4 }),
  added({ rate: 0.01, clip: null }, { atLeast: 0.9 }),
  added({ rate: 0.01, clip: 1 }, { atMost: 0.7 }),
  echoed(5, true, { atLeast: 0.55 }),
  echoed(6, true, { atMost: 0.1 }),
  echoed(20, true, { atMost: 0.1 }),
  echoed(6, false, { between: [0.5, 0.62] }),
  ...languageClaims,
];
