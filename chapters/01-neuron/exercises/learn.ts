/**
 * Exercise: the perceptron rule.
 *
 * Go once through the examples, in their order. After every wrong answer, move the weights and the bias at once, so
 * that the next example already meets the moved neuron. The lesson's section "Learning from mistakes" has the
 * formulas.
 *
 * Leave the lists you are given as they are: return new ones.
 *
 * Check it:  npm run exercises 01          Stuck?  npm run exercises 01 hint learn
 */
import { notYet } from '../../shared/exercise';

export interface Example {
  x: number[];
  /** 1 for yes, 0 for no. */
  y: number;
}

/** The neuron after one pass, and how many answers were wrong on the way. */
export function onePass(
  examples: Example[],
  weights: number[],
  bias: number,
  rate: number,
): { weights: number[]; bias: number; mistakes: number } {
  return notYet('one pass of the perceptron rule');
}
