/**
 * Exercise: two more operations for the engine.
 *
 * The engine knows ten operations. Add two from outside: each makes a new Value from its number, a label, the
 * inputs, and the slope along each input. The lesson's section "An engine of a hundred lines" shows how the others
 * do it.
 *
 * Check it:  npm run exercises 03          Stuck?  npm run exercises 03 hint operations
 */
import { notYet } from '../../shared/exercise';
import { Value } from '../engine';

/** log(1 + eˣ): a ReLU with a rounded corner. */
export function softplus(x: Value): Value {
  return notYet('softplus: new Value(number, label, [x], [slope along x])');
}

/** The larger of two. */
export function maximum(a: Value, b: Value): Value {
  return notYet('maximum: which of the two inputs moves the result?');
}
