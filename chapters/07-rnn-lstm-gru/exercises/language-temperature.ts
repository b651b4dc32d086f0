/**
 * Exercise: temperature and perplexity.
 *
 * Scores become probabilities by a softmax; divided by a temperature first, they prefer the likely letters more
 * (below 1) or less (above 1). Large scores must not overflow.
 *
 * Perplexity takes the probabilities that a model gave to what was right, and says among how many equally likely
 * things it hesitated: the geometric mean of 1/p. A text may have a million letters, so the product itself is no way.
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint language-temperature
 */
import { notYet } from '../../shared/exercise';

export function softmaxAt(scores: number[], temperature: number): number[] {
  return notYet(`the probabilities of ${scores.length} letters at temperature ${temperature}`);
}

export function perplexity(p: number[]): number {
  return notYet(`the perplexity of ${p.length} right answers`);
}
