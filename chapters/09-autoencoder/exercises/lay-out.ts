/**
 * Exercise: transposed convolution along one axis.
 *
 * Each number of x, times the kernel, is laid down `stride` places after the one before it; where the copies overlap
 * they are added. Then `padding` numbers are cut off at both ends.
 *
 *   layOut([2, 3], [1, 10, 100], 2, 0) is [2, 20, 203, 30, 300]
 *   layOut([2, 3], [1, 10, 100], 2, 1) is    [20, 203, 30]
 *
 * Write it with loops. It is compared with convTranspose1d of the core, and (the surprise) with the gradient of conv1d.
 *
 * Check it:  npm run exercises 09          Stuck?  npm run exercises 09 hint lay-out
 */
import { notYet } from '../../shared/exercise';

export function layOut(x: number[], kernel: number[], stride: number, padding: number): number[] {
  return notYet(`${x.length} numbers laid out by a kernel of ${kernel.length}, stride ${stride}, padding ${padding}`);
}
