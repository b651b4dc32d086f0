/**
 * CIFAR-10 from files of its form, made here; generated pictures where there are none; one clear line for the rest.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Generator } from '../../core';
import { cifar10, cifarOrPictures, pictureNames } from '../../datasets';
import { temporaryFolder } from '../io/folder';

const folder = temporaryFolder();
const place = join(folder, 'cifar10');
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

/** Pictures with these labels: red is the label, green 100, and blue the number of the row. */
const records = (...labels: number[]): Buffer =>
  Buffer.concat(
    labels.map((label) => {
      const blue = Array.from({ length: 1024 }, (_, i) => i >> 5);
      return Buffer.from([label, ...new Array(1024).fill(label), ...new Array(1024).fill(100), ...blue]);
    }),
  );

const write = (name: string, content: Buffer | string) => writeFileSync(join(place, name), content);

beforeEach(() => {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  write('data_batch_1.bin', records(3, 1, 4));
  write('data_batch_2.bin.gz', gzipSync(records(1, 5)));
  write('valid_2.bin', records(9, 2));
  write('batches.meta.txt', `${names.join('\n')}\n\n`);
  vi.stubEnv('DATASETS_DIR', folder);
});
afterEach(() => vi.unstubAllEnvs());

test('reads plain and packed batches, as many as there are', async () => {
  for (const load of [cifar10, cifarOrPictures]) {
    const sets = await load();
    expect(sets.source).toBe('CIFAR-10: 5 photos to learn from, 2 to test on');
    expect(sets.names).toEqual(names);
    expect([sets.train.x.shape, sets.train.x.dtype, sets.train.y.dtype]).toEqual([[5, 3, 32, 32], 'float32', 'int32']);
    expect([...sets.train.y.dataSync()]).toEqual([3, 1, 4, 1, 5]);
    expect([...sets.test.y.dataSync()]).toEqual([9, 2]);
    expect(sets.train.x.slice(4, null, 7, 0).dataSync()).toEqual(Float32Array.of(5 / 255, 100 / 255, 7 / 255));
    expect(sets.test.x.slice(0, null, 31, 31).dataSync()).toEqual(Float32Array.of(9 / 255, 100 / 255, 31 / 255));
  }
});

test('takes the real test batch before the validation pictures, and as many pictures as asked for', async () => {
  write('test_batch.bin', records(6, 7, 8));
  const { train, test } = await cifar10({ train: 4, test: 2 });
  expect([...train.y.dataSync()]).toEqual([3, 1, 4, 1]);
  expect([...test.y.dataSync()]).toEqual([6, 7]);
  rmSync(join(place, 'data_batch_2.bin.gz')); // three are in the first file
  expect([...(await cifar10({ train: 2 })).train.y.dataSync()]).toEqual([3, 1]);
});

test('finds the folder that the archive unpacks into', async () => {
  const inner = join(place, 'cifar-10-batches-bin');
  mkdirSync(inner);
  writeFileSync(join(inner, 'data_batch_1.bin'), records(0));
  writeFileSync(join(inner, 'test_batch.bin'), records(1));
  writeFileSync(join(inner, 'batches.meta.txt'), names.join('\r\n'));
  const sets = await cifar10();
  expect([sets.train.x.shape, sets.test.x.shape, sets.names]).toEqual([[1, 3, 32, 32], [1, 3, 32, 32], names]);
});

test.each<[what: string, name: string, content: Buffer | string | null, message: string]>([
  [
    'a batch cut short',
    'data_batch_1.bin',
    records(1, 2).subarray(0, 6000),
    '6000 bytes are no whole number of records',
  ],
  ['an empty batch', 'valid_2.bin', '', '0 bytes are no whole number of records of 3073'],
  ['a label above 9', 'data_batch_1.bin', records(1, 10), 'picture 1 has the label 10, none from 0 to 9'],
  ['a packed batch cut short', 'data_batch_2.bin.gz', gzipSync(records(1)).subarray(0, 30), 'gzip cannot unpack it'],
  ['nine names', 'batches.meta.txt', names.slice(1).join('\n'), 'it has 9 names instead of 10'],
  ['names that are no text', 'batches.meta.txt', Buffer.from([0xff, 0xfe]), 'it is no text in UTF-8'],
  ['no names', 'batches.meta.txt', null, 'there is no such file'],
])('%s', async (_, name, content, message) => {
  if (content === null) rmSync(join(place, name));
  else write(name, content);
  for (const load of [cifar10, cifarOrPictures]) {
    const error = (await load().catch((e: Error) => e)) as Error;
    expect(error.message).toContain(message);
    expect(error.message).toContain(join(place, name));
  }
});

test('no files, too few pictures, a count that is none', async () => {
  await expect(cifar10({ test: 3 })).rejects.toThrow('has 2 pictures, fewer than the 3 asked for');
  await expect(cifar10({ train: 0 })).rejects.toThrow('cifar10: train: count is a whole number from 1 up, not 0');
  rmSync(join(place, 'valid_2.bin'));
  await expect(cifar10()).rejects.toThrow(`cifar10: ${place} has no test_batch*.bin and no valid*.bin`);
});

test.each([
  ['', 'cifar10: DATASETS_DIR is not set; npm run datasets -- get cifar10 fetches it'],
  [__dirname, `cifar10: there is no folder cifar10 in ${__dirname}; npm run datasets -- get cifar10 fetches it`],
])('without real files (DATASETS_DIR=%s) there are generated pictures', async (root, message) => {
  vi.stubEnv('DATASETS_DIR', root);
  await expect(cifar10()).rejects.toThrow(message);
  const make = () => cifarOrPictures({ train: 11, test: 3, generator: new Generator(1) });
  const { train, test, names: generated, source } = await make();
  expect(source).toBe('generated pictures: 11 to learn from, 3 to test on (DATASETS_DIR has no CIFAR-10)');
  expect(generated).toEqual(pictureNames);
  expect([train.x.shape, train.y.shape, test.x.shape]).toEqual([[11, 3, 32, 32], [11], [3, 3, 32, 32]]);
  expect((await make()).test.x.dataSync()).toEqual(test.x.dataSync());
  expect(test.x.dataSync()).not.toEqual(train.x.slice([0, 3]).dataSync());
});
