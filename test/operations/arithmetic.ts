/**
 * Rows of core/ops/arithmetic.ts.
 */
import { add, div, maximum, minimum, mul, pow, sub, tensor } from '../../core';
import { fixed, given, givenWhole, type Input, positive, reals, whole } from './inputs';
import { doNotMeet, doNotMix } from './messages';
import { NOT_ORDINARY, operation, type Run, refuses, row } from './row';

/** Shapes that meet by broadcasting, either way. */
const meetings: [title: string, a: number[], b: number[]][] = [
  ['one shape', [3, 5], [3, 5]],
  ['a matrix and a row', [3, 5], [5]],
  ['a row and a matrix', [5], [3, 5]],
  ['a column and a row', [3, 1], [1, 5]],
  ['a scalar on the left', [], [2, 3]],
  ['a scalar on the right', [2, 3], []],
  ['two scalars', [], []],
  ['rank 5 and rank 3', [2, 1, 3, 1, 2], [3, 2, 1]],
  ['axes of one', [1, 1, 7], [1, 1]],
  ['nothing in it', [0, 3], [1, 3]],
  ['nothing meets one', [2, 0], [1]],
];

const meeting = (values: (...shape: number[]) => Input, run: Run, torch: string) =>
  meetings.map(([title, a, b]) => row(title, [values(...a), values(...b)], run, torch));

const special = [0, 1, -1, Infinity, -Infinity, NaN];
const specialPairs = [
  fixed(given(special.flatMap((x) => special.map(() => x)))),
  fixed(given(special.flatMap(() => special))),
];

const TIES = { noDifferences: 'a kink where both are equal' };

