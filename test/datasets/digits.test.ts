/**
 * Generated digits: pictures of the right form, the same from the same generator, legible enough to be learned.
 */
import { expect, test } from 'vitest';
import { crossEntropy, Generator, nn, optim, train } from '../../core';
import { digits } from '../../datasets';

test('pictures have values from 0 to 1, and labels in turns', () => {
  const { x, y, source } = digits(35, { generator: new Generator(1) });
  expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[35, 1, 28, 28], 'float32', [35], 'int32']);
  expect([...y.dataSync()]).toEqual(Array.from({ length: 35 }, (_, i) => i % 10));
  expect(source).toBe('35 generated digits, drawn from strokes');
  for (let i = 0; i < 35; i++) {
    const picture = x.slice(i).dataSync();
    expect(Math.min(...picture)).toBe(0);
    expect(Math.max(...picture)).toBeGreaterThan(0.4);
    expect(Math.max(...picture)).toBeLessThanOrEqual(1);
    const inked = picture.filter((value) => value > 0).length;
    expect(inked).toBeGreaterThan(25); // a thin small 1
    expect(inked).toBeLessThan(400); // a fat large 0
  }
});

test('the same generator gives the same pictures, however many; another one others', () => {
  const pixels = (count: number, seed: number) => digits(count, { generator: new Generator(seed) }).x.dataSync();
  expect(pixels(20, 1)).toEqual(pixels(20, 1));
  expect(pixels(30, 1).slice(0, 20 * 784)).toEqual(pixels(20, 1));
  expect(pixels(20, 1)).not.toEqual(pixels(20, 2));
  expect(() => digits(0)).toThrow('digits: count is a whole number from 1 up, not 0');
});

test('a small network learns them from 2,000, and judges fresh ones', async () => {
  const generator = new Generator(7);
  const model = new nn.Sequential(
    new nn.Linear(784, 32, { generator }),
    new nn.ReLU(),
    new nn.Linear(32, 10, { generator }),
  );
  const flat = (count: number) => {
    const { x, y } = digits(count, { generator });
    return { x: x.reshape(count, 784), y };
  };
  const optimizer = new optim.Adam(model.parameters(), { lr: 5e-3 });
  await train.fit(model, { ...flat(2000), optimizer, loss: crossEntropy, epochs: 4, generator, progress: false });
  const fresh = flat(500);
  expect(await train.accuracy().of(model.forward(fresh.x), fresh.y)).toBeGreaterThan(0.8);
});
