/**
 * Stochastic gradient descent: a step against the gradient, with a velocity that remembers earlier steps where
 * momentum is set.
 *
 *   g ← g + weightDecay·w
 *   v ← momentum·v + (1 − dampening)·g        (the first v is g)
 *   w ← w − lr·v                              (Nesterov: w − lr·(g + momentum·v))
 */
import type { Kernels } from '../kernels/kernels';
import type { Tensor } from '../tensor/tensor';
import { Optimizer, type ParameterGroup } from './optimizer';

export interface SGDSettings {
  lr: number;
  momentum: number;
  dampening: number;
  nesterov: boolean;
  weightDecay: number;
}

export class SGD extends Optimizer<SGDSettings> {
  constructor(
    parameters: readonly Tensor[] | readonly ParameterGroup<SGDSettings>[],
    { lr = 1e-3, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 }: Partial<SGDSettings> = {},
  ) {
    super(parameters, { lr, momentum, dampening, nesterov, weightDecay });
    for (const group of this.paramGroups) {
      if (group.nesterov && (group.momentum === 0 || group.dampening !== 0))
        throw new Error('SGD: nesterov needs a momentum above 0 and no dampening');
    }
  }

  protected override update(
    kernels: Kernels,
    settings: SGDSettings,
    parameters: Tensor[],
    gradients: Tensor[],
    step: number,
  ): void {
    const velocities = settings.momentum === 0 ? null : this.memory('velocity', parameters);
    kernels.sgd({ ...settings, first: step === 1 }, parameters, gradients, velocities);
  }
}
