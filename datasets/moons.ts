/**
 * Two moons: two half circles that reach into each other, so that no straight line can part them. The first test of a
 * network.
 */
import { type Generator, placed, rand, randn, stack, type Tensor, tensor } from '../core';
import { checkCount, inTurns } from './labelled';

export interface MoonsOptions {
  /** The standard deviation of what is added to both coordinates. */
  noise?: number;
  generator?: Generator;
}

/** `count` points x [N, 2] and their labels y [N]: 0 on the upper moon, 1 on the lower, in turns. */
export function moons(count: number, { noise = 0.1, generator }: MoonsOptions = {}): { x: Tensor; y: Tensor } {
  checkCount('moons', count);
  const y = tensor(inTurns(count, 2), { device: 'cpu' }); // [N]
  const angle = rand([count], { generator, device: 'cpu' }).mul(Math.PI); // [N]
  const upper = stack([angle.cos(), angle.sin()], 1); // [N, 2]
  const lower = stack([angle.cos().neg().add(1), angle.sin().neg().add(0.5)], 1); // [N, 2]
  const noises = randn([count, 2], { generator, device: 'cpu' }).mul(noise);
  const x = lower.where(y.unsqueeze(1), upper).add(noises);
  return { x: placed(x), y: placed(y) };
}
