/**
 * Adam (Kingma and Ba, 2015): momentum and RMSprop together, with both averages corrected for starting at zero.
 *
 *   m ← β₁·m + (1 − β₁)·g
 *   s ← β₂·s + (1 − β₂)·g²
 *   w ← w − lr · m̂ / (√ŝ + eps)               with m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ)
 */
import type { Kernels } from '../kernels/kernels';
import type { Tensor } from '../tensor/tensor';
import { Optimizer, type ParameterGroup } from './optimizer';

export interface AdamSettings {
  lr: number;
  betas: readonly [number, number];
  eps: number;
  weightDecay: number;
}

export class Adam extends Optimizer<AdamSettings> {
  /** Does weight decay shrink the weights themselves, instead of joining the gradient? */
  protected readonly decoupled: boolean = false;

  constructor(
    parameters: readonly Tensor[] | readonly ParameterGroup<AdamSettings>[],
    { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 }: Partial<AdamSettings> = {},
  ) {
    super(parameters, { lr, betas, eps, weightDecay });
    for (const group of this.paramGroups) {
      for (const beta of group.betas)
        if (!(beta >= 0 && beta < 1)) throw new Error(`${this.constructor.name}: betas lie in [0, 1), not ${beta}`);
    }
  }

  protected override update(
    kernels: Kernels,
    { lr, betas: [beta1, beta2], eps, weightDecay }: AdamSettings,
    parameters: Tensor[],
    gradients: Tensor[],
    step: number,
  ): void {
    const settings = { lr, beta1, beta2, eps, weightDecay, decoupled: this.decoupled, step };
    const means = this.memory('mean', parameters);
    kernels.adam(settings, parameters, gradients, means, this.memory('square', parameters));
  }
}

/**
 * Adam with weight decay of its own (Loshchilov and Hutter, 2019): w ← w − lr·weightDecay·w before each step. As a part
 * of the gradient it would be divided by √ŝ like everything else, and large gradients would decay least.
 */
export class AdamW extends Adam {
  protected override readonly decoupled = true;

  constructor(
    parameters: readonly Tensor[] | readonly ParameterGroup<AdamSettings>[],
    { weightDecay = 0.01, ...settings }: Partial<AdamSettings> = {},
  ) {
    super(parameters, { weightDecay, ...settings });
  }
}
