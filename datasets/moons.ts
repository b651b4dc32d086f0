/**
 * Two moons: two half circles that reach into each other, so that no straight line can part them. The first test of a
 * network.
 */
import { type Generator, rand, randn, stack, type Tensor, tensor } from '../core';

export interface MoonsOptions {
  /** The standard deviation of what is added to both coordinates. */
  noise?: number;
  generator?: Generator;
}

/** `count` points x [N, 2] and their labels y [N]: 0 on the upper moon, 1 on the lower, in turns. */
export function moons(count: number, { noise = 0.1, generator }: MoonsOptions = {}): { x: Tensor; y: Tensor } {
  if (!Number.isInteger(count) || count < 1) throw new Error(`moons: count is a whole number from 1 up, not ${count}`);
  const y = tensor(Int32Array.from({ length: count }, (_, i) => i % 2)); // [N]
  const angle = rand([count], { generator }).mul(Math.PI); // [N]
  const upper = stack([angle.cos(), angle.sin()], 1); // [N, 2]
  const lower = stack([angle.cos().neg().add(1), angle.sin().neg().add(0.5)], 1); // [N, 2]
  const x = lower.where(y.unsqueeze(1), upper).add(randn([count, 2], { generator }).mul(noise));
  return { x, y };
}
