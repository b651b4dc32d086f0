/**
 * Exercise: the slopes of two losses.
 *
 * Write how fast each loss grows with the prediction. The lesson's section "How wrong?" has the losses and "Which
 * way?" the idea of a slope; draw the curves and read off the sign before you write the formula.
 *
 * Check it:  npm run exercises 03          Stuck?  npm run exercises 03 hint slopes
 */
import { notYet } from '../../shared/exercise';

/** The slope along p of Huber's loss: (p − t)²/2 up to a distance of delta, delta·(|p − t| − delta/2) beyond. */
export function slopeOfHuber(p: number, t: number, delta: number): number {
  return notYet("the slope of Huber's loss along the prediction");
}

/** The slope along p of binary cross-entropy: −t·log p − (1 − t)·log(1 − p), for a target t of 0 or 1. */
export function slopeOfBinary(p: number, t: number): number {
  return notYet('the slope of binary cross-entropy along the probability');
}
