/**
 * A sine wave with noise: a curve to fit, or a series in time to foretell.
 */
import { arange, type Generator, placed, randn, type Tensor } from '../core';
import { checkCount } from './labelled';

export interface SineOptions {
  /** How far x goes from one point to the next. */
  step?: number;
  /** The standard deviation of what is added to y. */
  noise?: number;
  generator?: Generator;
}

/** `count` points in order: x [N, 1] = 0, step, 2·step, … and y [N, 1] = sin x + noise. */
export function sine(
  count: number,
  { step = 0.1, noise = 0.1, generator }: SineOptions = {},
): { x: Tensor; y: Tensor; source: string } {
  checkCount('sine', count);
  const x = arange(0, count, 1, { device: 'cpu' }).mul(step).reshape(count, 1); // [N, 1]
  const y = x.sin().add(randn([count, 1], { generator, device: 'cpu' }).mul(noise));
  return { x: placed(x), y: placed(y), source: `${count} generated points of a sine wave, noise ${noise}` };
}
