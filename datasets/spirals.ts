/**
 * Spirals: arms that wind around each other. Hard for a small network, and pretty when it succeeds.
 */
import { type Generator, placed, rand, randn, stack, tensor } from '../core';
import { checkCount, inTurns, type Labelled } from './labelled';

export interface SpiralsOptions {
  /** How many arms, a class each. */
  arms?: number;
  /** How often each winds around the centre. */
  turns?: number;
  /** The standard deviation of what is added to both coordinates. */
  noise?: number;
  generator?: Generator;
}

/** `count` points x [N, 2] within radius 1 and their labels y [N], the arms in turns. */
export function spirals(
  count: number,
  { arms = 3, turns = 0.75, noise = 0.03, generator }: SpiralsOptions = {},
): Labelled {
  checkCount('spirals', count);
  const y = tensor(inTurns(count, arms), { device: 'cpu' }); // [N]
  const radius = rand([count], { generator, device: 'cpu' }).sqrt(); // [N]; the root thins out the crowded middle
  const angle = radius
    .mul(turns)
    .add(y.div(arms))
    .mul(2 * Math.PI); // [N]
  const x = stack([angle.cos().mul(radius), angle.sin().mul(radius)], 1).add(
    randn([count, 2], { generator, device: 'cpu' }).mul(noise),
  );
  return { x: placed(x), y: placed(y), source: `${count} generated points on ${arms} spirals, noise ${noise}` };
}
