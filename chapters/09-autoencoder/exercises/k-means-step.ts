/**
 * Exercise: one step of k-means.
 *
 * Give each point to the centre nearest to it, then move each centre to the mean of its points. A centre to which no
 * point belongs stays where it is. When two centres are equally near, the first of them gets the point. Points may
 * have any number of coordinates. What was given must not be changed.
 *
 * Check it:  npm run exercises 09          Stuck?  npm run exercises 09 hint k-means-step
 */
import { notYet } from '../../shared/exercise';

export function kMeansStep(points: number[][], centres: number[][]): number[][] {
  return notYet(`where ${centres.length} centres go among ${points.length} points`);
}
