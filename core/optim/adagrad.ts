/**
 * Adagrad (Duchi, Hazan and Singer, 2011): each weight's step is divided by the size of all its gradients so far. What
 * is rarely touched, as a rare word's row of an embedding, keeps its large steps.
 *
 *   s ← s + g²
 *   w ← w − lrₜ·g / (√s + eps)                with lrₜ = lr / (1 + (t − 1)·lrDecay)
 */
import type { Kernels } from '../kernels/kernels';
import type { Tensor } from '../tensor/tensor';
import { Optimizer, type ParameterGroup } from './optimizer';

export interface AdagradSettings {
  lr: number;
  lrDecay: number;
  weightDecay: number;
  /** What s begins with. */
  initialAccumulatorValue: number;
  eps: number;
}

export class Adagrad extends Optimizer<AdagradSettings> {
  constructor(
    parameters: readonly Tensor[] | readonly ParameterGroup<AdagradSettings>[],
    {
      lr = 0.01,
      lrDecay = 0,
      weightDecay = 0,
      initialAccumulatorValue = 0,
      eps = 1e-10,
    }: Partial<AdagradSettings> = {},
  ) {
    super(parameters, { lr, lrDecay, weightDecay, initialAccumulatorValue, eps });
  }

  protected override update(
    kernels: Kernels,
    { lr, lrDecay, weightDecay, initialAccumulatorValue, eps }: AdagradSettings,
    parameters: Tensor[],
    gradients: Tensor[],
    step: number,
  ): void {
    const decayed = lr / (1 + (step - 1) * lrDecay);
    const sums = this.memory('sum', parameters, initialAccumulatorValue);
    kernels.adagrad({ lr: decayed, eps, weightDecay }, parameters, gradients, sums);
  }
}
