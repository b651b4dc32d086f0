/**
 * Where random numbers come from: a generator is a seed and a counter. Two generators with the same seed give the
 * same numbers on every device, with any number of threads, and drawing from one does not disturb another.
 */

import type { RandomPlace } from '../kernels/kernels';
import { philox } from '../kernels/philox';

export class Generator {
  private counter = 0;

  constructor(private seed: number) {
    this.manualSeed(seed);
  }

  /** Starts the stream of this seed from its beginning. */
  manualSeed(seed: number): this {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new Error(`manualSeed: a seed is a whole number from 0 up, not ${seed}`);
    this.seed = seed;
    this.counter = 0;
    return this;
  }

  /** The place of the next `count` numbers, which are then spoken for. */
  take(count: number): RandomPlace {
    const place = { seed: this.seed, counter: this.counter };
    this.counter += Math.ceil(count / 4);
    return place;
  }

  get state(): RandomPlace {
    return { seed: this.seed, counter: this.counter };
  }

  set state({ seed, counter }: RandomPlace) {
    this.seed = seed;
    this.counter = counter;
  }

  /** 32 random bits. */
  bits(): number {
    const block = new Uint32Array(4);
    const { seed, counter } = this.take(1);
    philox(seed, counter, block);
    return block[0];
  }
}

export const defaultGenerator = new Generator(0);

/** Seeds the generator that everything random uses unless it is given its own. */
export function manualSeed(seed: number): Generator {
  return defaultGenerator.manualSeed(seed);
}
