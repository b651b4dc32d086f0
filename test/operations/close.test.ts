/**
 * The comparison that most tests of this folder rest on, and the layouts they are tried with.
 */
import { describe, expect, test } from 'vitest';
import { tensor } from '../../core';
import { DOUBLE, difference, type Values } from './close';
import { layouts } from './layouts';

const values = (list: number[], shape = [list.length], dtype: Values['dtype'] = 'float'): Values => ({
  dtype,
  shape,
  values: list,
});
const compare = (actual: Values | null, expected: Values | null) => difference([actual], [expected], DOUBLE);

describe('difference()', () => {
  test('finds none where there is none', () => {
    expect(compare(values([1, -2, 1e-20]), values([1 + 1e-10, -2, 0]))).toBeNull();
    expect(compare(values([Number.NaN, Infinity, -Infinity]), values([Number.NaN, Infinity, -Infinity]))).toBeNull();
    expect(compare(values([0]), values([-0]))).toBeNull();
    expect(compare(null, null)).toBeNull();
  });

  test.each<[string, Values | null, Values | null, string]>([
    ['another value', values([1, 2]), values([1, 2.1]), 'element 1 of float [2] is 2 instead of 2.1'],
    [
      'a small value beside a large one',
      values([1e6, 1e-3]),
      values([1e6, 1.1e-3]),
      'element 1 of float [2] is 0.001 instead of 0.0011',
    ],
    ['a NaN', values([Number.NaN]), values([1]), 'element 0 of float [1] is NaN instead of 1'],
    ['a missing NaN', values([1]), values([Number.NaN]), 'element 0 of float [1] is 1 instead of NaN'],
    ['a missing infinity', values([1]), values([Infinity]), 'element 0 of float [1] is 1 instead of Infinity'],
    [
      'the other infinity',
      values([-Infinity]),
      values([Infinity]),
      'element 0 of float [1] is -Infinity instead of Infinity',
    ],
    ['another shape', values([1, 2]), values([1, 2], [2, 1]), 'float [2] instead of float [2,1]'],
    ['another dtype', values([1]), values([1], [1], 'int32'), 'float [1] instead of int32 [1]'],
    ['no gradient', null, values([1]), 'nothing instead of float [1]'],
    ['a gradient too many', values([1]), null, 'float [1] instead of nothing'],
  ])('finds %s', (_, actual, expected, found) => expect(compare(actual, expected)).toBe(`tensor 0: ${found}`));

  test('counts the tensors', () => {
    expect(difference([null], [null, null], DOUBLE)).toBe('1 tensors instead of 2');
  });
});

describe('a layout', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  test.each(layouts.slice(0, 3))('$name shows the same values from other places', ({ arrange }) => {
    const y = arrange(x);
    expect(y.arraySync()).toEqual(x.arraySync());
    expect({ strides: y.strides, offset: y.offset }).not.toEqual({ strides: x.strides, offset: x.offset });
  });

  test('that repeats shows its first values', () => {
    const y = layouts[3].arrange(x);
    expect(y.arraySync()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(y.strides).toEqual([0, 1]);
  });
});