export const arithmetic = [
  operation(
    'add',
    meeting(reals, (a, b) => a.add(b), 'a + b'),
    row('a number', [reals(3, 5)], (a) => a.add(2.5), 'a + 2.5'),
    row('a number on the left', [reals(3)], (a) => add(2.5, a), '2.5 + a'),
    row('a tensor and itself', [reals(3, 5)], (a) => a.add(a), 'a + a'),
    row('a matrix and its transpose', [reals(3, 3)], (a) => a.add(a.transpose()), 'a + a.T'),
    row('whole numbers', [whole(3, 5), whole(5)], (a, b) => a.add(b), 'a + b'),
    row('whole numbers and floats', [whole(3, 5), reals(5)], (a, b) => a.add(b), 'a + b'),
    row('whole numbers and a fraction', [whole(7)], (a) => a.add(0.5), 'a + 0.5'),
    refuses(
      'shapes that do not meet',
      [reals(3, 5), reals(3)],
      (a, b) => a.add(b),
      doNotMeet('add', '[3,5] and [3]', '5 against 3 at axis -1'),
    ),
    refuses('two numbers', [], () => add(1, 2), 'add: two numbers need no tensor; at least one side must be one'),
    refuses(
      'a list',
      [reals(2)],
      (a) => a.add([1, 2] as unknown as number),
      'add: expected a tensor, got a list; tensor(list) makes one',
    ),
    refuses('float32 beside float64', [reals(2)], (a) => a.add(tensor([1, 2])), doNotMix('add')),
  ),
  operation(
    'sub',
    meeting(reals, (a, b) => a.sub(b), 'a - b'),
    row('a number', [reals(3, 5)], (a) => a.sub(2.5), 'a - 2.5'),
    row('from a number', [reals(3)], (a) => sub(2.5, a), '2.5 - a'),
    row('from itself', [reals(3)], (a) => a.sub(a), 'a - a'),
    row('whole numbers', [whole(3, 5), whole(5)], (a, b) => a.sub(b), 'a - b'),
    refuses(
      'shapes that do not meet',
      [reals(2, 1, 4), reals(3, 3)],
      (a, b) => a.sub(b),
      doNotMeet('sub', '[2,1,4] and [3,3]', '4 against 3 at axis -1'),
    ),
  ),
  operation(
    'mul',
    meeting(reals, (a, b) => a.mul(b), 'a * b'),
    row('a number', [reals(3, 5)], (a) => a.mul(-2.5), 'a * -2.5'),
    row('a number on the left', [reals(3)], (a) => mul(-2.5, a), '-2.5 * a'),
    row('zero', [reals(3)], (a) => a.mul(0), 'a * 0'),
    row('a square', [reals(3, 5)], (a) => a.mul(a), 'a * a'),
    row('whole numbers', [whole(3, 5), whole(5)], (a, b) => a.mul(b), 'a * b'),
    row('a mask', [reals(3, 5), givenWhole([0, 1, 1, 0, 1])], (a, b) => a.mul(b), 'a * b'),
    refuses('null', [reals(2)], (a) => a.mul(null as unknown as number), 'mul: expected a tensor, got null'),
  ),
  operation(
    'div',
    meeting(positive, (a, b) => a.div(b), 'a / b'),
    row('signs', [reals(3, 5), reals(3, 5)], (a, b) => a.div(b), 'a / b'),
    row('by a number', [reals(3, 5)], (a) => a.div(4), 'a / 4'),
    row('a number', [reals(3)], (a) => div(1, a), '1 / a'),
    row('by something of its own', [reals(3)], (a) => a.div(a.mul(a)), 'a / (a * a)'),
    row('whole numbers give fractions', [whole(7)], (a) => a.div(4), 'a / 4'),
    row('zeros and infinities', specialPairs, (a, b) => a.div(b), 'a / b'),
    refuses('a text', [reals(2)], (a) => a.div('2' as unknown as number), 'div: expected a tensor, got string 2'),
  ),
  operation(
    'pow',
    meeting(positive, (a, b) => a.pow(b), 'a ** b'),
    row('a square', [reals(3, 5)], (a) => a.pow(2), 'a ** 2'),
    row('a cube', [reals(3, 5)], (a) => a.pow(3), 'a ** 3'),
    row('a root', [positive(3, 5)], (a) => a.pow(0.5), 'a ** 0.5'),
    row('a negative power', [reals(3, 5)], (a) => a.pow(-2), 'a ** -2'),
    row('powers of a number', [reals(3, 5)], (a) => pow(2, a), '2 ** a'),
    row('negative exponents', [positive(7), reals(7)], (a, b) => a.pow(b), 'a ** b'),
    row('of zero', [given([0, 0, 0]), given([1, 2, 3])], (a, b) => a.pow(b), 'a ** b', {
      noSecondOrder: 'the gradient of the exponent has a logarithm of zero in it',
    }),
    row('to the zeroth', [reals(3)], (a) => a.pow(0), 'a ** 0'),
    row('to the first', [given([0, 1, -2])], (a) => a.pow(1), 'a ** 1'),
    row('whole numbers', [whole(3, 5)], (a) => a.pow(2), 'a ** 2'),
  ),
  operation(
    'neg',
    row('ordinary', [reals(3, 5)], (a) => a.neg(), '-a'),
    row('a scalar', [reals()], (a) => a.neg(), '-a'),
    row('nothing in it', [reals(3, 0)], (a) => a.neg(), '-a'),
    row('rank 5', [reals(2, 1, 3, 1, 2)], (a) => a.neg(), '-a'),
    row('whole numbers', [whole(7)], (a) => a.neg(), '-a'),
  ),
  operation(
    'maximum',
    meeting(reals, (a, b) => a.maximum(b), 'torch.maximum(a, b)'),
    row('a number', [reals(3, 5)], (a) => a.maximum(0.05), 'a.clamp(min=0.05)'),
    row('a number on the left', [reals(3)], (a) => maximum(0.05, a), 'a.clamp(min=0.05)'),
    row('whole numbers', [whole(3, 5), whole(5)], (a, b) => a.maximum(b), 'torch.maximum(a, b)'),
    row('ties', [given([1, 2, 3]), given([1, 3, 2])], (a, b) => a.maximum(b), 'torch.maximum(a, b)', TIES),
    row('NaN and infinities', specialPairs, (a, b) => a.maximum(b), 'torch.maximum(a, b)', NOT_ORDINARY),
  ),
  operation(
    'minimum',
    meeting(reals, (a, b) => a.minimum(b), 'torch.minimum(a, b)'),
    row('a number', [reals(3, 5)], (a) => a.minimum(0.05), 'a.clamp(max=0.05)'),
    row('a number on the left', [reals(3)], (a) => minimum(0.05, a), 'a.clamp(max=0.05)'),
    row('whole numbers', [whole(3, 5), whole(5)], (a, b) => a.minimum(b), 'torch.minimum(a, b)'),
    row('ties', [given([1, 2, 3]), given([1, 3, 2])], (a, b) => a.minimum(b), 'torch.minimum(a, b)', TIES),
    row('NaN and infinities', specialPairs, (a, b) => a.minimum(b), 'torch.minimum(a, b)', NOT_ORDINARY),
  ),
];
