/**
 * Making tensors from numbers, and reading them again.
 */
import { describe, expect, test } from 'vitest';
import {
  arange,
  eye,
  full,
  fullLike,
  linspace,
  type NestedNumbers,
  ones,
  onesLike,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from '../../core';

const facts = ({ shape, dtype, requiresGrad }: Tensor) => ({ shape, dtype, requiresGrad });

describe('tensor()', () => {
  test.each<[string, NestedNumbers, number[]]>([
    ['a number', 3, []],
    ['a list', [1, 2, 3], [3]],
    [
      'nested lists',
      [
        [[1], [2]],
        [[3], [4]],
      ],
      [2, 2, 1],
    ],
    ['an empty list', [], [0]],
    ['empty lists', [[], [], []], [3, 0]],
  ])('takes %s', (_, values, shape) => {
    const t = tensor(values);
    expect(facts(t)).toEqual({ shape, dtype: 'float32', requiresGrad: false });
    expect(t.arraySync()).toEqual(values);
  });

  test('takes a flat list with a shape', () => {
    expect(tensor([1, 2, 3, 4, 5, 6], { shape: [2, 3] }).arraySync()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tensor(new Float32Array([1, 2]), { shape: [2, 1] }).arraySync()).toEqual([[1], [2]]);
  });

  test('keeps the type of a typed array, unless another is asked for', () => {
    expect(tensor(new Float32Array([0.5])).dtype).toBe('float32');
    expect(tensor(new Float64Array([0.5])).dtype).toBe('float64');
    expect(tensor(new Int32Array([5])).dtype).toBe('int32');
    expect(tensor(new Uint8Array([5])).dtype).toBe('int32');
    expect(tensor(new Int32Array([5]), { dtype: 'float64' }).dtype).toBe('float64');
  });

  test('copies: the list and the tensor go separate ways', () => {
    const values = new Float32Array([1, 2]);
    const t = tensor(values);
    values[0] = 9;
    expect(t.arraySync()).toEqual([1, 2]);
  });

  test('rounds to single precision, and cuts fractions off for int32', () => {
    expect(tensor(0.1).itemSync()).toBe(Math.fround(0.1));
    expect(tensor(0.1, { dtype: 'float64' }).itemSync()).toBe(0.1);
    expect(tensor([1.9, -1.9], { dtype: 'int32' }).arraySync()).toEqual([1, -1]);
  });

  test.each<[string, () => Tensor, string]>([
    [
      'a short row',
      () => tensor([[1, 2], [3]]),
      'tensor: the lists are ragged: expected a list of 2 at depth 1, found a list of 1',
    ],
    [
      'a number among lists',
      () => tensor([[1], 2]),
      'tensor: the lists are ragged: expected a list of 1 at depth 1, found a number',
    ],
    [
      'a list among numbers',
      () => tensor([1, [2]]),
      'tensor: the lists are ragged: expected a number at depth 1, found a list of 1',
    ],
    ['a text', () => tensor([1, 'two'] as unknown as number[]), 'tensor: "two" is not a number'],
    [
      'too few values',
      () => tensor([1, 2, 3], { shape: [2, 2] }),
      'tensor: 3 values do not fill the shape [2,2], which has 4',
    ],
    [
      'a shape with a hole',
      () => tensor([], { shape: [-1] }),
      'tensor: [-1] is no shape: extents are whole numbers from 0 up',
    ],
    [
      'a gradient for int32',
      () => tensor([1], { dtype: 'int32', requiresGrad: true }),
      'requiresGrad: an int32 tensor has no gradient; use float32 or float64',
    ],
  ])('refuses %s', (_, make, message) => expect(make).toThrow(new Error(message)));
});

describe('the makers', () => {
  test('zeros, ones, full', () => {
    expect(zeros([2, 1]).arraySync()).toEqual([[0], [0]]);
    expect(ones([2], { dtype: 'int32' }).arraySync()).toEqual([1, 1]);
    expect(full([], 2.5, { requiresGrad: true }).itemSync()).toBe(2.5);
    expect(facts(full([0, 2], 1, { dtype: 'float64', requiresGrad: true }))).toEqual({
      shape: [0, 2],
      dtype: 'float64',
      requiresGrad: true,
    });
    expect(() => zeros([1, -2])).toThrow('[1,-2] is no shape: extents are whole numbers from 0 up');
    expect(() => zeros(3 as unknown as number[])).toThrow('a shape is a list such as [2, 3], not 3');
  });

  test('like another tensor: its shape and dtype, not its wish for a gradient', () => {
    const t = tensor([[1, 2]], { dtype: 'float64', requiresGrad: true });
    for (const [make, value] of [
      [zerosLike, 0],
      [onesLike, 1],
      [(x: Tensor) => fullLike(x, 7), 7],
    ] as const) {
      expect(facts(make(t))).toEqual({ shape: [1, 2], dtype: 'float64', requiresGrad: false });
      expect(make(t).arraySync()).toEqual([[value, value]]);
    }
  });

  test('a memory block that was used before is cleared', () => {
    for (let i = 0; i < 100; i++) expect(zeros([7]).arraySync()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('arange counts like PyTorch', () => {
    expect(arange(4).arraySync()).toEqual([0, 1, 2, 3]);
    expect(arange(2, 7, 2).arraySync()).toEqual([2, 4, 6]);
    expect(arange(3, 0, -1).arraySync()).toEqual([3, 2, 1]);
    expect(arange(3, 0).arraySync()).toEqual([]);
    expect(arange(0, 1, 0.25).arraySync()).toEqual([0, 0.25, 0.5, 0.75]);
    expect([arange(4), arange(0, 1, 0.5), arange(4, undefined, 1, { dtype: 'float64' })].map((t) => t.dtype)).toEqual([
      'int32',
      'float32',
      'float64',
    ]);
    expect(() => arange(0, 1, 0)).toThrow(new Error('arange: cannot count from 0 to 1 in steps of 0'));
    expect(() => arange(Infinity)).toThrow(new Error('arange: cannot count from 0 to Infinity in steps of 1'));
  });

  test('linspace has both ends', () => {
    expect(linspace(-1, 1, 5).arraySync()).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(linspace(2, 3, 1).arraySync()).toEqual([2]);
    expect(linspace(2, 3, 0).arraySync()).toEqual([]);
    expect(linspace(0, 1, 50, { dtype: 'float64' }).dataSync()[49]).toBe(1); // 49 · (1/49) is less
    expect(() => linspace(0, 1, 2.5)).toThrow(new Error('linspace: the count is a whole number from 0 up, not 2.5'));
  });

  test('eye', () => {
    expect(eye(2).arraySync()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(2, 3).arraySync()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(eye(3, 1, { dtype: 'int32' }).arraySync()).toEqual([[1], [0], [0]]);
  });
});

describe('reading', () => {
  const view = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]).transpose();

  test('gives a view in its own order', async () => {
    expect([...(await view.data())]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(await view.array()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect([...view.dataSync()]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(view.arraySync()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  test('gives a copy', async () => {
    const t = tensor([1, 2]);
    (await t.data())[0] = 9;
    t.dataSync()[1] = 9;
    expect(t.arraySync()).toEqual([1, 2]);
  });

  test('one value of one', async () => {
    expect(await tensor([[7]]).item()).toBe(7);
    expect(view.slice(2, 1).itemSync()).toBe(6);
    await expect(view.item()).rejects.toThrow(
      new Error('item: a tensor of shape [3,2] has 6 values, not one; use data()'),
    );
    expect(() => view.itemSync()).toThrow(new Error('item: a tensor of shape [3,2] has 6 values, not one; use data()'));
  });

  test('gives typed arrays of the dtype', () => {
    expect(tensor([1]).dataSync()).toBeInstanceOf(Float32Array);
    expect(tensor([1], { dtype: 'float64' }).dataSync()).toBeInstanceOf(Float64Array);
    expect(tensor([1], { dtype: 'int32' }).dataSync()).toBeInstanceOf(Int32Array);
  });
});
