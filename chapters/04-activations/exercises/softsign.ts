/**
 * Exercise: an activation and its slope.
 *
 * Softsign is z / (1 + |z|): s-shaped like tanh, but it nears −1 and 1 much more slowly. Write the curve and its
 * derivative. The lesson's section "Ten curves" has the others.
 *
 * Check it:  npm run exercises 04          Stuck?  npm run exercises 04 hint softsign
 */
import { notYet } from '../../shared/exercise';

export function softsign(z: number): number {
  return notYet('z / (1 + |z|)');
}

export function slopeOfSoftsign(z: number): number {
  return notYet('the slope of softsign at z');
}
