/**
 * Exercise: a neuron of your own.
 *
 * Write the three formulas of a neuron. The lesson's section "A decision, weighed" has all of them.
 *
 * Check it:  npm run exercises 01          Stuck?  npm run exercises 01 hint decide
 */
import { notYet } from '../../shared/exercise';

/** z = w1·x1 + w2·x2 + … + b, for any number of inputs. */
export function score(weights: number[], inputs: number[], bias: number): number {
  return notYet('the score of a neuron');
}

/** 1 where z is above 0, else 0. */
export function step(z: number): number {
  return notYet('the step');
}

/** 1 / (1 + e⁻ᶻ) */
export function sigmoid(z: number): number {
  return notYet('the sigmoid');
}
