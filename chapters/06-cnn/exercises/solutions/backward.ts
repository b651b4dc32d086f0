import { conv2d, type Tensor } from '../../../../core';

export const gradientAlongX = (g: Tensor, w: Tensor): Tensor =>
  conv2d(g, w.transpose(0, 1).flip(2, 3), null, { padding: w.shape[2] - 1 });

export const gradientAlongW = (x: Tensor, g: Tensor): Tensor =>
  conv2d(x.transpose(0, 1), g.transpose(0, 1)).transpose(0, 1);
