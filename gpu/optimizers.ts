/** Optimiser updates: kernels/sgd, adam, and rmsprop, which does Adagrad too. */
import type { AdagradSettings, AdamSettings, RmspropSettings, SgdSettings } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { count, groupsFor } from './elements';
import { asFloat, launch } from './queue';

const floats = (...values: number[]): number[] => values.map(asFloat);

/** A buffer has to be bound also where none is used, and no buffer may be bound twice for writing. */
function orNothing(list: Strided[] | null, use: (at: (i: number) => Strided) => void): void {
  if (list) use((i) => list[i]);
  else borrow([1], 'float32', (nothing) => use(() => nothing));
}

export function sgd(
  settings: SgdSettings,
  parameters: Strided[],
  gradients: Strided[],
  velocities: Strided[] | null,
): void {
  const { lr, momentum, dampening, nesterov, weightDecay, first } = settings;
  orNothing(velocities, (velocity) => {
    parameters.forEach((w, i) => {
      const [g, v, n] = [gradients[i], velocity(i), count(w)];
      launch({
        kernel: 'sgd',
        constants: { MOMENTUM: Number(velocities !== null) },
        buffers: [w, g, v],
        parameters: [
          ...[n, w.offset, g.offset, v.offset, Number(first), Number(nesterov)],
          ...floats(lr, momentum, dampening, weightDecay),
        ],
        groups: groupsFor(n),
      });
    });
  });
}

export function adam(
  { lr, beta1, beta2, eps, weightDecay, decoupled, step }: AdamSettings,
  parameters: Strided[],
  gradients: Strided[],
  means: Strided[],
  squares: Strided[],
): void {
  const settings = floats(lr, beta1, beta2, eps, weightDecay, 1 - beta1 ** step, 1 - beta2 ** step);
  parameters.forEach((w, i) => {
    const [g, m, s, n] = [gradients[i], means[i], squares[i], count(w)];
    launch({
      kernel: 'adam',
      buffers: [w, g, m, s],
      parameters: [n, w.offset, g.offset, m.offset, s.offset, Number(decoupled), ...settings],
      groups: groupsFor(n),
    });
  });
}

export function rmsprop(
  { lr, alpha, eps, weightDecay, momentum }: RmspropSettings,
  parameters: Strided[],
  gradients: Strided[],
  squares: Strided[],
  velocities: Strided[] | null,
): void {
  const settings = floats(lr, alpha, eps, weightDecay, momentum);
  bySquares(0, settings, parameters, gradients, squares, velocities);
}

export function adagrad(
  { lr, eps, weightDecay }: AdagradSettings,
  parameters: Strided[],
  gradients: Strided[],
  sums: Strided[],
): void {
  bySquares(1, floats(lr, 0, eps, weightDecay, 0), parameters, gradients, sums, null);
}

function bySquares(
  SUM: number,
  settings: number[],
  parameters: Strided[],
  gradients: Strided[],
  squares: Strided[],
  velocities: Strided[] | null,
): void {
  orNothing(velocities, (velocity) => {
    parameters.forEach((w, i) => {
      const [g, s, v, n] = [gradients[i], squares[i], velocity(i), count(w)];
      launch({
        kernel: 'rmsprop',
        constants: { SUM, MOMENTUM: Number(velocities !== null) },
        buffers: [w, g, s, v],
        parameters: [n, w.offset, g.offset, s.offset, v.offset, ...settings],
        groups: groupsFor(n),
      });
    });
  });
}
