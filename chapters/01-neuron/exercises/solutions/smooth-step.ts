import type { Tensor } from '../../../../core';

export const forward = (x: Tensor): Tensor => x.neg().exp().add(1).pow(-1);

export const gradient = (y: Tensor, g: Tensor): Tensor => g.mul(y).mul(y.neg().add(1));
