/**
 * Exercise: how sensitive is the answer?
 *
 * A neuron answers a = sigmoid(w·x + b). Move one weight by a tiny amount: a moves too, and slope = (change of a) /
 * (change of the weight). Write the slope for every weight, and for the bias, as formulas. The lesson's section "How
 * fast does the answer move?" says how.
 *
 * The judge moves every weight a little up and a little down and looks at what happens: a gradient check, your first.
 *
 * Check it:  npm run exercises 01          Stuck?  npm run exercises 01 hint sensitivity
 */
import { notYet } from '../../shared/exercise';

export function sensitivity(
  weights: number[],
  inputs: number[],
  bias: number,
): { weights: number[]; bias: number } {
  return notYet('the slope of the answer along every weight and the bias');
}
