/**
 * Updates of many parameters at once, in place. The lists run in parallel; the formulas stand in core/optim.
 */
import type { Strided } from '../strided';

export interface AdamSettings {
  lr: number;
  beta1: number;
  beta2: number;
  eps: number;
  weightDecay: number;
  /** Weight decay shrinks the weights themselves (AdamW) instead of joining the gradient. */
  decoupled: boolean;
  /** Counted from 1. */
  step: number;
}

export interface SgdSettings {
  lr: number;
  momentum: number;
  dampening: number;
  nesterov: boolean;
  weightDecay: number;
  /** The velocity starts as the gradient itself. */
  first: boolean;
}

export interface RmspropSettings {
  lr: number;
  alpha: number;
  eps: number;
  weightDecay: number;
  momentum: number;
}

export interface AdagradSettings {
  /** The learning rate of this step, already decayed. */
  lr: number;
  eps: number;
  weightDecay: number;
}

export interface OptimizerKernels {
  /** `velocities` is null without momentum. */
  sgd(settings: SgdSettings, parameters: Strided[], gradients: Strided[], velocities: Strided[] | null): void;
  adagrad(settings: AdagradSettings, parameters: Strided[], gradients: Strided[], sums: Strided[]): void;
  /** `velocities` is null without momentum. */
  rmsprop(
    settings: RmspropSettings,
    parameters: Strided[],
    gradients: Strided[],
    squares: Strided[],
    velocities: Strided[] | null,
  ): void;
  adam(settings: AdamSettings, parameters: Strided[], gradients: Strided[], means: Strided[], squares: Strided[]): void;
}
