/** Random numbers: kernels/random. */
import type { Distribution, RandomPlace } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { count, groupsFor } from './elements';
import { launch } from './queue';

const KINDS: Distribution['kind'][] = ['uniform', 'normal', 'bernoulli', 'integer'];
const TWO_32 = 2 ** 32;

export function random(distribution: Distribution, { seed, counter }: RandomPlace, y: Strided): void {
  const n = count(y);
  const threshold = distribution.kind === 'bernoulli' ? Math.floor(distribution.p * TWO_32) : 0;
  const { low, high } = distribution.kind === 'integer' ? distribution : { low: 0, high: 0 };
  launch({
    kernel: 'random',
    constants: { KIND: KINDS.indexOf(distribution.kind), INTEGERS: Number(y.dtype === 'int32') },
    buffers: [y],
    parameters: [
      ...[n, y.offset, seed % TWO_32, Math.floor(seed / TWO_32), counter % TWO_32, Math.floor(counter / TWO_32)],
      ...[threshold, Number(threshold >= TWO_32), low, high - low],
    ],
    groups: groupsFor(Math.ceil(n / 4)),
  });
}
