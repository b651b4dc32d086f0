/**
 * Exercise: two layers in one.
 *
 * Without an activation between them, two dense layers are one. The lesson multiplies out weights kept as [in,
 * out]; a Linear keeps them as [out, in]: y = x·Wᵀ + b. Find the weight and bias of the one layer that does what
 * `first` and then `second` do.
 *
 * Check it:  npm run exercises 02          Stuck?  npm run exercises 02 hint collapse
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Layer {
  weight: Tensor; // [out, in]
  bias: Tensor; // [out]
}

export function collapse(first: Layer, second: Layer): Layer {
  return notYet(`one layer for [${first.weight.shape}] and then [${second.weight.shape}]`);
}
