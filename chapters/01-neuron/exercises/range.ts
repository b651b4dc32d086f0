/**
 * Exercise: a range, from three neurons.
 *
 * Tea is good between 50 and 60 degrees: at 50 < t < 60 the answer is 1, below 45 and above 65 it is 0 (between those,
 * either is fine). One neuron with the single input t can only say "warmer than" or "colder than". Find the weights
 * and biases of two neurons that hear t, and of a third that hears those two, so that the third one says when to
 * drink. All three answer with the step.
 *
 * The lesson's section "Three neurons" does the same for XOR.
 *
 * Check it:  npm run exercises 01          Stuck?  npm run exercises 01 hint range
 */
import { notYet } from '../../shared/exercise';

export interface Neuron {
  weights: number[];
  bias: number;
}

/** Two neurons with one weight each, for t; and one with two weights, for what those two say. */
export function teaNeurons(): { hidden: [Neuron, Neuron]; output: Neuron } {
  return notYet('the weights and biases of three neurons');
}
