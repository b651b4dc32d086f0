/**
 * From scores to one token: the temperature of chapter 07, and top-k before it.
 */
import type { Dice } from '../../datasets';
import { draw, probabilities } from '../07-rnn-lstm-gru/characters';
import type { Choose } from './gpt-model';

// #region top-k
/** The k highest scores; all others become impossible. Of equal ones at the border all stay. */
export function topScores(scores: ArrayLike<number>, k: number): number[] {
  const all = Array.from(scores);
  const least = [...all].sort((a, b) => b - a)[Math.min(k, all.length) - 1];
  return all.map((score) => (score >= least ? score : -Infinity)); // e to the −∞ is 0
}
// #endregion

export interface Style {
  temperature: number;
  topK: number;
}

// #region sampler
export const sampler =
  ({ temperature, topK }: Style, dice: Dice): Choose =>
  (scores) =>
    draw(probabilities(topScores(scores, topK), temperature), dice.roll());
// #endregion
