/**
 * The two moons: labels in turns, every point on its half circle, and the same points from the same generator.
 */
import { expect, test } from 'vitest';
import { Generator } from '../../core';
import { moons } from '../../datasets/moons';

test('without noise the points lie on two half circles', () => {
  const { x, y } = moons(501, { noise: 0, generator: new Generator(3) });
  expect(x.shape).toEqual([501, 2]);
  expect(y.shape).toEqual([501]);
  expect(y.dtype).toBe('int32');
  const labels = y.dataSync();
  (x.arraySync() as number[][]).forEach(([left, up], i) => {
    expect(labels[i]).toBe(i % 2);
    const [centre, height] = i % 2 === 0 ? [0, 0] : [1, 0.5];
    expect(Math.hypot(left - centre, up - height)).toBeCloseTo(1, 5);
    expect(i % 2 === 0 ? up - height : height - up).toBeGreaterThanOrEqual(-1e-6);
  });
});

test('the noise has the deviation asked for', () => {
  const points = (noise: number) => moons(4000, { noise, generator: new Generator(5) }).x;
  const spread = points(0.2).sub(points(0)).std().itemSync();
  expect(spread).toBeGreaterThan(0.19);
  expect(spread).toBeLessThan(0.21);
});

test('the same generator gives the same points, another one others', () => {
  const points = (seed: number) => moons(8, { generator: new Generator(seed) }).x.arraySync();
  expect(points(1)).toEqual(points(1));
  expect(points(1)).not.toEqual(points(2));
});

test('a count that is none is refused', () => {
  expect(() => moons(0)).toThrow('moons: count is a whole number from 1 up, not 0');
  expect(() => moons(2.5)).toThrow('2.5');
});
