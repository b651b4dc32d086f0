/**
 * Exercise: the sliding window.
 *
 * Slide a filter over a plane of numbers, in loops: y[i][j] is the sum of all filter[u][v] times the number of the
 * plane that lies under it. Windows start `stride` places apart, and the plane has `padding` zeros on each of its
 * sides. Filters and planes need not be square.
 *
 * Check it:  npm run exercises 06          Stuck?  npm run exercises 06 hint slide
 */
import { notYet } from '../../shared/exercise';

export function slide(plane: number[][], filter: number[][], stride: number, padding: number): number[][] {
  return notYet(`a filter of ${filter.length} rows over one of ${plane.length}, stride ${stride}, zeros ${padding}`);
}
