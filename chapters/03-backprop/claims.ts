/** What this lesson states about chance: how many random starts learn XOR. */
import type { Bound, Claim } from '../shared/claims';
import { type Life, live, relu } from './xor';

type Kind = Parameters<typeof live>[1];

const STARTS = 100;
const DATA = 'XOR (the four points)';

/** Of a hundred starts, how many learn; the first hundred for seed 0, the next for seed 1. */
const learned = (kind: Kind, bound: Bound): Claim => ({
  script: 'xor.ts',
  figure: `starts of 100 that learn XOR, ${kind.name}`,
  bound,
  seeds: 2,
  async run(seed) {
    const settings = { starts: STARTS, seed: seed * STARTS, rate: 0.1, steps: 1000 };
    const lives: Life[] = [];
    for (let i = 0; i < STARTS; i++) lives.push(await live(settings.seed + i, kind, settings));
    return { value: lives.filter((life) => life.learned).length, data: DATA };
  },
});

export const claims: Claim[] = [
  learned({ name: '4 ReLU', units: 4, activation: relu }, { between: [50, 70] }),
  learned({ name: '4 leaky ReLU', units: 4, activation: (z) => z.leakyRelu(0.1) }, { atLeast: 85 }),
  learned({ name: '8 ReLU', units: 8, activation: relu }, { atLeast: 90 }),
];
