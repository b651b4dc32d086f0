/**
 * Exercise: the rule of broadcasting.
 *
 * Write the function that says which shape two tensors have together. Align the shapes at the right. Two extents
 * fit when they are equal, or when one of them is 1 or missing; then the other one counts. If they do not fit,
 * throw an Error whose message names both shapes.
 *
 * Check it:  npm run exercises 02          Stuck?  npm run exercises 02 hint broadcast
 */
import { notYet } from '../../shared/exercise';

export function broadcastShape(a: number[], b: number[]): number[] {
  return notYet(`the shape of [${a}] and [${b}] together`);
}
