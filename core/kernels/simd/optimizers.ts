/** Optimiser updates, in place, over all parameters at once. */
import type { AdagradSettings, AdamSettings, RmspropSettings, SgdSettings } from '../kernels';
import type { Strided } from '../strided';
import { address, count, wasm } from './host';

/** As in assembly/optimizers.ts. */
const SGD = 0;
const ADAGRAD = 1;
const RMSPROP = 2;
const ADAM = 3;

/** Lists the tensors of the update that follows; m and s are whatever two averages the optimiser keeps. */
function list(parameters: Strided[], gradients: Strided[], m: Strided[] | null, s: Strided[] | null): void {
  wasm.startUpdate();
  for (let i = 0; i < parameters.length; i++) {
    const [mean, square] = [m ? address(m[i]) : 0, s ? address(s[i]) : 0];
    wasm.addTensor(address(parameters[i]), address(gradients[i]), mean, square, count(parameters[i].shape));
  }
}

export function sgd(
  { lr, momentum, dampening, nesterov, weightDecay, first }: SgdSettings,
  parameters: Strided[],
  gradients: Strided[],
  velocities: Strided[] | null,
): void {
  list(parameters, gradients, velocities, null);
  wasm.update(SGD, lr, weightDecay, 0, momentum, 1 - dampening, Number(nesterov), Number(first), 0);
}

export function adagrad(
  { lr, eps, weightDecay }: AdagradSettings,
  parameters: Strided[],
  gradients: Strided[],
  sums: Strided[],
): void {
  list(parameters, gradients, null, sums);
  wasm.update(ADAGRAD, lr, weightDecay, eps, 0, 0, 0, 0, 0);
}

export function rmsprop(
  { lr, alpha, eps, weightDecay, momentum }: RmspropSettings,
  parameters: Strided[],
  gradients: Strided[],
  squares: Strided[],
  velocities: Strided[] | null,
): void {
  list(parameters, gradients, velocities, squares);
  wasm.update(RMSPROP, lr, weightDecay, eps, alpha, 1 - alpha, momentum, 0, 0);
}

export function adam(
  { lr, beta1, beta2, eps, weightDecay, decoupled, step }: AdamSettings,
  parameters: Strided[],
  gradients: Strided[],
  means: Strided[],
  squares: Strided[],
): void {
  list(parameters, gradients, means, squares);
  const meanCorrection = 1 - beta1 ** step; // both averages start at 0 and are too small at first
  const root = Math.sqrt(1 - beta2 ** step);
  const [decay, shrinking] = decoupled ? [0, lr * weightDecay] : [weightDecay, 0];
  const rate = (lr * root) / meanCorrection;
  wasm.update(ADAM, rate, decay, eps * root, beta1, 1 - beta1, beta2, 1 - beta2, shrinking);
}
