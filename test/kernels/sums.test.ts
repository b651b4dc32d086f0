/** The promise of list/reductions.ts: a sum over 4 million elements is within 1e-5 of the exact one, next to Σ |x|. */
import { expect, test } from 'vitest';
import { full, manualSeed, rand, randn, type Tensor } from '../../core';
import { simd } from '../../core/kernels/simd';
import { blank } from './case';

const N = 4_000_000;

const inputs: [string, () => Tensor][] = [
  ['uniform numbers', () => rand([N])],
  ['normal numbers', () => randn([N])],
  ['a number that binary fractions do not hold', () => full([N], 0.1)],
  ['growing numbers', () => rand([N]).cumsum(0)],
];

/** As one row, as one column among others, and as a column of long rows. */
const arrangements: [string, (x: Tensor) => Tensor][] = [
  ['one output', (x) => x],
  ['columns', (x) => x.reshape(N / 4, 4).transpose(0, 1)],
  ['wide columns', (x) => x.reshape(N / 1000, 1000).transpose(0, 1)],
];

for (const [what, make] of inputs) {
  for (const [how, arrange] of arrangements) {
    test(`${what}, ${how}`, () => {
      manualSeed(1);
      const x = arrange(make());
      const y = blank(x.shape.slice(0, -1));
      simd?.reduce?.('sum', x, y, x.shape.length - 1);
      const [values, sums] = [x.dataSync(), y.dataSync()];
      const n = N / sums.length;
      sums.forEach((sum, row) => {
        let [exact, size] = [0, 0];
        for (let i = row * n; i < (row + 1) * n; i++) {
          exact += values[i];
          size += Math.abs(values[i]);
        }
        if (Math.abs(sum - exact) > 1e-5 * size) expect(sum).toBe(exact);
      });
    });
  }
}
