/**
 * Which dtype comes out of which: int32 gives way to floats, fractions turn whole numbers into float32, and the two
 * floats do not mix by accident.
 */
import { describe, expect, test } from 'vitest';
import { add, concat, type DType, type Tensor, tensor, where } from '../../core';

const make = (dtype: DType): Tensor => tensor([1, 2, 3], { dtype });

describe('two tensors', () => {
  const binary: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
    add: (a, b) => a.add(b),
    sub: (a, b) => a.sub(b),
    mul: (a, b) => a.mul(b),
    pow: (a, b) => a.pow(b),
    maximum: (a, b) => a.maximum(b),
    minimum: (a, b) => a.minimum(b),
    where: (a, b) => where(a.gt(1), a, b),
    concat: (a, b) => concat([a, b]),
    matmul: (a, b) => a.matmul(b),
  };

  test.each(Object.entries(binary))('%s: of one dtype keep it; int32 gives way; floats do not mix', (name, apply) => {
    for (const dtype of ['float32', 'float64', 'int32'] as const)
      expect(apply(make(dtype), make(dtype)).dtype).toBe(dtype);
    for (const dtype of ['float32', 'float64'] as const) {
      expect(apply(make(dtype), make('int32')).dtype).toBe(dtype);
      expect(apply(make('int32'), make(dtype)).dtype).toBe(dtype);
    }
    const message = `${name}: float32 and float64 do not mix; convert one side with to('float64') or to('float32')`;
    expect(() => apply(make('float32'), make('float64'))).toThrow(new Error(message));
    expect(() => apply(make('float64'), make('float32'))).toThrow(new Error(message));
  });

  test('compared give int32', () => {
    expect(make('float64').gt(make('float64')).dtype).toBe('int32');
    expect(make('int32').eq(make('float32')).dtype).toBe('int32');
  });

  test('divided give fractions', () => {
    expect(make('int32').div(make('int32')).dtype).toBe('float32');
    expect(make('int32').div(make('float64')).dtype).toBe('float64');
    expect(make('int32').div(2).arraySync()).toEqual([0.5, 1, 1.5]);
  });
});

describe('a tensor and a number', () => {
  test('the number takes the dtype of the tensor', () => {
    expect(make('float64').add(0.1).arraySync()).toEqual([1.1, 2.1, 3.1]);
    expect(make('float32').mul(2).dtype).toBe('float32');
    expect(add(1, make('int32')).dtype).toBe('int32');
  });

  test('a fraction makes floats of whole numbers', () => {
    expect(make('int32').mul(0.5).dtype).toBe('float32');
    expect(make('int32').mul(0.5).arraySync()).toEqual([0.5, 1, 1.5]);
    expect(make('int32').gt(1.5).arraySync()).toEqual([0, 1, 1]);
  });

  test('NaN and infinity count as fractions', () => {
    expect(make('int32').maximum(Infinity).dtype).toBe('float32');
    expect(make('int32').add(Number.NaN).arraySync()).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('functions', () => {
  test('with fractional values turn int32 into float32', () => {
    for (const y of [make('int32').exp(), make('int32').sqrt(), make('int32').sigmoid(), make('int32').tanh()])
      expect(y.dtype).toBe('float32');
    expect(make('float64').exp().dtype).toBe('float64');
  });

  test('with whole values keep int32', () => {
    for (const y of [
      make('int32').neg(),
      make('int32').abs(),
      make('int32').sign(),
      make('int32').sum(),
      make('int32').max(),
    ])
      expect(y.dtype).toBe('int32');
  });

  test('that find places give int32', () => {
    expect(make('float64').argmax().dtype).toBe('int32');
    expect(make('float32').argmin(0).dtype).toBe('int32');
  });
});

describe('to()', () => {
  test('converts, and returns the tensor itself where there is nothing to do', () => {
    const t = tensor([1.7, -1.7]);
    expect(t.to('float32')).toBe(t);
    expect(t.to('int32').arraySync()).toEqual([1, -1]);
    expect(t.to('float64').arraySync()).toEqual([Math.fround(1.7), Math.fround(-1.7)]);
  });

  test('lets gradients through, in the dtype of the input', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    x.to('float64')
      .mul(tensor([3, 4], { dtype: 'float64' }))
      .sum()
      .backward();
    expect(x.grad?.dtype).toBe('float32');
    expect(x.grad?.arraySync()).toEqual([3, 4]);
  });

  test('cuts them off at int32', () => {
    expect(tensor([1.5], { requiresGrad: true }).to('int32').requiresGrad).toBe(false);
  });
});

test('no gradient flows through a question or a place', () => {
  const x = tensor([1, 2, 3], { requiresGrad: true });
  for (const y of [x.gt(1), x.eq(x), x.argmax(), x.to('int32')])
    expect([y.requiresGrad, y.node]).toEqual([false, null]);
});
