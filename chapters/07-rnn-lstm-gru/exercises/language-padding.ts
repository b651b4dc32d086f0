/**
 * Exercise: one length for all.
 *
 * Bring sequences of numbers to one length: what is too long loses its beginning, what is too short gets zeros in
 * front. The mask has a 1 for every number that was there and a 0 for every zero that was put in. A number that was
 * there may itself be 0.
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint language-padding
 */
import { notYet } from '../../shared/exercise';

export function fill(sequences: number[][], length: number): { tokens: number[][]; mask: number[][] } {
  return notYet(`${sequences.length} sequences brought to a length of ${length}`);
}
