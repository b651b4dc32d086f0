/**
 * Exercise: layer norm.
 *
 * Each row of x [N, D] is brought to mean 0 and variance 1 by itself:
 *
 *   m = mean of the row,  v = mean of (x − m)²,  y = (x − m) / √(v + eps)
 *
 * Write y, and the gradient along x for the gradient g of y. Mean and variance depend on every number of the row, so
 * every number has a part in the slope of every other. (A layer multiplies y by a weight and adds a bias afterwards;
 * leave that out.)
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint layer-norm
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function layerNorm(x: Tensor, eps: number): Tensor {
  return notYet(`layer norm of x [${x.shape}]`);
}

export function gradientOfLayerNorm(g: Tensor, x: Tensor, eps: number): Tensor {
  return notYet('the gradient of layer norm along x');
}
