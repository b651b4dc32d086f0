import { customOperation, type Tensor } from '../../../../core';
import type * as Solution from '../solutions/mish';

type Answer = typeof Solution;

const withGradient = (gradient: (g: Tensor, z: Tensor) => Tensor): Answer => ({
  mish: customOperation('mish', {
    forward: (z) => z.mul(z.softplus().tanh()),
    backward: ([z]) => ({ saves: [z], gradients: [(g) => gradient(g, z)] }),
  }),
});

export const leavesItToTheCore: Answer = { mish: (z) => z.mul(z.softplus().tanh()) };

export const onlyHalfOfTheProduct = withGradient((g, z) => g.mul(z.softplus().tanh()));

export const forgetsTheInnerSlope = withGradient((g, z) => {
  const t = z.softplus().tanh();
  return g.mul(t.add(z.mul(t.mul(t).neg().add(1))));
});

export const forgetsWhatComesFromAbove = withGradient((_, z) => {
  const t = z.softplus().tanh();
  return t.add(z.mul(t.mul(t).neg().add(1)).mul(z.sigmoid()));
});
