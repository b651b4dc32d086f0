/**
 * Rows of core/ops/reduce.ts.
 */
import type { Tensor } from '../../core';
import type { ReduceOptions } from '../../core/ops/reduce';
import { distinct, fixed, given, givenWhole, type Input, reals, whole } from './inputs';
import { needsFractions, noAxis } from './messages';
import { NOT_ORDINARY, operation, refuses, row } from './row';

type Reduction = (x: Tensor, axis?: number | number[], options?: ReduceOptions) => Tensor;

/** Every way of naming axes. `torch` is a method's name, with further arguments where it takes any. */
const overAxes = (values: (...shape: number[]) => Input, reduce: Reduction, torch: string, more = '') => [
  row('all axes', [values(3, 5)], (a) => reduce(a), `a.${torch}(dim=(0, 1)${more})`),
  row('the first axis', [values(3, 5)], (a) => reduce(a, 0), `a.${torch}(dim=0${more})`),
  row('the last axis', [values(3, 5)], (a) => reduce(a, -1), `a.${torch}(dim=-1${more})`),
  row('the middle axis', [values(3, 2, 5)], (a) => reduce(a, 1), `a.${torch}(dim=1${more})`),
  row('axes apart', [values(2, 3, 1, 5)], (a) => reduce(a, [0, 3]), `a.${torch}(dim=(0, 3)${more})`),
  row('axes out of order', [values(2, 3, 5)], (a) => reduce(a, [-1, 0]), `a.${torch}(dim=(-1, 0)${more})`),
  row(
    'all axes, kept',
    [values(2, 3)],
    (a) => reduce(a, undefined, { keepdim: true }),
    `a.${torch}(dim=(0, 1), keepdim=True${more})`,
  ),
  row('an axis kept', [values(3, 5)], (a) => reduce(a, 0, { keepdim: true }), `a.${torch}(dim=0, keepdim=True${more})`),
  row(
    'axes apart, kept',
    [values(2, 3, 5)],
    (a) => reduce(a, [0, 2], { keepdim: true }),
    `a.${torch}(dim=(0, 2), keepdim=True${more})`,
  ),
  row('rank 5', [values(2, 1, 3, 1, 2)], (a) => reduce(a, [1, 2]), `a.${torch}(dim=(1, 2)${more})`),
  row('17 in a column', [values(17, 1)], (a) => reduce(a, 0), `a.${torch}(dim=0${more})`),
  row('results of no reduction', [values(0, 3)], (a) => reduce(a, 1), `a.${torch}(dim=1${more})`),
];

const overOne = (reduce: Reduction, torch: string, more = '') =>
  row('an axis of one', [reals(3, 1)], (a) => reduce(a, 1), `a.${torch}(dim=1${more})`);

const refusesAxes = (name: string, reduce: Reduction) => [
  refuses('an axis beyond the last', [reals(3, 5)], (a) => reduce(a, 2), noAxis(name, 2, 2)),
  refuses('an axis of a scalar', [reals()], (a) => reduce(a, 0), noAxis(name, 0, 0)),
  refuses('an axis named twice', [reals(3, 5)], (a) => reduce(a, [1, -1]), `${name}: an axis is named twice in [1,-1]`),
];

const refusesWhole = (name: string, reduce: Reduction) =>
  refuses('whole numbers', [whole(3)], (a) => reduce(a), needsFractions(name));

const needsValues = (name: string, reduce: Reduction) =>
  refuses('no values', [reals(0, 3)], (a) => reduce(a, 0), `${name}: there is no ${name} of no values: shape [0,3]`);

const KINK = { noDifferences: 'a kink where two are equal' };
const tied = given([
  [1, 3, 3],
  [2, 2, 2],
]);
const withNaN = fixed(
  given([
    [1, NaN, 3],
    [Infinity, 2, -Infinity],
  ]),
);

const sum: Reduction = (x, axis, options) => x.sum(axis, options);
const mean: Reduction = (x, axis, options) => x.mean(axis, options);
const max: Reduction = (x, axis, options) => x.max(axis, options);
const min: Reduction = (x, axis, options) => x.min(axis, options);
const variance: Reduction = (x, axis, options) => x.var(axis, options);
const populationVariance: Reduction = (x, axis, options) => x.var(axis, { ...options, unbiased: false });
const std: Reduction = (x, axis, options) => x.std(axis, options);
const logsumexp: Reduction = (x, axis, options) => x.logsumexp(axis, options);
const norm: Reduction = (x, axis, options) => x.norm(axis, options);

const numbers = (...shape: number[]) => fixed(distinct(...shape)); // a place has no gradient

