/** Random numbers by distribution. */
import * as plain from '../cpu/random';
import type { Distribution, RandomPlace } from '../kernels';
import type { Strided } from '../strided';
import { address, count, wasm } from './host';
import { fill } from './map';

/** As in assembly/random.ts. */
const UNIFORM = 0;
const NORMAL = 1;
const BERNOULLI = 2;
const TWO_32 = 2 ** 32;

export function random(distribution: Distribution, place: RandomPlace, y: Strided): void {
  switch (distribution.kind) {
    case 'uniform':
      draw(UNIFORM, place, y);
      break;
    case 'normal':
      draw(NORMAL, place, y);
      break;
    case 'bernoulli': {
      const threshold = Math.floor(distribution.p * TWO_32);
      if (threshold >= 1 && threshold < TWO_32) draw(BERNOULLI, place, y, threshold);
      else fill(y, threshold < 1 ? 0 : 1);
      break;
    }
    case 'integer': // into a float32 tensor: rare, and done in double precision
      plain.random(distribution, place, y);
  }
}

function draw(distribution: number, { seed, counter }: RandomPlace, y: Strided, threshold = 0): void {
  const halves = [seed % TWO_32, Math.floor(seed / TWO_32), counter % TWO_32, Math.floor(counter / TWO_32)];
  wasm.random(distribution, address(y), count(y.shape), ...halves, threshold);
}
