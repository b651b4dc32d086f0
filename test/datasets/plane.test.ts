/**
 * The generators of points: labels in turns, places as described, the same from the same generator.
 */
import { describe, expect, test } from 'vitest';
import { Generator, type Tensor } from '../../core';
import { blobs, circles, sine, spirals } from '../../datasets';

const rowsOf = (x: Tensor) => x.arraySync() as number[][];
const noiseless = { noise: 0, generator: new Generator(3) };

describe.each([
  ['circles', circles],
  ['blobs', blobs],
  ['spirals', spirals],
  ['sine', sine],
] as const)('%s', (name, make) => {
  test('gives the same points from the same generator, others from another', () => {
    const points = (seed: number) => make(9, { generator: new Generator(seed) });
    for (const key of ['x', 'y'] as const) expect(points(1)[key].arraySync()).toEqual(points(1)[key].arraySync());
    expect(points(1)[name === 'sine' ? 'y' : 'x'].arraySync()).not.toEqual(
      points(2)[name === 'sine' ? 'y' : 'x'].arraySync(),
    );
  });

  test('says in one line what it is, and refuses a count that is none', () => {
    expect(make(7).source).toMatch(/^7 generated points .+$/);
    for (const count of [0, -1, 2.5, NaN]) expect(() => make(count)).toThrow(`${name}: count is a whole number`);
  });
});

test('circles without noise lie on two circles, in turns', () => {
  const { x, y } = circles(101, { ...noiseless, factor: 0.3 });
  expect([x.shape, y.shape, y.dtype]).toEqual([[101, 2], [101], 'int32']);
  rowsOf(x).forEach(([left, up], i) => {
    expect(y.dataSync()[i]).toBe(i % 2);
    expect(Math.hypot(left, up)).toBeCloseTo(i % 2 === 0 ? 1 : 0.3, 5);
  });
  const quarters = new Set(rowsOf(x).map(([left, up]) => `${left > 0} ${up > 0}`));
  expect(quarters.size).toBe(4);
});

test('the noise has the deviation asked for', () => {
  for (const make of [circles, spirals]) {
    const points = (noise: number) => make(4000, { noise, generator: new Generator(5) }).x;
    const spread = points(0.2).sub(points(0)).std().itemSync();
    expect(spread).toBeGreaterThan(0.19);
    expect(spread).toBeLessThan(0.21);
  }
});

test('blobs lie around their centres, in turns, in any number of dimensions', () => {
  const centers = [
    [0, 0, 9],
    [-5, 5, 0],
  ];
  const { x, y } = blobs(2000, { centers, std: 0.5, generator: new Generator(1) });
  expect([x.shape, y.shape]).toEqual([[2000, 3], [2000]]);
  for (const label of [0, 1]) {
    const own = x.slice([label, 2000, 2]);
    expect([...y.slice([label, 2000, 2]).dataSync()].every((value) => value === label)).toBe(true);
    const [mean, std] = [own.mean(0).dataSync(), own.std(0).dataSync()];
    centers[label].forEach((center, axis) => {
      expect(mean[axis]).toBeCloseTo(center, 0);
      expect(std[axis]).toBeCloseTo(0.5, 1);
    });
  }
  expect(() => blobs(10, { centers: [[1, 2], [3]] })).toThrow('ragged');
});

test('spirals without noise follow their arms', () => {
  const { x, y } = spirals(300, { ...noiseless, arms: 4, turns: 1.5 });
  rowsOf(x).forEach(([left, up], i) => {
    const arm = i % 4;
    expect(y.dataSync()[i]).toBe(arm);
    const radius = Math.hypot(left, up);
    expect(radius).toBeLessThanOrEqual(1 + 1e-6);
    const angle = 2 * Math.PI * (1.5 * radius + arm / 4);
    expect(left).toBeCloseTo(radius * Math.cos(angle), 4);
    expect(up).toBeCloseTo(radius * Math.sin(angle), 4);
  });
});

test('a sine wave goes through its values in order', () => {
  const { x, y } = sine(40, { ...noiseless, step: 0.25 });
  expect([x.shape, y.shape]).toEqual([
    [40, 1],
    [40, 1],
  ]);
  for (let i = 0; i < 40; i++) {
    expect(x.dataSync()[i]).toBe(i * 0.25);
    expect(y.dataSync()[i]).toBeCloseTo(Math.sin(i * 0.25), 6);
  }
  const { y: noisy } = sine(4000, { generator: new Generator(2) });
  const { y: clean } = sine(4000, { noise: 0 });
  expect(noisy.sub(clean).std().itemSync()).toBeCloseTo(0.1, 2);
});
