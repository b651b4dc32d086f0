/**
 * Exercise: let the signal live.
 *
 * A layer computes z = W·h and then h = f(z). If its weights are gain/√inputs wide, the scores z are as large as
 * before just when
 *
 *   gain² · (mean of f(z)², for z drawn from the bell curve) = 1
 *
 * Write the gain for any activation f. For ReLU the mean is ½, so the gain is √2, which is He's; you need it for
 * activations whose mean nobody has worked out. A sum over many places z, each weighted by e^(−z²/2), will do.
 *
 * Check it:  npm run exercises 04          Stuck?  npm run exercises 04 hint gain
 */
import { notYet } from '../../shared/exercise';

export function gainOf(f: (z: number) => number): number {
  return notYet('1 over the root of the mean of f(z)²');
}
