import type { Tensor } from '../../../../core';

/** 1 for a target of 0, `weight` for a target of 1. */
const weightsOf = (t: Tensor, weight: number): Tensor => t.mul(weight - 1).add(1);

export function weightedLoss(z: Tensor, t: Tensor, weight: number): Tensor {
  const w = weightsOf(t, weight);
  const each = z.softplus().sub(z.mul(t));
  return each.mul(w).sum().div(w.sum());
}

export function gradientOfScores(g: Tensor, z: Tensor, t: Tensor, weight: number): Tensor {
  const w = weightsOf(t, weight);
  return z.sigmoid().sub(t).mul(w).div(w.sum()).mul(g);
}
