/**
 * Exercise: the walk backwards.
 *
 * Write the engine's backward() yourself, without looking at it again: from the result down to everything it was
 * computed from. A Value has `inputs`, `slopes` (one for each input), `order` (a later value has a larger one) and
 * `grad`, all of them 0 at the start here. Neither result.backward() nor result.history() is needed.
 *
 * Check it:  npm run exercises 03          Stuck?  npm run exercises 03 hint walk
 */
import { notYet } from '../../shared/exercise';
import type { Value } from '../engine';

/** Sets `grad` of the result and of every value below it. */
export function walk(result: Value): void {
  notYet('the walk backwards');
}
