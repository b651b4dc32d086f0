/** Loaders, splits, standardising, padding. */
import { describe, expect, test } from 'vitest';
import { arange, Generator, randn, type Tensor, tensor, train } from '../../core';

const collect = async (loader: AsyncIterable<train.Batch>): Promise<number[][]> => {
  const batches: number[][] = [];
  for await (const [x] of loader) batches.push(Array.from(await x.data()));
  return batches;
};
const numbers = new train.TensorDataset(arange(10));
const ascending = (values: number[]) => [...values].sort((a, b) => a - b);

describe('DataLoader', () => {
  test('cuts batches in order, the last as long as it comes, or drops it', async () => {
    expect(await collect(new train.DataLoader(numbers, { batchSize: 4 }))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    const dropping = new train.DataLoader(numbers, { batchSize: 4, dropLast: true });
    expect(dropping.length).toBe(2);
    expect(await collect(dropping)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
  });

  test('shuffles the same for the same seed, and anew each time', async () => {
    const make = (seed: number) =>
      new train.DataLoader(numbers, { batchSize: 3, shuffle: true, generator: new Generator(seed) });
    const [one, other] = [make(1), make(1)];
    const first = await collect(one);
    expect(await collect(other)).toEqual(first);
    expect(ascending(first.flat())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const second = await collect(one);
    expect(second).not.toEqual(first);
    expect(await collect(other)).toEqual(second);
    expect(await collect(make(2))).not.toEqual(first);
  });

  test('collates what a dataset of its own gives, and reads ahead', async () => {
    const asked: number[] = [];
    const dataset: train.Dataset<number> = {
      length: 6,
      get: async (place) => {
        asked.push(place);
        return place * place;
      },
    };
    const collate = (examples: number[]) => [tensor(examples)];
    const loader = new train.DataLoader(dataset, { batchSize: 2, prefetch: 1, collate });
    const batches = loader[Symbol.asyncIterator]();
    const first = await batches.next();
    expect(await (first.value as Tensor[])[0].array()).toEqual([0, 1]);
    expect(asked).toEqual([0, 1, 2, 3]);
    await batches.return();
    expect(await collect(loader)).toEqual([
      [0, 1],
      [4, 9],
      [16, 25],
    ]);
  });

  test('stacks examples field by field', async () => {
    const dataset = { length: 3, get: (i: number) => [tensor([i, i]), tensor(i)] };
    for await (const [x, y] of new train.DataLoader(dataset, { batchSize: 3 })) {
      expect([x.shape, y.shape]).toEqual([[3, 2], [3]]);
    }
  });

  test('a dataset’s error reaches the loop; one in a batch never taken harms nobody', async () => {
    const dataset = {
      length: 4,
      get: async (i: number) => (i > 1 ? Promise.reject(new Error('torn file')) : [tensor(i)]),
    };
    const loader = new train.DataLoader(dataset, { batchSize: 2, prefetch: 1 });
    await expect(collect(loader)).rejects.toThrow('torn file');
    for await (const _ of loader) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('refuses what it cannot do', () => {
    expect(() => new train.DataLoader(numbers, { batchSize: 0 })).toThrow('from 1 up, not 0');
    expect(() => new train.DataLoader(numbers, { batchSize: 11, dropLast: true })).toThrow('lower the batch size');
    expect(() => new train.TensorDataset(arange(3), arange(4))).toThrow('they are [3], [4]');
  });
});

describe('trainTestSplit', () => {
  test('keeps rows together and loses none', async () => {
    const parts = await train.trainTestSplit([arange(20), arange(20).mul(10)], { testSize: 0.3 });
    const [x, y] = [parts.train, parts.test].map(([a]) => Array.from(a.dataSync()));
    expect([x.length, y.length]).toEqual([14, 6]);
    expect(ascending([...x, ...y])).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(Array.from(parts.test[1].dataSync())).toEqual(y.map((value) => 10 * value));
  });

  test('stratified, both parts have the same share of each class', async () => {
    const labels = arange(40).lt(30).to('int32');
    const parts = await train.trainTestSplit([labels], { testSize: 0.2, stratify: labels });
    expect([parts.test[0].size, parts.test[0].sum().itemSync()]).toEqual([8, 6]);
    expect([parts.train[0].size, parts.train[0].sum().itemSync()]).toEqual([32, 24]);
  });

  test('refuses a part that would be empty', async () => {
    await expect(train.trainTestSplit([arange(3)], { testSize: 0.01 })).rejects.toThrow('leaves one part empty');
  });
});

test('standardiser: mean 0, deviation 1, and back; what never changes is only moved', () => {
  const x = randn([50, 2])
    .mul(3)
    .add(7)
    .concat([tensor([[4]]).expand(50, 1)], 1);
  const { apply, invert } = train.standardiser(x);
  const z = apply(x);
  for (const mean of z.mean(0).dataSync()) expect(mean).toBeCloseTo(0, 5);
  const deviations = z.std(0, { unbiased: false }).dataSync();
  for (const [i, wanted] of [1, 1, 0].entries()) expect(deviations[i]).toBeCloseTo(wanted, 5);
  expect(invert(z).sub(x).abs().max().itemSync()).toBeLessThan(1e-5);
});

test('padSequences fills and cuts on either side', async () => {
  const { tokens, mask } = train.padSequences([[1, 2, 3], [4]], { length: 2 });
  expect([tokens.arraySync(), mask.arraySync()]).toEqual([
    [
      [1, 2],
      [4, 0],
    ],
    [
      [1, 1],
      [1, 0],
    ],
  ]);
  const before = train.padSequences([[1, 2, 3], [4]], { length: 2, side: 'before', value: 9 });
  expect([before.tokens.arraySync(), before.mask.arraySync()]).toEqual([
    [
      [2, 3],
      [9, 4],
    ],
    [
      [1, 1],
      [0, 1],
    ],
  ]);
  expect(train.padSequences([[1], [2, 3]]).tokens.shape).toEqual([2, 2]);
  expect(() => train.padSequences([[0.5]])).toThrow('no whole number');
});
