/** Random numbers: the same on all devices, whatever the length; counters that carry, seeds of more than 32 bits. */
import type { Distribution, RandomPlace } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

/** Equal to the last bit, but for the normals, whose largest are about 4. */
const distributions: [string, Distribution, number][] = [
  ['uniform', { kind: 'uniform' }, 0],
  ['normal', { kind: 'normal' }, 2e-7],
  ['bernoulli 0.3', { kind: 'bernoulli', p: 0.3 }, 0],
  ['bernoulli 0', { kind: 'bernoulli', p: 0 }, 0],
  ['bernoulli 1', { kind: 'bernoulli', p: 1 }, 0],
  ['integer', { kind: 'integer', low: -3, high: 1000 }, 0],
];

const places: RandomPlace[] = [
  { seed: 7, counter: 0 },
  { seed: 2 ** 40 + 5, counter: 2 ** 32 - 2 },
  { seed: 1, counter: 2 ** 33 + 7 },
];

export const randomCases: Case[] = distributions.flatMap(([name, distribution, tolerance]) =>
  [0, 1, 30, 20_003].map((n) =>
    oneCase(
      `${name}, ${n} numbers`,
      'random',
      (kernels) =>
        places.map((place) => {
          const y = blank([n]);
          kernels.random(distribution, place, y);
          return y;
        }),
      tolerance,
    ),
  ),
);
