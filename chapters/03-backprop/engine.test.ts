/**
 * The scalar engine: every operation against differences, and the walk: shared values, long chains, a second time.
 */
import { describe, expect, test } from 'vitest';
import { slope } from '../shared/exercise';
import { Value } from './engine';

const OPERATIONS: Record<string, (x: Value) => Value> = {
  add: (x) => x.add(3),
  'add, itself': (x) => x.add(x),
  sub: (x) => x.sub(3),
  'sub, on the right': (x) => new Value(3).sub(x),
  mul: (x) => x.mul(-2.5),
  'mul, itself': (x) => x.mul(x),
  div: (x) => x.div(4),
  'div, on the right': (x) => new Value(3).div(x),
  pow: (x) => x.pow(3),
  'pow, negative': (x) => x.pow(-1.5),
  exp: (x) => x.exp(),
  log: (x) => x.log(),
  tanh: (x) => x.tanh(),
  sigmoid: (x) => x.sigmoid(),
  'relu, on': (x) => x.relu(),
  'relu, off': (x) => x.sub(9).relu(),
};

describe('the slope of each operation', () => {
  test.each(Object.entries(OPERATIONS))('%s', (_, operation) => {
    for (const at of [0.4, 1.7]) {
      const x = new Value(at);
      operation(x).mul(-3).backward(); // a slope of 1 from above would hide a forgotten factor
      const expected = slope((number) => -3 * operation(new Value(number)).data, at);
      expect(x.grad).toBeCloseTo(expected, 6);
    }
  });

  test('a ReLU at exactly 0 is off', () => {
    const x = new Value(0);
    x.relu().backward();
    expect(x.grad).toBe(0);
  });
});

describe('the walk', () => {
  test('x² + 3x + 2 at x = 2 has the slope 7, however it is written', () => {
    for (const square of [(x: Value) => x.pow(2), (x: Value) => x.mul(x)]) {
      const x = new Value(2);
      const y = square(x).add(x.mul(3)).add(2);
      y.backward();
      expect([y.data, y.grad, x.grad]).toEqual([12, 1, 7]);
    }
  });

  test('a value passes its gradient on only when it has all of it', () => {
    const x = new Value(1.5);
    const y = x.mul(2);
    y.mul(y.add(1).mul(3).add(x)).backward(); // 14x² + 6x
    expect(x.grad).toBe(28 * 1.5 + 6);
  });

  test('a second walk adds exactly the same to the beginnings', () => {
    const x = new Value(0.3);
    const y = x.mul(2).tanh().mul(x);
    y.backward();
    const once = x.grad;
    y.backward();
    expect(x.grad).toBe(2 * once);
  });

  test('a chain of 300,000 additions', () => {
    const x = new Value(1);
    let y = x;
    for (let i = 0; i < 300_000; i++) y = y.add(1);
    y.backward();
    expect([y.data, x.grad]).toEqual([300_001, 1]);
  });

  test('2⁴⁰ paths, each value visited once', () => {
    const x = new Value(1);
    let y = x;
    for (let i = 0; i < 40; i++) y = y.add(y);
    y.backward();
    expect(x.grad).toBe(2 ** 40);
  });
});
