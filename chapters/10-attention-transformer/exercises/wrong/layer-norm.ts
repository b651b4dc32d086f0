import type { Tensor } from '../../../../core';
import * as solution from '../solutions/layer-norm';

type Answer = typeof solution;

const std = (x: Tensor, eps: number): Tensor => x.var(-1, { keepdim: true, unbiased: false }).add(eps).sqrt();

/** Over the examples of a batch: that is batch norm. */
export const overTheBatch: Answer = {
  ...solution,
  layerNorm: (x, eps) => solution.layerNorm(x.transpose(), eps).transpose(),
};

export const dividesByOneLess: Answer = {
  ...solution,
  layerNorm: (x, eps) => x.sub(x.mean(-1, { keepdim: true })).div(x.var(-1, { keepdim: true }).add(eps).sqrt()),
};

export const forgetsTheRoot: Answer = {
  ...solution,
  layerNorm: (x, eps) =>
    x.sub(x.mean(-1, { keepdim: true })).div(x.var(-1, { keepdim: true, unbiased: false }).add(eps)),
};

export const onlyDivides: Answer = { ...solution, gradientOfLayerNorm: (g, x, eps) => g.div(std(x, eps)) };

export const forgetsTheVariance: Answer = {
  ...solution,
  gradientOfLayerNorm: (g, x, eps) => g.sub(g.mean(-1, { keepdim: true })).div(std(x, eps)),
};
