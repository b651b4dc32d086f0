/**
 * Optimiser updates, in place, over all parameters at once. One line for each line of the formulas in core/optim.
 */
import type { AdagradSettings, AdamSettings, RmspropSettings, SgdSettings } from '../kernels';
import { contiguousElements, type Strided } from '../strided';

export function sgd(
  { lr, momentum, dampening, nesterov, weightDecay, first }: SgdSettings,
  parameters: Strided[],
  gradients: Strided[],
  velocities: Strided[] | null,
): void {
  parameters.forEach((parameter, p) => {
    const [w, gw] = [contiguousElements(parameter), contiguousElements(gradients[p])];
    const v = velocities && contiguousElements(velocities[p]);
    for (let i = 0; i < w.length; i++) {
      let g = gw[i] + weightDecay * w[i];
      if (v) {
        v[i] = first ? g : momentum * v[i] + (1 - dampening) * g;
        g = nesterov ? g + momentum * v[i] : v[i];
      }
      w[i] -= lr * g;
    }
  });
}

export function adagrad(
  { lr, eps, weightDecay }: AdagradSettings,
  parameters: Strided[],
  gradients: Strided[],
  sums: Strided[],
): void {
  parameters.forEach((parameter, p) => {
    const [w, gw, s] = [contiguousElements(parameter), contiguousElements(gradients[p]), contiguousElements(sums[p])];
    for (let i = 0; i < w.length; i++) {
      const g = gw[i] + weightDecay * w[i];
      s[i] += g * g;
      w[i] -= (lr * g) / (Math.sqrt(s[i]) + eps);
    }
  });
}

export function rmsprop(
  { lr, alpha, eps, weightDecay, momentum }: RmspropSettings,
  parameters: Strided[],
  gradients: Strided[],
  squares: Strided[],
  velocities: Strided[] | null,
): void {
  parameters.forEach((parameter, p) => {
    const [w, gw, s] = [
      contiguousElements(parameter),
      contiguousElements(gradients[p]),
      contiguousElements(squares[p]),
    ];
    const v = velocities && contiguousElements(velocities[p]);
    for (let i = 0; i < w.length; i++) {
      const g = gw[i] + weightDecay * w[i];
      s[i] = alpha * s[i] + (1 - alpha) * g * g;
      let change = g / (Math.sqrt(s[i]) + eps);
      if (v) change = v[i] = momentum * v[i] + change;
      w[i] -= lr * change;
    }
  });
}

export function adam(
  { lr, beta1, beta2, eps, weightDecay, decoupled, step }: AdamSettings,
  parameters: Strided[],
  gradients: Strided[],
  means: Strided[],
  squares: Strided[],
): void {
  const meanCorrection = 1 - beta1 ** step; // both averages start at 0 and are too small at first
  const squareCorrection = 1 - beta2 ** step;
  parameters.forEach((parameter, p) => {
    const [w, gw] = [contiguousElements(parameter), contiguousElements(gradients[p])];
    const [m, s] = [contiguousElements(means[p]), contiguousElements(squares[p])];
    for (let i = 0; i < w.length; i++) {
      const g = decoupled ? gw[i] : gw[i] + weightDecay * w[i];
      if (decoupled) w[i] -= lr * weightDecay * w[i];
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      s[i] = beta2 * s[i] + (1 - beta2) * g * g;
      w[i] -= (lr * (m[i] / meanCorrection)) / (Math.sqrt(s[i] / squareCorrection) + eps);
    }
  });
}
