/**
 * Exercise: a dense layer for a batch.
 *
 * Write y = x·Wᵀ + b on tensors: x is a batch [N, in], the weight is kept as [out, in], the bias is [out]. Use
 * matmul, transpose and add; no loops, and no reading of values: then gradients flow through it, which the last
 * check tries (chapter 03 explains how).
 *
 * Check it:  npm run exercises 02          Stuck?  npm run exercises 02 hint dense
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function dense(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return notYet(`the outputs of a layer with weight [${weight.shape}] and bias [${bias.shape}] for x [${x.shape}]`);
}
