/**
 * Exercise: precision, recall and F1 of every class.
 *
 * A confusion matrix says how often class i (the row) was taken for class j (the column). Write the three scores of
 * each class, and the mean of the F1 scores (in the jargon, macro F1). Where a class was never said or never occurs,
 * a score that would be 0/0 is 0.
 *
 * Check it:  npm run exercises 05          Stuck?  npm run exercises 05 hint scores
 */
import { notYet } from '../../shared/exercise';

export interface Scores {
  precision: number[];
  recall: number[];
  f1: number[];
  macroF1: number;
}

export function scores(matrix: number[][]): Scores {
  return notYet(`the scores of ${matrix.length} classes`);
}
