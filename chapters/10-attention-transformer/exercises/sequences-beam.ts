/**
 * Exercise: a step of beam search.
 *
 * `beam` holds the sentences so far: their symbols, the logarithm of their probability, and whether they have ended.
 * `chances[i]` are the probabilities of every symbol after sentence i (of one that has ended they mean nothing). Let
 * each open sentence go on with every symbol, keep those that have ended as they are, and return the `width` likeliest,
 * the likeliest first. A sentence ends with the symbol `end`. Do not change the beam you are given.
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint sequences-beam
 */
import { notYet } from '../../shared/exercise';

export interface Sentence {
  ids: number[];
  logP: number;
  ended: boolean;
}

export function step(beam: Sentence[], chances: number[][], width: number, end: number): Sentence[] {
  return notYet(`the ${width} likeliest of ${beam.length} sentences × ${chances[0].length} symbols; ${end} ends one`);
}
