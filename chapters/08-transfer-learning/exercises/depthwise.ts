/**
 * Exercise: the depthwise convolution.
 *
 * Every map has a window of its own, 3 × 3, and meets no other map. x is [N, C, H, W], w is [C, 3, 3]; there is one
 * row of zeros around x, and the window moves by one, so y is [N, C, H, W] too. As everywhere in this book the window
 * is not turned: w[c, 0, 0] meets the value up left.
 *
 * Write y with slices, products and sums (no conv2d), and its gradients along x and w for the gradient g of y.
 *
 * Check it:  npm run exercises 08          Stuck?  npm run exercises 08 hint depthwise
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function depthwise(x: Tensor, w: Tensor): Tensor {
  return notYet(`the depthwise convolution of x [${x.shape}] with w [${w.shape}]`);
}

export function gradientsOfDepthwise(g: Tensor, x: Tensor, w: Tensor): { gx: Tensor; gw: Tensor } {
  return notYet('the gradients of the depthwise convolution');
}
