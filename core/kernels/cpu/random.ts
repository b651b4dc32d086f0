/**
 * Random numbers by distribution, from the Philox blocks of philox.ts.
 */
import type { Distribution, RandomPlace } from '../kernels';
import { philox, toUniform } from '../philox';
import { contiguousElements, type Strided } from '../strided';

export function random(distribution: Distribution, { seed, counter }: RandomPlace, y: Strided): void {
  const out = contiguousElements(y);
  const block = new Uint32Array(4);
  const draw = lanes(distribution);
  for (let i = 0; i < out.length; i++) {
    if (i % 4 === 0) philox(seed, counter + i / 4, block);
    out[i] = draw(block, i % 4);
  }
}

/** How one lane of a block becomes a number. */
function lanes(distribution: Distribution): (block: Uint32Array, lane: number) => number {
  switch (distribution.kind) {
    case 'uniform':
      return (block, lane) => toUniform(block[lane]);
    case 'bernoulli': {
      const threshold = Math.floor(distribution.p * 2 ** 32);
      return (block, lane) => (block[lane] < threshold ? 1 : 0);
    }
    case 'integer': {
      const { low, high } = distribution;
      return (block, lane) => low + Math.floor((block[lane] / 2 ** 32) * (high - low));
    }
    case 'normal':
      return normal;
  }
}

/** Box and Muller (1958): two uniforms are a radius and an angle; their two coordinates are independent normals. */
function normal(block: Uint32Array, lane: number): number {
  const pair = lane & 2;
  const radius = Math.sqrt(-2 * Math.log(1 - toUniform(block[pair]))); // 1 − u is never 0
  const angle = 2 * Math.PI * toUniform(block[pair + 1]);
  return radius * (lane % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
}
