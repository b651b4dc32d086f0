/**
 * How a tensor prints: whole strings, as a reader sees them.
 */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { arange, type Tensor, tensor, zeros } from '../../core';
import { Scope } from '../../core/memory/lifetimes';

const lines = (...rows: string[]): string => rows.join('\n');

describe('a tensor prints', () => {
  test.each<[string, Tensor, string]>([
    ['a scalar', tensor(3.5), 'Tensor(3.5000, shape [], float32)'],
    ['a whole scalar', tensor(-2, { dtype: 'int32' }), 'Tensor(-2, shape [], int32)'],
    ['a NaN', tensor(Number.NaN), 'Tensor(NaN, shape [], float32)'],
    ['whole numbers plainly', tensor([1, 2, 3]), 'Tensor([1, 2, 3], shape [3], float32)'],
    ['fractions with four decimals', tensor([1.5, -2, 3]), 'Tensor([ 1.5000, -2.0000,  3.0000], shape [3], float32)'],
    ['tiny beside ordinary', tensor([1e-8, 1]), 'Tensor([1.0000e-8, 1.0000e+0], shape [2], float32)'],
    ['large beside ordinary', tensor([123456.7, 1]), 'Tensor([1.2346e+5, 1.0000e+0], shape [2], float32)'],
    [
      'large whole numbers of int32',
      tensor([2_000_000_011, -7], { dtype: 'int32' }),
      'Tensor([2000000011,         -7], shape [2], int32)',
    ],
    [
      'columns of one width',
      tensor([
        [1, -20],
        [300, 4],
      ]),
      lines('Tensor([[  1, -20],', '        [300,   4]], shape [2,2], float32)'),
    ],
    [
      'what is no number',
      tensor([
        [1.5, Number.NaN],
        [Infinity, -Infinity],
      ]),
      lines('Tensor([[1.5000,    NaN],', '        [   Inf,   -Inf]], shape [2,2], float32)'),
    ],
    ['nothing', tensor([]), 'Tensor([], shape [0], float32)'],
    ['empty rows', zeros([2, 0]), lines('Tensor([[],', '        []], shape [2,0], float32)')],
    ['no rows', zeros([0, 3]), 'Tensor([], shape [0,3], float32)'],
    ['its dtype', tensor([0.1, 0.2], { dtype: 'float64' }), 'Tensor([0.1000, 0.2000], shape [2], float64)'],
    ['that it wants a gradient', tensor([1], { requiresGrad: true }), 'Tensor([1], shape [1], float32, requiresGrad)'],
    [
      'a view as it reads',
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ])
        .transpose()
        .slice([1, 3]),
      lines('Tensor([[2, 5],', '        [3, 6]], shape [2,2], float32)'),
    ],
    [
      'an empty line between matrices',
      arange(8).reshape(2, 2, 2),
      lines(
        'Tensor([[[0, 1],',
        '         [2, 3]],',
        '',
        '        [[4, 5],',
        '         [6, 7]]], shape [2,2,2], int32)',
      ),
    ],
    [
      'long rows over several lines',
      arange(30),
      lines(
        'Tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,',
        '        23, 24, 25, 26, 27, 28, 29], shape [30], int32)',
      ),
    ],
    [
      'only the ends of a thousand and one',
      arange(1001),
      'Tensor([   0,    1,    2, ...,  998,  999, 1000], shape [1001], int32)',
    ],
    [
      'only the corners of a large matrix',
      arange(12000).reshape(10, 1200),
      lines(
        'Tensor([[    0,     1,     2, ...,  1197,  1198,  1199],',
        '        [ 1200,  1201,  1202, ...,  2397,  2398,  2399],',
        '        [ 2400,  2401,  2402, ...,  3597,  3598,  3599],',
        '        ...,',
        '        [ 8400,  8401,  8402, ...,  9597,  9598,  9599],',
        '        [ 9600,  9601,  9602, ..., 10797, 10798, 10799],',
        '        [10800, 10801, 10802, ..., 11997, 11998, 11999]], shape [10,1200], int32)',
      ),
    ],
  ])('%s', (_, t, expected) => expect(String(t)).toBe(expected));

  test('the same in the console', () => {
    const t = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(inspect(t)).toBe(String(t));
  });

  test('that its bytes were given back', () => {
    const scope = new Scope();
    const t = tensor([1, 2]);
    scope.close(null, true);
    expect(String(t)).toBe('Tensor(released, shape [2], float32)');
  });
});
