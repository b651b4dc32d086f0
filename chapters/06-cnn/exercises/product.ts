/**
 * Exercise: convolution as a product of matrices.
 *
 * Computers are very good at products of matrices, so most of them convolve like this: write what lies under each
 * window as a column, all columns side by side, and multiply with a matrix that has a filter in each row.
 *
 * Write `patches` with the core's operations (slices, stack, reshape …): the gradients then come by themselves. The
 * stride is 1, and there is no padding. In a column, the places of channel 0 come first, row by row, as in a filter.
 *
 * Check it:  npm run exercises 06          Stuck?  npm run exercises 06 hint product
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

/** [N, C, H, W] → [N, C·k·k, places]: what lies under each of the windows of k × k. */
export function patches(x: Tensor, k: number): Tensor {
  return notYet(`the patches of ${k} × ${k} of x [${x.shape}]`);
}

/** The convolution of x [N, C, H, W] with filters w [O, C, k, k], as a product: [N, O, H − k + 1, W − k + 1]. */
export function convolve(x: Tensor, w: Tensor): Tensor {
  return notYet(`x [${x.shape}] convolved with w [${w.shape}]`);
}
