/**
 * Exercise: how long a gate remembers.
 *
 * An LSTM's memory is multiplied by its forget gate at every step. Suppose that nothing but the bias b speaks in the
 * gate's score, and that nothing new is written. What part of the memory is left after k steps? And the other way
 * round: which bias keeps a given part (between 0 and 1) for k steps?
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint half-life
 */
import { notYet } from '../../shared/exercise';

export function partLeft(bias: number, steps: number): number {
  return notYet(`what is left after ${steps} steps with a bias of ${bias}`);
}

export function biasToKeep(part: number, steps: number): number {
  return notYet(`the bias that keeps ${part} for ${steps} steps`);
}
