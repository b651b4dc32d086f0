/**
 * RMSprop (Hinton, lecture 6e, 2012): each weight's step is divided by the recent size of its gradient, so that steep
 * and flat directions move alike.
 *
 *   s ← alpha·s + (1 − alpha)·g²
 *   w ← w − lr·g / (√s + eps)                 (with momentum: v ← momentum·v + g / (√s + eps),  w ← w − lr·v)
 */
import type { Kernels, RmspropSettings } from '../kernels/kernels';
import type { Tensor } from '../tensor/tensor';
import { Optimizer, type ParameterGroup } from './optimizer';

export class RMSprop extends Optimizer<RmspropSettings> {
  constructor(
    parameters: readonly Tensor[] | readonly ParameterGroup<RmspropSettings>[],
    { lr = 0.01, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0 }: Partial<RmspropSettings> = {},
  ) {
    super(parameters, { lr, alpha, eps, weightDecay, momentum });
  }

  protected override update(
    kernels: Kernels,
    settings: RmspropSettings,
    parameters: Tensor[],
    gradients: Tensor[],
  ): void {
    const velocities = settings.momentum === 0 ? null : this.memory('velocity', parameters);
    kernels.rmsprop(settings, parameters, gradients, this.memory('square', parameters), velocities);
  }
}
