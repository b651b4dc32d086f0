/**
 * Rows of core/ops/compare.ts.
 */
import { eq, ge, gt, le, lt, ne, type Tensor, where } from '../../core';
import { fixed, given, mask, reals, whole } from './inputs';
import { doNotMeet, needsInt } from './messages';
import { NOT_ORDINARY, operation, type Run, refuses, row } from './row';

const floats = (...shape: number[]) => fixed(reals(...shape)); // no gradient flows through a question

const comparing = (name: string, symbol: string, run: Run, number: Run, numberLeft: Run) =>
  operation(
    name,
    row(
      'whole numbers, many equal',
      [whole(7, 5), whole(7, 5)],
      (a, b) => run(a.sign(), b.sign()),
      `a.sign() ${symbol} b.sign()`,
    ),
    row('floats', [floats(3, 5), floats(5)], run, `a ${symbol} b`),
    row('a row and a matrix', [whole(3), whole(5, 3)], run, `a ${symbol} b`),
    row('a float and itself', [floats(3)], (a) => run(a, a), `a ${symbol} a`),
    row('a number', [whole(17)], number, `a ${symbol} 1`),
    row('a number on the left', [whole(17)], numberLeft, `1 ${symbol} a`),
    row('nothing in it', [whole(0, 3), whole(3)], run, `a ${symbol} b`),
    row('scalars', [floats(), floats()], run, `a ${symbol} b`),
    row(
      'NaN',
      [fixed(given([NaN, NaN, 1, Infinity])), fixed(given([NaN, 1, NaN, Infinity]))],
      run,
      `a ${symbol} b`,
      NOT_ORDINARY,
    ),
    refuses(
      'shapes that do not meet',
      [floats(3, 2), floats(3)],
      run,
      doNotMeet(name, '[3,2] and [3]', '2 against 3 at axis -1'),
    ),
  );

export const compare = [
  comparing(
    'eq',
    '==',
    (a, b) => a.eq(b),
    (a) => a.eq(1),
    (a) => eq(1, a),
  ),
  comparing(
    'ne',
    '!=',
    (a, b) => a.ne(b),
    (a) => a.ne(1),
    (a) => ne(1, a),
  ),
  comparing(
    'lt',
    '<',
    (a, b) => a.lt(b),
    (a) => a.lt(1),
    (a) => lt(1, a),
  ),
  comparing(
    'le',
    '<=',
    (a, b) => a.le(b),
    (a) => a.le(1),
    (a) => le(1, a),
  ),
  comparing(
    'gt',
    '>',
    (a, b) => a.gt(b),
    (a) => a.gt(1),
    (a) => gt(1, a),
  ),
  comparing(
    'ge',
    '>=',
    (a, b) => a.ge(b),
    (a) => a.ge(1),
    (a) => ge(1, a),
  ),
  operation(
    'where',
    row('one shape', [mask(3, 5), reals(3, 5), reals(3, 5)], (a, b, c) => where(a, b, c), 'torch.where(a == 1, b, c)'),
    row(
      'a wide condition',
      [mask(3, 5), reals(5), reals(3, 1)],
      (a, b, c) => where(a, b, c),
      'torch.where(a == 1, b, c)',
    ),
    row(
      'a narrow condition',
      [mask(3, 1), reals(3, 5), reals()],
      (a, b, c) => where(a, b, c),
      'torch.where(a == 1, b, c)',
    ),
    row(
      'any number but 0 is a yes',
      [whole(17), reals(17), reals(17)],
      (a, b, c) => where(a, b, c),
      'torch.where(a != 0, b, c)',
    ),
    row('a number on the right', [mask(7), reals(7)], (a, b) => where(a, b, 0), 'b * a'),
    row(
      'a number on the left',
      [mask(7), reals(7)],
      (a, b) => where(a, 1, b),
      'torch.where(a == 1, torch.ones(()), b)',
    ),
    row('as a method', [mask(7), reals(7), reals(7)], (a, b, c) => b.where(a, c), 'torch.where(a == 1, b, c)'),
    row(
      'NaN on the other side',
      [mask(7), reals(7)],
      (a, b) => where(a, b, NaN).where(a, 2),
      'torch.where(a == 1, b, torch.tensor(2.))',
    ),
    row('whole numbers', [mask(7), whole(7), whole(7)], (a, b, c) => where(a, b, c), 'torch.where(a == 1, b, c)'),
    row(
      'rank 5',
      [mask(3, 1, 2), reals(2, 1, 3, 1, 2), reals(2)],
      (a, b, c) => where(a, b, c),
      'torch.where(a == 1, b, c)',
    ),
    row('nothing in it', [mask(0, 3), reals(3), reals(0, 1)], (a, b, c) => where(a, b, c), 'torch.where(a == 1, b, c)'),
    refuses('a float condition', [reals(3), reals(3)], (a, b) => where(a, b, 0), needsInt('where', 'the condition')),
    refuses(
      'a condition that does not meet',
      [mask(2), reals(3)],
      (a, b) => where(a, b, 0),
      doNotMeet('where', '[2] and [3]', '2 against 3 at axis -1'),
    ),
    refuses(
      'two numbers',
      [mask(2)],
      (a) => where(a, 1, 0),
      'where: two numbers need no tensor; at least one side must be one',
    ),
    refuses(
      'a boolean as condition',
      [reals(2)],
      (a) => where(true as unknown as Tensor, a, 0),
      'where: expected a tensor, got boolean true',
    ),
  ),
];
