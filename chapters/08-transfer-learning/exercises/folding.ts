/**
 * Exercise: fold batch norm into the convolution before it.
 *
 * After training, batch norm does the same to every number of a map:
 *
 *   y = (x − mean) / √(variance + eps) · scale + shift
 *
 * The convolution in front of it is a weighted sum, so both can be one convolution with other weights and a bias, which
 * is a good deal faster. Write these. `weight` is [out, in, kh, kw], everything else has one number for each of the out
 * maps; `bias` is null where the convolution has none.
 *
 * Check it:  npm run exercises 08          Stuck?  npm run exercises 08 hint folding
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Norm {
  mean: Tensor;
  variance: Tensor;
  scale: Tensor;
  shift: Tensor;
  eps: number;
}

export function fold(weight: Tensor, bias: Tensor | null, norm: Norm): { weight: Tensor; bias: Tensor } {
  return notYet(`weights [${weight.shape}] and a bias that do without the norm of ${norm.mean.size} maps`);
}
