/**
 * Rows of core/ops/math.ts.
 */
import { round, type Tensor } from '../../core';
import { between, fixed, given, givenWhole, type Input, positive, reals, whole } from './inputs';
import { NOT_ORDINARY, operation, type Run, refuses, row } from './row';

/** Shapes that every function of one variable is tried on. */
export const everywhere = (values: (...shape: number[]) => Input, run: Run, torch: string) => [
  row('ordinary', [values(3, 5)], run, torch),
  row('a scalar', [values()], run, torch),
  row('17 values', [values(17)], run, torch),
  row('rank 5', [values(2, 1, 3, 1, 2)], run, torch),
  row('nothing in it', [values(0, 3)], run, torch),
];

/**
 * What a function makes of the values that are no ordinary numbers; and of large ones, where a careless formula
 * overflows.
 */
export const edges = (run: Run, torch: string) => [
  row('NaN and infinities', [fixed(given([NaN, Infinity, -Infinity, 0, 1, -1]))], run, torch, NOT_ORDINARY),
];

const KINK = { noDifferences: 'a kink' };

export const math = [
  operation(
    'exp',
    everywhere(reals, (a) => a.exp(), 'torch.exp(a)'),
    edges((a) => a.exp(), 'torch.exp(a)'),
    row('whole numbers', [whole(7)], (a) => a.exp(), 'torch.exp(a)'),
  ),
  operation(
    'log',
    everywhere(positive, (a) => a.log(), 'torch.log(a)'),
    edges((a) => a.log(), 'torch.log(a)'),
    row('whole numbers', [givenWhole([1, 2, 3])], (a) => a.log(), 'torch.log(a)'),
  ),
  operation(
    'sqrt',
    everywhere(positive, (a) => a.sqrt(), 'torch.sqrt(a)'),
    edges((a) => a.sqrt(), 'torch.sqrt(a)'),
    row('whole numbers', [givenWhole([1, 2, 9])], (a) => a.sqrt(), 'torch.sqrt(a)'),
  ),
  operation(
    'rsqrt',
    everywhere(positive, (a) => a.rsqrt(), 'torch.rsqrt(a)'),
    edges((a) => a.rsqrt(), 'torch.rsqrt(a)'),
    row('whole numbers', [givenWhole([1, 2, 4])], (a) => a.rsqrt(), 'torch.rsqrt(a)'),
  ),
  operation(
    'abs',
    everywhere(reals, (a) => a.abs(), 'torch.abs(a)'),
    edges((a) => a.abs(), 'torch.abs(a)'),
    row('whole numbers', [whole(7)], (a) => a.abs(), 'torch.abs(a)'),
    row('zero', [given([0, 1])], (a) => a.abs(), 'torch.abs(a)', KINK),
  ),
  operation(
    'sin',
    everywhere(reals, (a) => a.sin(), 'torch.sin(a)'),
    edges((a) => a.sin(), 'torch.sin(a)'),
    row('whole numbers', [whole(7)], (a) => a.sin(), 'torch.sin(a)'),
  ),
  operation(
    'cos',
    everywhere(reals, (a) => a.cos(), 'torch.cos(a)'),
    edges((a) => a.cos(), 'torch.cos(a)'),
    row('whole numbers', [whole(7)], (a) => a.cos(), 'torch.cos(a)'),
  ),
  operation(
    'erf',
    everywhere(reals, (a) => a.erf(), 'torch.erf(a)'),
    edges((a) => a.erf(), 'torch.erf(a)'),
    row('far out', [fixed(given([-9, -3, 1e-9, 3, 9]))], (a) => a.erf(), 'torch.erf(a)'),
    row('whole numbers', [whole(7)], (a) => a.erf(), 'torch.erf(a)'),
  ),
  operation(
    'clamp',
    everywhere(reals, (a) => a.clamp(-0.05, 0.05), 'torch.clamp(a, -0.05, 0.05)'),
    row('from below', [reals(3, 5)], (a) => a.clamp(0.05), 'torch.clamp(a, min=0.05)'),
    row('from above', [reals(3, 5)], (a) => a.clamp(-Infinity, 0.05), 'torch.clamp(a, max=0.05)'),
    row('at the bounds', [given([-1, 0, 1, 2])], (a) => a.clamp(-1, 1), 'torch.clamp(a, -1, 1)', KINK),
    row('whole numbers', [whole(7)], (a) => a.clamp(-3, 3), 'torch.clamp(a, -3, 3)'),
    edges((a) => a.clamp(-0.5, 2), 'torch.clamp(a, -0.5, 2)'),
    refuses(
      'bounds the wrong way round',
      [reals(2)],
      (a) => a.clamp(2, 1),
      'clamp: the lower bound 2 is above the upper bound 1',
    ),
  ),
  operation(
    'sign',
    everywhere(reals, (a) => a.sign(), 'torch.sign(a)'),
    row('zero', [given([-2, 0, 2])], (a) => a.sign(), 'torch.sign(a)', { noDifferences: 'a jump at 0' }),
    row('infinities', [fixed(given([Infinity, -Infinity]))], (a) => a.sign(), 'torch.sign(a)', NOT_ORDINARY),
    row('whole numbers', [whole(7)], (a) => a.sign(), 'torch.sign(a)'),
  ),
  operation(
    'floor',
    everywhere(
      (...shape) => between(2.1, 2.9, ...shape),
      (a) => a.floor(),
      'torch.floor(a)',
    ),
    row('below zero', [fixed(given([-2.5, -2, -0.1, 0.9]))], (a) => a.floor(), 'torch.floor(a)'),
    edges((a) => a.floor(), 'torch.floor(a)'),
  ),
  operation(
    'round',
    everywhere(
      (...shape) => between(2.6, 3.4, ...shape),
      (a) => a.round(),
      'torch.round(a)',
    ),
    row('halves', [fixed(given([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]))], (a) => a.round(), 'torch.round(a)'),
    row('signs', [reals(17)], (a) => a.mul(10).round(), 'torch.round(a * 10)'),
    edges((a) => a.round(), 'torch.round(a)'),
    refuses('a number', [], () => round(2.5 as unknown as Tensor), 'round: expected a tensor, got number 2.5'),
  ),
];
