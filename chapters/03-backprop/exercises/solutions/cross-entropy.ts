import { oneHot, type Tensor } from '../../../../core';

/** p − t, a share of 1/N for each example. */
export function gradientOfScores(g: Tensor, scores: Tensor, labels: Tensor): Tensor {
  const [count, classes] = scores.shape;
  const p = scores.softmax(1); //           [N, C]
  const target = oneHot(labels, classes); // [N, C]
  return p.sub(target).mul(g).div(count);
}
