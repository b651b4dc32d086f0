/**
 * Exercise: the way back through a convolution.
 *
 * y = conv2d(x, w), stride 1, no padding; g is the gradient of the loss along y. Write the gradients along x and along
 * w. Both are convolutions again, and the core's `conv2d` may do them.
 *
 * Check it:  npm run exercises 06          Stuck?  npm run exercises 06 hint backward
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

/** g [N, O, H′, W′], w [O, C, k, k] → the gradient along x, [N, C, H, W], where H = H′ + k − 1. */
export function gradientAlongX(g: Tensor, w: Tensor): Tensor {
  return notYet(`the gradient along x, for g [${g.shape}]`);
}

/** x [N, C, H, W], g [N, O, H′, W′] → the gradient along w, [O, C, k, k]. */
export function gradientAlongW(x: Tensor, g: Tensor): Tensor {
  return notYet(`the gradient along w, for g [${g.shape}]`);
}
