/**
 * Rows of the optimisers: a parameter after three steps with the same gradient.
 */
import { optim, type Tensor } from '../../core';
import { fixed, reals } from './inputs';
import { operation, row } from './row';

interface Optimizer {
  step(): void;
}

const STEPS = 3;

const after = (make: (parameters: Tensor[]) => Optimizer) => (start: Tensor, gradient: Tensor) => {
  const parameter = start.clone();
  parameter.grad = gradient;
  const optimizer = make([parameter]);
  for (let step = 0; step < STEPS; step++) optimizer.step();
  return parameter;
};

const steps = (title: string, make: (parameters: Tensor[]) => Optimizer, torch: string) =>
  row(
    title,
    [fixed(reals(3, 5)), fixed(reals(3, 5))],
    after(make),
    `after_steps(a, b, ${STEPS}, lambda p: torch.optim.${torch})`,
  );

export const optimizers = [
  operation(
    'SGD',
    steps('plain', (p) => new optim.SGD(p, { lr: 0.1 }), 'SGD(p, lr=0.1)'),
    steps('weight decay', (p) => new optim.SGD(p, { lr: 0.1, weightDecay: 0.2 }), 'SGD(p, lr=0.1, weight_decay=0.2)'),
    steps(
      'momentum',
      (p) => new optim.SGD(p, { lr: 0.1, momentum: 0.9, dampening: 0.3 }),
      'SGD(p, lr=0.1, momentum=0.9, dampening=0.3)',
    ),
    steps(
      'Nesterov',
      (p) => new optim.SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true }),
      'SGD(p, lr=0.1, momentum=0.9, nesterov=True)',
    ),
  ),
  operation(
    'RMSprop',
    steps('plain', (p) => new optim.RMSprop(p, { lr: 0.1 }), 'RMSprop(p, lr=0.1)'),
    steps(
      'everything',
      (p) => new optim.RMSprop(p, { lr: 0.1, alpha: 0.9, eps: 1e-3, weightDecay: 0.2, momentum: 0.5 }),
      'RMSprop(p, lr=0.1, alpha=0.9, eps=1e-3, weight_decay=0.2, momentum=0.5)',
    ),
  ),
  operation(
    'Adam',
    steps('plain', (p) => new optim.Adam(p, { lr: 0.1 }), 'Adam(p, lr=0.1)'),
    steps(
      'everything',
      (p) => new optim.Adam(p, { lr: 0.1, betas: [0.8, 0.9], eps: 1e-3, weightDecay: 0.2 }),
      'Adam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.2)',
    ),
  ),
  operation(
    'AdamW',
    steps('plain', (p) => new optim.AdamW(p, { lr: 0.1 }), 'AdamW(p, lr=0.1)'),
    steps(
      'weight decay',
      (p) => new optim.AdamW(p, { lr: 0.1, weightDecay: 0.2 }),
      'AdamW(p, lr=0.1, weight_decay=0.2)',
    ),
  ),
  operation(
    'Adagrad',
    steps('plain', (p) => new optim.Adagrad(p, { lr: 0.1 }), 'Adagrad(p, lr=0.1)'),
    steps(
      'everything',
      (p) => new optim.Adagrad(p, { lr: 0.1, lrDecay: 0.3, weightDecay: 0.2, initialAccumulatorValue: 0.5, eps: 1e-3 }),
      'Adagrad(p, lr=0.1, lr_decay=0.3, weight_decay=0.2, initial_accumulator_value=0.5, eps=1e-3)',
    ),
  ),
];
