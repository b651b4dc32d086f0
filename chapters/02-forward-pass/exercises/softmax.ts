/**
 * Exercise: softmax.
 *
 * Write softmax along the last axis: p = eˣ / Σ eˣ, for a vector, a batch, anything. Use exp, sum, max, sub and
 * div. It must also survive scores of 1000, whose e¹⁰⁰⁰ is infinite: nothing changes when the same number is taken
 * off all scores of a row.
 *
 * Check it:  npm run exercises 02          Stuck?  npm run exercises 02 hint softmax
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function softmax(x: Tensor): Tensor {
  return notYet(`the probabilities for scores of shape [${x.shape}]`);
}
