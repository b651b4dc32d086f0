/**
 * What the lesson says of random networks, as bounds that hold for the median of several seeds.
 */
import { manualSeed } from '../../core';
import type { Claim } from '../shared/claims';
import { factorOf, GAINS, type Name, type Profile, profile } from './deep';
import { live, type Name as UnitName } from './dying';
import { type Kind, lossAfter } from './learning';

type Initialisation = keyof typeof GAINS;

const RANDOM = 'random inputs (generated)';
const MOONS = 'moons (generated)';

const ofProfile = (
  figure: string,
  [name, initialisation]: [Name, Initialisation],
  bound: Claim['bound'],
  value: (one: Profile) => number,
): Claim => ({
  script: 'vanishing.ts',
  figure: `${figure}, ${name}, ${initialisation}, 20 layers of 64`,
  bound,
  async run(seed) {
    manualSeed(seed);
    return { value: value(await profile(name, GAINS[initialisation], { depth: 20, width: 64 })), data: RANDOM };
  },
});

const factor = (kind: [Name, Initialisation], between: [number, number]): Claim =>
  ofProfile('factor of the gradient per layer', kind, { between }, ({ gradient }) => factorOf(gradient));

const loss = (
  name: Name,
  initialisation: Initialisation,
  optimiser: Kind['optimiser'],
  bound: Claim['bound'],
): Claim => ({
  script: 'learning.ts',
  figure: `loss after 100 steps, ${name}, ${initialisation}, ${optimiser}, 20 layers of 16`,
  bound,
  async run(seed) {
    manualSeed(seed);
    const value = await lossAfter(name, { initialisation, optimiser }, { depth: 20, steps: 100 });
    return { value, data: MOONS };
  },
});

const dying = (name: UnitName, figure: 'off' | 'revived' | 'accuracy', bound: Claim['bound']): Claim => ({
  script: 'dying.ts',
  figure: `${figure}, ${name}, 64 units, rate 6, 30 epochs`,
  bound,
  async run(seed) {
    const life = await live(name, { units: 64, rate: 6, epochs: 30, seed });
    return { value: figure === 'off' ? life.off[life.off.length - 1] : life[figure], data: MOONS };
  },
});

export const claims: Claim[] = [
  factor(['sigmoid', 'Xavier'], [0.21, 0.25]),
  factor(['tanh', 'Xavier'], [0.88, 0.97]),
  factor(['ReLU', 'Xavier'], [0.66, 0.74]),
  factor(['ReLU', 'He'], [0.93, 1.05]),
  ofProfile(
    'gradient of the weights, first layer over last',
    ['ReLU', 'Xavier'],
    { between: [0.2, 5] },
    ({ weights }) => weights[0] / weights[weights.length - 1],
  ),
  loss('sigmoid', 'He', 'Adam', { atLeast: 0.69 }),
  loss('ReLU', 'Xavier', 'SGD', { atLeast: 0.66 }),
  loss('ReLU', 'Xavier', 'Adam', { atMost: 0.3 }),
  loss('ReLU', 'He', 'SGD', { atMost: 0.4 }),
  loss('ReLU', 'He', 'Adam', { atMost: 0.1 }),
  dying('ReLU', 'off', { atLeast: 15 }),
  dying('ReLU', 'revived', { atMost: 0 }),
  dying('ReLU', 'accuracy', { atLeast: 0.95 }),
  dying('leaky ReLU', 'revived', { atLeast: 5 }),
];
