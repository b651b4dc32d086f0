/**
 * What the lesson says of networks trained by chance, as bounds on the median of several seeds.
 */
import type { Claim } from '../shared/claims';
import { ARMS, type Arm, atTheEnd, live, lossByCounting } from './ablations';
import { ARMS as DEEP_ARMS, type DeepArm } from './depth';
import { reverse } from './order';
import { type Course, type Parts, type Size, WHOLE } from './rearrange';
import { measureAll } from './scaling';
import { sequenceClaims } from './sequences/claims';

const SORTING = 'rows of digits to be sorted (generated)';

type Measure = 'loss at the end' | 'digits right' | 'gradient, first block over last';

const measured = async (what: Measure, seed: number, parts: Parts, size: Size, course: Course) => {
  const { losses, right, gradients } = await live(seed, parts, size, course);
  if (what === 'digits right') return right;
  return what === 'loss at the end' ? atTheEnd(losses) : gradients[0] / gradients[gradients.length - 1];
};

const ablation = (arm: Arm, what: Measure, bound: Claim['bound']): Claim => ({
  script: 'ablations.ts',
  figure: `${what}, ${arm}, 8 digits, 4 blocks, 200 steps`,
  bound,
  async run(seed) {
    const course: Course = { task: 'sort', batch: 64, steps: 200, rate: 0.003 };
    const value = await measured(what, seed, ARMS[arm], { length: 8, depth: 4, width: 32, heads: 4 }, course);
    return { value, data: SORTING };
  },
});

const deep = (arm: DeepArm, what: Measure, bound: Claim['bound']): Claim => ({
  script: 'depth.ts',
  figure: `${what}, ${arm}, 6 digits, 12 blocks, 150 steps`,
  bound,
  async run(seed) {
    const { parts, warmup } = DEEP_ARMS[arm];
    const course: Course = { task: 'sort', batch: 32, steps: 150, rate: 0.003, warmup: warmup ? 75 : 0 };
    const value = await measured(what, seed, parts, { length: 6, depth: 12, width: 32, heads: 4 }, course);
    return { value, data: SORTING };
  },
});

const reversing = (positions: Parts['positions'], bound: Claim['bound']): Claim => ({
  script: 'order.ts',
  figure: `digits right after reversing 8, positions ${positions}, 1 block, 300 steps`,
  bound,
  async run(seed) {
    const size = { length: 8, depth: 1, width: 32, heads: 2 };
    const { right } = await reverse(seed, size, { ...WHOLE, positions }, 300);
    return { value: right, data: 'rows of digits to be reversed (generated)' };
  },
});

export const claims: Claim[] = [
  {
    script: 'scaling.ts',
    figure: 'largest weight, 16 keys, d = 64, nothing divided',
    bound: { between: [0.8, 0.9] },
    async run(seed) {
      const [{ raw }] = await measureAll([64], { queries: 500, keys: 16 }, seed);
      return { value: raw.largest, data: 'random queries and keys (generated)' };
    },
  },
  reversing('none', { atMost: 0.4 }),
  reversing('sinusoidal', { atLeast: 0.98 }),
  reversing('learned', { atLeast: 0.95 }),
  ablation('whole', 'digits right', { atLeast: 0.98 }),
  ablation('without residuals', 'loss at the end', { atLeast: 1.75 }),
  ablation('without layer norm', 'digits right', { atLeast: 0.9 }),
  ablation('without √d', 'digits right', { atLeast: 0.95 }),
  ablation('without positions', 'loss at the end', { between: [lossByCounting(8), lossByCounting(8) + 0.08] }),
  deep('norm first', 'digits right', { atLeast: 0.9 }),
  deep('norm last', 'loss at the end', { atLeast: 1.9 }),
  deep('norm last, warm-up', 'digits right', { atLeast: 0.5 }),
  deep('no norm', 'loss at the end', { atLeast: 2.5 }),
  deep('no norm', 'gradient, first block over last', { atLeast: 100 }),
  ...sequenceClaims,
];
