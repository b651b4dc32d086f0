/**
 * Networks and two moons in float64, on the CPU. Where steps are too large or layers are many, training magnifies the
 * last digit; float64 has one set of kernels, so that everybody sees the same.
 */
import type { nn, Tensor } from '../../core';
import { moons } from '../../datasets';

export const precise = async <M extends nn.Module>(network: M): Promise<M> => (await network.to('cpu')).to('float64');

/** x [count, 2], target [count, 1]. */
export async function preciseMoons(count: number): Promise<{ x: Tensor; target: Tensor }> {
  const { x, y } = moons(count);
  const [points, labels] = await Promise.all([x.to('cpu'), y.to('cpu')]);
  return { x: points.to('float64'), target: labels.to('float64').unsqueeze(1) };
}