const argRows = (name: 'argmax' | 'argmin', run: (x: Tensor, axis?: number, options?: ReduceOptions) => Tensor) =>
  operation(
    name,
    row('of all', [numbers(3, 5)], (a) => run(a), `a.${name}()`),
    row('the first axis', [numbers(3, 5)], (a) => run(a, 0), `a.${name}(0)`),
    row('the last axis', [numbers(3, 5)], (a) => run(a, -1), `a.${name}(-1)`),
    row('the middle axis', [numbers(3, 7, 5)], (a) => run(a, 1), `a.${name}(1)`),
    row('an axis kept', [numbers(3, 7, 2)], (a) => run(a, 1, { keepdim: true }), `a.${name}(1, keepdim=True)`),
    row(
      'the first of equals',
      [
        givenWhole([
          [2, 7, 7, 2],
          [5, 5, 5, 5],
        ]),
      ],
      (a) => run(a, 1),
      `a.${name}(1)`,
    ),
    row('NaN', [withNaN], (a) => run(a, 1), `a.${name}(1)`, NOT_ORDINARY),
    row('a scalar', [numbers()], (a) => run(a), `a.${name}()`),
    row('an axis of one', [numbers(3, 1)], (a) => run(a, 1), `a.${name}(1)`),
    row('no rows', [numbers(0, 3)], (a) => run(a, 1), `a.${name}(1)`),
    refuses('no values', [numbers(3, 0)], (a) => run(a, 1), `${name}: there is no place in no values: shape [3,0]`),
    refuses('an axis beyond the last', [numbers(3, 5)], (a) => run(a, -3), noAxis(name, -3, 2)),
  );

