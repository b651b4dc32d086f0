/**
 * Generated pictures: of the right form, the same from the same generator, and their classes can be learned.
 */
import { expect, test } from 'vitest';
import { crossEntropy, Generator, nn, optim, train } from '../../core';
import { pictureNames, pictures } from '../../datasets';

const SIZE = 3 * 32 * 32;

test('pictures have values from 0 to 1, and labels in turns', () => {
  const { x, y, names, source } = pictures(25, { generator: new Generator(1) });
  expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[25, 3, 32, 32], 'float32', [25], 'int32']);
  expect([...y.dataSync()]).toEqual(Array.from({ length: 25 }, (_, i) => i % 10));
  expect(names).toEqual(pictureNames);
  expect(new Set(names).size).toBe(10);
  expect(source).toBe('25 generated pictures of 10 classes');
  for (let i = 0; i < 25; i++) {
    const picture = x.slice(i).dataSync();
    expect(Math.min(...picture)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...picture)).toBeLessThanOrEqual(1);
    expect(Math.max(...picture) - Math.min(...picture)).toBeGreaterThan(0.3); // there is something to see
  }
});

test('some of the classes, in an order of one’s own, are counted along the list', () => {
  const { y, names, source } = pictures(5, { generator: new Generator(1), classes: [8, 2] });
  expect([...y.dataSync()]).toEqual([0, 1, 0, 1, 0]);
  expect(names).toEqual([pictureNames[8], pictureNames[2]]);
  expect(source).toBe('5 generated pictures of 2 classes');
});

test('the same generator gives the same pictures, however many; another one others', () => {
  const pixels = (count: number, seed: number) => pictures(count, { generator: new Generator(seed) }).x.dataSync();
  expect(pixels(12, 1)).toEqual(pixels(12, 1));
  expect(pixels(20, 1).slice(0, 12 * SIZE)).toEqual(pixels(12, 1));
  expect(pixels(12, 1)).not.toEqual(pixels(12, 2));
});

test('no picture takes more chances than it has', () => {
  expect(() => pictures(300, { generator: new Generator(2) })).not.toThrow();
});

test.each([[[]], [[10]], [[-1]], [[1.5]], [[3, 3]]])('classes %j are refused', (classes) => {
  const message = `pictures: classes are different numbers from 0 to 9, not [${classes}]`;
  expect(() => pictures(10, { classes })).toThrow(message);
});

test('a count that is none', () => {
  expect(() => pictures(0)).toThrow('pictures: count is a whole number from 1 up, not 0');
});

test('a small network of convolutions tells three classes apart', async () => {
  const generator = new Generator(7);
  const classes = [1, 4, 6]; // car, fish, house
  const model = new nn.Sequential(
    new nn.AvgPool2d(2), // 32 → 16
    new nn.Conv2d(3, 12, 3, { generator }),
    new nn.ReLU(),
    new nn.MaxPool2d(2), // 14 → 7
    new nn.Conv2d(12, 24, 3, { generator }),
    new nn.ReLU(),
    new nn.Flatten(),
    new nn.Linear(24 * 25, 3, { generator }),
  );
  const optimizer = new optim.Adam(model.parameters(), { lr: 4e-3 });
  const { x, y } = pictures(450, { generator, classes });
  await train.fit(model, { x, y, optimizer, loss: crossEntropy, epochs: 10, generator, progress: false });
  const fresh = pictures(150, { generator, classes });
  expect(await train.accuracy().of(model.forward(fresh.x), fresh.y)).toBeGreaterThan(0.7);
});
