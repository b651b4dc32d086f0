/**
 * Exercise: the inverted residual of MobileNetV2.
 *
 * You are given the three convolutions of a block, each with its batch norm behind it, as functions from tensor to
 * tensor: `expand` (null where the block does not expand), `depthwise`, which moves by `stride`, and `project`. Write
 * what the block makes of x [N, C, H, W]: where ReLU6 stands, and where it does not; and when x is added, and when not.
 *
 * Check it:  npm run exercises 08          Stuck?  npm run exercises 08 hint inverted
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export type ConvNorm = (x: Tensor) => Tensor;

export interface Block {
  expand: ConvNorm | null;
  depthwise: ConvNorm;
  project: ConvNorm;
  stride: number;
}

export function invertedResidual(x: Tensor, block: Block): Tensor {
  return notYet(`an inverted residual of stride ${block.stride} for x [${x.shape}]`);
}
