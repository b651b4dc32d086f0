/**
 * Exercise: dropout.
 *
 * While a network learns, dropout sets each signal to 0 with probability p, at random, and makes the others larger,
 * so that their mean stays what it was. Afterwards it does nothing. The chance is drawn for you: `mask` has the shape
 * of x, 1 where a signal stays, 0 where it is dropped.
 *
 * Write what comes out, and the gradient along x for the gradient g of what came out (while learning).
 *
 * Check it:  npm run exercises 05          Stuck?  npm run exercises 05 hint dropout
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function dropout(x: Tensor, mask: Tensor, p: number, training: boolean): Tensor {
  return notYet(`dropout with p = ${p} of x [${x.shape}]`);
}

export function gradientOfDropout(g: Tensor, mask: Tensor, p: number): Tensor {
  return notYet('the gradient of dropout along x');
}
