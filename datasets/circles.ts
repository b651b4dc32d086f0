/**
 * Two circles, one inside the other: no straight line parts them, but a distance from the centre does.
 */
import { type Generator, placed, rand, randn, stack, tensor } from '../core';
import { checkCount, inTurns, type Labelled } from './labelled';

export interface CirclesOptions {
  /** The radius of the inner circle; that of the outer one is 1. */
  factor?: number;
  /** The standard deviation of what is added to both coordinates. */
  noise?: number;
  generator?: Generator;
}

/** `count` points x [N, 2] and their labels y [N]: 0 on the outer circle, 1 on the inner, in turns. */
export function circles(count: number, { factor = 0.5, noise = 0.1, generator }: CirclesOptions = {}): Labelled {
  checkCount('circles', count);
  const y = tensor(inTurns(count, 2), { device: 'cpu' }); // [N]
  const angle = rand([count], { generator, device: 'cpu' }).mul(2 * Math.PI); // [N]
  const radius = y.mul(factor - 1).add(1); // [N]
  const x = stack([angle.cos().mul(radius), angle.sin().mul(radius)], 1).add(
    randn([count, 2], { generator, device: 'cpu' }).mul(noise),
  );
  return { x: placed(x), y: placed(y), source: `${count} generated points on two circles, noise ${noise}` };
}
