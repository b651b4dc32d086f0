/**
 * Two moons with so much noise that they overlap: no model is right about every point, so there is a floor that no
 * honest loss gets under, and there are mistakes to be learned by heart.
 */
import type { Tensor } from '../../core';
import { moons } from '../../datasets';

/** Points x [N, 2] and targets y [N, 1], as bceWithLogitsLoss wants them. */
export function noisyMoons(count: number, noise: number): { x: Tensor; y: Tensor } {
  const { x, y } = moons(count, { noise });
  return { x, y: y.to('float32').reshape(count, 1) };
}
