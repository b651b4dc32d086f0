/**
 * Random numbers: Philox 4×32-10, a function of a seed and a counter.
 *
 * Promise: bits, uniforms, Bernoulli and integers are the same on every device; normals agree to 1e-6.
 */
import type { Strided } from '../strided';

/** Where a stream of random numbers stands: 64 bits of key (the seed), and the counter of its next block of four. */
export interface RandomPlace {
  readonly seed: number;
  readonly counter: number;
}

export type Distribution =
  | { kind: 'uniform' } // (bits >>> 8) · 2⁻²⁴, in [0, 1)
  | { kind: 'normal' } // mean 0, variance 1, by Box and Muller
  | { kind: 'bernoulli'; p: number } // 1 where bits < ⌊p · 2³²⌋
  | { kind: 'integer'; low: number; high: number }; // low ≤ n < high

export interface RandomKernels {
  /** y = random numbers: element i takes counter + ⌊i/4⌋, lane i mod 4 (normals: two elements share two lanes). */
  random(distribution: Distribution, place: RandomPlace, y: Strided): void;
}
