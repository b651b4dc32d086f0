/** Optimiser updates: many tensors of all sizes, an empty one among them, for two steps. */
import { randn, type Tensor } from '../../../core';
import type { Kernels } from '../../../core/kernels/kernels';
import { type Case, oneCase } from '../case';

const SIZES = [3, 0, 64, 40_001, 10, 30_000, 1];

type Steps = (kernels: Kernels, tensors: Tensor[][]) => void;

/** Parameters, gradients and two averages (which are not negative): all but the gradients are returned. */
function updates(name: string, kernel: keyof Kernels, steps: Steps): Case {
  return oneCase(name, kernel, (kernels) => {
    const some = () => SIZES.map((n) => randn([n]));
    const tensors = [some(), some(), some().map((t) => t.abs()), some().map((t) => t.abs())];
    steps(kernels, tensors);
    return [...tensors[0], ...tensors[2], ...tensors[3]];
  });
}

const weightDecay = 0.1;
const sgd = { lr: 0.1, momentum: 0.9, dampening: 0.2, nesterov: false, weightDecay, first: false };
const rmsprop = { lr: 0.1, alpha: 0.9, eps: 1e-8, weightDecay, momentum: 0 };
const adam = { lr: 0.1, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay, decoupled: false, step: 1 };

export const optimizerCases: Case[] = [
  updates('plain', 'sgd', (kernels, [w, g]) => kernels.sgd({ ...sgd, momentum: 0 }, w, g, null)),
  updates('momentum', 'sgd', (kernels, [w, g, v]) => {
    kernels.sgd({ ...sgd, first: true }, w, g, v);
    kernels.sgd(sgd, w, g, v);
  }),
  updates('Nesterov', 'sgd', (kernels, [w, g, v]) => {
    kernels.sgd({ ...sgd, nesterov: true, first: true }, w, g, v);
    kernels.sgd({ ...sgd, nesterov: true }, w, g, v);
  }),
  updates('two steps', 'adagrad', (kernels, [w, g, s]) => {
    for (const lr of [0.1, 0.05]) kernels.adagrad({ lr, eps: 1e-10, weightDecay }, w, g, s);
  }),
  updates('plain', 'rmsprop', (kernels, [w, g, s]) => kernels.rmsprop(rmsprop, w, g, s, null)),
  updates('momentum', 'rmsprop', (kernels, [w, g, s, v]) => {
    for (let step = 0; step < 2; step++) kernels.rmsprop({ ...rmsprop, momentum: 0.9 }, w, g, s, v);
  }),
  updates('two steps', 'adam', (kernels, [w, g, m, s]) => {
    for (const step of [1, 2]) kernels.adam({ ...adam, step }, w, g, m, s);
  }),
  updates('decoupled', 'adam', (kernels, [w, g, m, s]) => {
    for (const step of [1, 2]) kernels.adam({ ...adam, decoupled: true, step }, w, g, m, s);
  }),
];
