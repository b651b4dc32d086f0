/**
 * Exercise: take over what fits.
 *
 * `saved` are the tensors of a file by name, `own` those of a new network (its `stateDict()`), which may have a head
 * for other classes. Give back the values for the new network: the saved one where there is one of the same name *and*
 * the same shape, otherwise its own. And list the names that kept their own, in the order of `own`.
 *
 * Check it:  npm run exercises 08          Stuck?  npm run exercises 08 hint transplant
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

type Tensors = Record<string, Tensor>;

export function transplant(saved: Tensors, own: Tensors): { values: Tensors; kept: string[] } {
  return notYet('the values for the new network, and the names that kept their own');
}