export const reduce = [
  operation(
    'sum',
    overAxes(reals, sum, 'sum'),
    overOne(sum, 'sum'),
    row('a scalar', [reals()], (a) => a.sum(), 'a.sum()'),
    row('no values', [reals(3, 0)], (a) => a.sum(1), 'a.sum(1)'),
    row('whole numbers', [whole(3, 5)], (a) => a.sum(1), 'a.sum(1)'),
    row('NaN and infinities', [withNaN], (a) => a.sum(1), 'a.sum(1)', NOT_ORDINARY),
    refusesAxes('sum', sum),
    refuses('a fraction of an axis', [reals(3)], (a) => a.sum(0.5), noAxis('sum', 0.5, 1)),
  ),
  operation(
    'mean',
    overAxes(reals, mean, 'mean'),
    overOne(mean, 'mean'),
    row('a scalar', [reals()], (a) => a.mean(), 'a.mean()'),
    row('no values', [fixed(reals(3, 0))], (a) => a.mean(1), 'a.mean(1)'),
    refusesWhole('mean', mean),
    refusesAxes('mean', mean),
  ),
  operation(
    'max',
    overAxes(distinct, max, 'amax'),
    overOne(max, 'amax'),
    row('a scalar', [reals()], (a) => a.max(), 'a.max()'),
    row('ties', [tied], (a) => a.max(1), 'a.amax(1)', KINK),
    row('ties over all', [tied], (a) => a.max(), 'a.amax((0, 1))', KINK),
    row('whole numbers', [whole(3, 5)], (a) => a.max(0), 'a.amax(0)'),
    row('NaN', [withNaN], (a) => a.max(1), 'a.amax(1)', NOT_ORDINARY),
    needsValues('max', max),
    refusesAxes('max', max),
  ),
  operation(
    'min',
    overAxes(distinct, min, 'amin'),
    overOne(min, 'amin'),
    row('a scalar', [reals()], (a) => a.min(), 'a.min()'),
    row('ties', [tied], (a) => a.min(1), 'a.amin(1)', KINK),
    row('whole numbers', [whole(3, 5)], (a) => a.min(0), 'a.amin(0)'),
    row('NaN', [withNaN], (a) => a.min(1), 'a.amin(1)', NOT_ORDINARY),
    needsValues('min', min),
    refusesAxes('min', min),
  ),
  operation(
    'prod',
    row('all axes', [reals(2, 3)], (a) => a.prod(), 'a.prod()'),
    row('the first axis', [reals(3, 5)], (a) => a.prod(0), 'a.prod(0)'),
    row('the last axis, kept', [reals(3, 5)], (a) => a.prod(-1, { keepdim: true }), 'a.prod(-1, keepdim=True)'),
    row('axes apart', [reals(2, 3, 2)], (a) => a.prod([0, 2]), 'a.prod(2).prod(0)'),
    row('an axis of one', [reals(3, 1)], (a) => a.prod(1), 'a.prod(1)'),
    row('a scalar', [reals()], (a) => a.prod(), 'a.prod()'),
    row(
      'no, one and two zeros',
      [
        given([
          [2, 3, 4],
          [2, 0, 4],
          [0, 3, 0],
        ]),
      ],
      (a) => a.prod(1),
      'a.prod(1)',
    ),
    row('no values', [reals(3, 0)], (a) => a.prod(1), 'a.prod(1)'),
    row('whole numbers', [whole(3, 5)], (a) => a.prod(1), 'a.prod(1)'),
    row('NaN and infinities', [withNaN], (a) => a.prod(1), 'a.prod(1)', NOT_ORDINARY),
    refusesAxes('prod', (x, axis) => x.prod(axis)),
  ),
  operation(
    'cumsum',
    row('a vector', [reals(17)], (a) => a.cumsum(0), 'a.cumsum(0)'),
    row('the first axis', [reals(5, 3)], (a) => a.cumsum(0), 'a.cumsum(0)'),
    row('the last axis', [reals(3, 5)], (a) => a.cumsum(-1), 'a.cumsum(-1)'),
    row('the middle axis', [reals(2, 5, 3)], (a) => a.cumsum(1), 'a.cumsum(1)'),
    row('an axis of one', [reals(3, 1)], (a) => a.cumsum(1), 'a.cumsum(1)'),
    row('nothing in it', [reals(3, 0)], (a) => a.cumsum(1), 'a.cumsum(1)'),
    row('whole numbers', [whole(3, 5)], (a) => a.cumsum(1), 'a.cumsum(1)'),
    row('NaN and infinities', [withNaN], (a) => a.cumsum(1), 'a.cumsum(1)', NOT_ORDINARY),
    refuses('an axis beyond the last', [reals(3, 5)], (a) => a.cumsum(2), noAxis('cumsum', 2, 2)),
  ),
  operation(
    'var',
    overAxes(reals, variance, 'var', ', unbiased=True'),
    row('of all that there are', [reals(3, 5)], (a) => populationVariance(a, 0), 'a.var(0, unbiased=False)'),
    row(
      'of all, kept',
      [reals(3, 5)],
      (a) => populationVariance(a, [0, 1], { keepdim: true }),
      'a.var((0, 1), unbiased=False, keepdim=True)',
    ),
    row('a large mean', [fixed(reals(7))], (a) => a.add(1e6).var(0), '(a + 1e6).var(0)', {
      looser: { times: 1e7, why: 'float32 keeps one digit of the fraction beside 10⁶' },
    }),
    refusesWhole('var', variance),
    refusesAxes('var', variance),
  ),
  operation(
    'std',
    overAxes(reals, std, 'std', ', unbiased=True'),
    row('of all that there are', [reals(3, 5)], (a) => a.std(0, { unbiased: false }), 'a.std(0, unbiased=False)'),
    row(
      'of equal values',
      [
        given([
          [2, 2],
          [3, 4],
        ]),
      ],
      (a) => a.std(1),
      'a.std(1)',
      { noDifferences: 'a kink' },
    ),
  ),
  operation(
    'logsumexp',
    overAxes(reals, logsumexp, 'logsumexp'),
    overOne(logsumexp, 'logsumexp'),
    row(
      'large values',
      [
        given([
          [1000, 1001, 1002],
          [-1000, -1001, -1002],
        ]),
      ],
      (a) => a.logsumexp(1),
      'a.logsumexp(1)',
      { looser: { times: 100, why: 'differences of values around 1000' } },
    ),
    refusesWhole('logsumexp', logsumexp),
    refusesAxes('logsumexp', logsumexp),
  ),
  operation(
    'norm',
    overAxes(reals, norm, 'norm', ', p=2'),
    row(
      'of zeros',
      [
        given([
          [0, 0],
          [3, 4],
        ]),
      ],
      (a) => a.norm(1),
      'a.norm(dim=1)',
      { noDifferences: 'a kink at 0' },
    ),
    row(
      'p = 3, of zeros',
      [
        given([
          [0, 0],
          [3, 4],
        ]),
      ],
      (a) => a.norm(1, { p: 3 }),
      'a.norm(p=3, dim=1)',
      {
        noDifferences: 'a kink at 0',
      },
    ),
    row('p = 1', [reals(3, 5)], (a) => a.norm(1, { p: 1 }), 'a.norm(p=1, dim=1)'),
    row('p = 3', [reals(3, 5)], (a) => a.norm(0, { p: 3 }), 'a.norm(p=3, dim=0)'),
    row(
      'p = ∞',
      [distinct(3, 5)],
      (a) => a.norm(1, { p: Infinity, keepdim: true }),
      'a.norm(p=math.inf, dim=1, keepdim=True)',
    ),
    refusesWhole('norm', norm),
    refuses('p = 0', [reals(3)], (a) => a.norm(0, { p: 0 }), 'norm: p must be above 0, not 0'),
  ),
  argRows('argmax', (x, axis, options) => x.argmax(axis, options)),
  argRows('argmin', (x, axis, options) => x.argmin(axis, options)),
];
