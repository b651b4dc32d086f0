import type { Tensor } from '../../../../core';
import type { Block } from '../inverted-residual';

export function invertedResidual(x: Tensor, { expand, depthwise, project, stride }: Block): Tensor {
  const wide = expand ? expand(x).relu6() : x;
  const y = project(depthwise(wide).relu6());
  return stride === 1 && y.shape[1] === x.shape[1] ? x.add(y) : y;
}
