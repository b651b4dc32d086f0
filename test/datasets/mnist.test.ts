/**
 * MNIST from files of its form, made here; generated digits where there are none; one clear line for the rest.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Generator } from '../../core';
import { mnist, mnistOrDigits } from '../../datasets';
import { temporaryFolder } from '../io/folder';

const folder = temporaryFolder();
const inFolder = (name: string) => join(folder, 'mnist', name);

/** An IDX file of bytes. */
const idx = (shape: number[], values: number[]): Buffer => {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.writeUInt32BE(0x0800 + shape.length);
  for (const [axis, extent] of shape.entries()) head.writeUInt32BE(extent, 4 + 4 * axis);
  return Buffer.concat([head, Buffer.from(values)]);
};

/** So many pictures, each of one shade all over, and the same labels. */
const images = (count: number) =>
  idx(
    [count, 28, 28],
    Array.from({ length: count * 784 }, (_, i) => (i / 784) | 0),
  );
const labels = (count: number) =>
  idx(
    [count],
    Array.from({ length: count }, (_, i) => i % 10),
  );

beforeEach(() => {
  rmSync(join(folder, 'mnist'), { recursive: true, force: true });
  mkdirSync(join(folder, 'mnist'));
  writeFileSync(inFolder('train-images-idx3-ubyte.gz'), gzipSync(images(12)));
  writeFileSync(inFolder('train-labels-idx1-ubyte'), labels(12));
  writeFileSync(inFolder('t10k-images-idx3-ubyte'), images(3));
  writeFileSync(inFolder('t10k-labels-idx1-ubyte.gz'), gzipSync(labels(3)));
  vi.stubEnv('DATASETS_DIR', folder);
});
afterEach(() => vi.unstubAllEnvs());

const few = { train: 11, test: 3 };

test('reads packed and plain files, as many pictures as asked for', async () => {
  for (const load of [mnist, mnistOrDigits]) {
    const { train, test, source } = await load(few);
    expect(source).toBe('MNIST: 11 handwritten digits to learn from, 3 to test on');
    expect([train.x.shape, train.x.dtype]).toEqual([[11, 1, 28, 28], 'float32']);
    expect(train.x.slice(null, 0, 5, 9).dataSync()).toEqual(Float32Array.from({ length: 11 }, (_, i) => i / 255));
    expect([...train.y.dataSync()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
    expect([test.x.shape, [...test.y.dataSync()], test.y.dtype]).toEqual([[3, 1, 28, 28], [0, 1, 2], 'int32']);
  }
});

test.each<[what: string, name: string, content: Buffer | null, message: string]>([
  [
    'a missing file',
    't10k-images-idx3-ubyte',
    null,
    'has neither t10k-images-idx3-ubyte nor t10k-images-idx3-ubyte.gz',
  ],
  [
    'a file cut short',
    't10k-images-idx3-ubyte',
    images(3).subarray(0, 900),
    '3 × 28 × 28 numbers take 2352 bytes, but',
  ],
  [
    'a packed file cut short',
    'train-images-idx3-ubyte.gz',
    gzipSync(images(12)).subarray(0, 40),
    'gzip cannot unpack it',
  ],
  [
    'labels in the place of pictures',
    't10k-images-idx3-ubyte',
    labels(3),
    'shape [3] instead of pictures of 28 × 28 bytes',
  ],
  [
    'pictures of another size',
    't10k-images-idx3-ubyte',
    idx([1, 2, 2], [1, 2, 3, 4]),
    'shape [1,2,2] instead of pictures',
  ],
  [
    'pictures in the place of labels',
    'train-labels-idx1-ubyte',
    images(12),
    'something else than a list of labels from 0 to 9',
  ],
  [
    'a label above 9',
    'train-labels-idx1-ubyte',
    idx([12], new Array(12).fill(10)),
    'something else than a list of labels',
  ],
  ['a label too few', 'train-labels-idx1-ubyte', labels(11), 'it has 11 labels for 12 pictures'],
])('%s', async (_, name, content, message) => {
  if (content) writeFileSync(inFolder(name), content);
  else rmSync(inFolder(name));
  for (const load of [mnist, mnistOrDigits]) {
    const error = await load(few).catch((e: Error) => e);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toContain(content ? inFolder(name) : join(folder, 'mnist'));
  }
});

test('more pictures than there are', async () => {
  await expect(mnist()).rejects.toThrow('train-images-idx3-ubyte.gz has 12 pictures, fewer than the 60000 asked for');
  await expect(mnist({ train: 0 })).rejects.toThrow('mnist: train: count is a whole number from 1 up, not 0');
});

test.each([
  ['', 'mnist: DATASETS_DIR is not set; npm run datasets -- get mnist fetches it'],
  [__dirname, `mnist: there is no folder mnist in ${__dirname}; npm run datasets -- get mnist fetches it`],
])('without real files (DATASETS_DIR=%s) there are generated digits', async (place, message) => {
  vi.stubEnv('DATASETS_DIR', place);
  await expect(mnist()).rejects.toThrow(message);
  const make = () => mnistOrDigits({ ...few, generator: new Generator(1) });
  const { train, test, source } = await make();
  expect(source).toBe('generated digits: 11 to learn from, 3 to test on (DATASETS_DIR has no MNIST)');
  expect([train.x.shape, train.y.shape, test.x.shape]).toEqual([[11, 1, 28, 28], [11], [3, 1, 28, 28]]);
  expect((await make()).test.x.dataSync()).toEqual(test.x.dataSync());
  expect(test.x.dataSync()).not.toEqual(train.x.slice([0, 3]).dataSync());
});
