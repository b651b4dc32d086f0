/**
 * What the lesson works out by hand, and what it says is always so.
 */
import { describe, expect, test } from 'vitest';
import { contrastiveLoss, Generator, manualSeed, nn, noGrad, ops, randn, tensor, zeros } from '../../core';
import { errorOf, shareOf } from './anomaly';
import { Autoencoder, learn, lossOn } from './autoencoder';
import { chessboard, convolutional, Decoder, ENLARGERS, Encoder, type Enlarger, layOut } from './convolutional';
import { bar, blurred, denoiser, Noise } from './denoising';
import { centred, readHeaps } from './heaps';
import { anyPoints, assign, chances, farPoints, foundBest, kMeans, manyStarts, move, threeClouds } from './k-means';
import { neighboursAlike, sheet } from './latent';
import { decode, encode, orthonormal, overlap, principal } from './pca';
import { distance, live, network } from './siamese';
import { divergence, divergenceBySampling, sample, slopesThroughChance, VariationalAutoencoder } from './variational';

describe('k-means', () => {
  test('by hand: assign and move', () => {
    const points = [[1], [2], [9], [12]];
    const nearest = assign(points, [[0], [10]]);
    expect(nearest).toEqual([0, 0, 1, 1]);
    expect(move(points, nearest, [[0], [10]])).toEqual([[1.5], [10.5]]);
    expect(move(points, nearest, [[0], [10], [99]])[2]).toEqual([99]);
  });

  test('the spread never grows, and at the end nothing moves', async () => {
    manualSeed(3);
    const { points } = await threeClouds(300, 0.7);
    const stages = kMeans(points, points.slice(0, 3));
    for (const [i, { spread }] of stages.slice(1).entries()) expect(spread).toBeLessThanOrEqual(stages[i].spread);
    const { centres, nearest } = stages[stages.length - 1];
    expect(move(points, nearest, centres)).toEqual(centres);
  });

  test('some starts get stuck, fewer of those that keep apart', async () => {
    manualSeed(0);
    const { points } = await threeClouds(150, 0.7);
    const chance = chances(new Generator(1));
    const [any, far] = [anyPoints, farPoints].map((way) =>
      foundBest(
        manyStarts(
          points,
          Array.from({ length: 60 }, () => way(points, 3, chance)),
        ),
      ),
    );
    expect(any).toBeLessThan(60);
    expect(far).toBeGreaterThan(any);
  });
});

describe('the dense autoencoder', () => {
  test('784-128-32-128-784: 209,968 parameters, 208,896 multiply-adds', () => {
    const { parameters, multiplyAdds, rows } = nn.summary(new Autoencoder(784, 128, 32), [1, 784]);
    expect([parameters, multiplyAdds]).toEqual([209_968, 208_896]);
    expect(rows.filter(({ kind }) => kind === 'Linear').map(({ outputs }) => outputs[0][1])).toEqual([
      128, 32, 128, 784,
    ]);
  });

  test('learns to copy digits better than their mean does', async () => {
    manualSeed(0);
    const { training, test: unseen } = await readHeaps(500, 100);
    const model = new Autoencoder(784, 64, 16);
    await learn(model, training, { epochs: 12, batch: 25, rate: 0.003 });
    const mean = await ops.bceLoss(training.mean(0).expand(100, 784), unseen).item();
    expect(await lossOn(model, unseen)).toBeLessThan(0.9 * mean);
  });

  test('a copy of a grey pixel costs ln 2', async () => {
    expect(await ops.bceLoss(tensor([0.5]), tensor([0.5])).item()).toBeCloseTo(Math.LN2, 6);
  });

  test('the ink of a picture is moved to the middle', async () => {
    const pixels = new Float32Array(28 * 28);
    pixels[2 * 28 + 20] = 1; // row 2, column 20
    const moved = await centred(tensor(pixels, { shape: [1, 1, 28, 28] }));
    expect([...(await moved.data())].indexOf(1)).toBe(14 * 28 + 14);
  });
});

describe('principal components', () => {
  test('the longest direction of a stretched cloud is found', async () => {
    manualSeed(1);
    const x = randn([2000, 3])
      .mul(tensor([1, 5, 0.3]))
      .add(tensor([7, -2, 1]));
    const { mean, directions } = principal(x, 2);
    expect(Math.abs((await directions.data())[2])).toBeGreaterThan(0.99); // the second coordinate of the first
    expect((await mean.data())[0]).toBeCloseTo(7, 0);
    const error = await ops.mseLoss(decode(encode(x, { mean, directions }), { mean, directions }), x).item();
    expect(error).toBeCloseTo(0.09 / 3, 2); // what lies along the third is lost, and nothing else
  });

  test('Gram and Schmidt: at right angles, of length 1, the same space', async () => {
    manualSeed(2);
    const columns = randn([6, 3]);
    const q = orthonormal(columns);
    const products = [...(await q.transpose(0, 1).matmul(q).data())];
    for (const [i, value] of products.entries()) expect(value).toBeCloseTo(i % 4 === 0 ? 1 : 0, 5);
    expect(await overlap(q, orthonormal(columns.flip(1)))).toBeCloseTo(1, 5);
  });
});

describe('maps', () => {
  test('the nearest other code', async () => {
    const codes = tensor([
      [0, 0],
      [0, 1],
      [5, 5],
      [5, 6.5],
      [0, 2.5],
    ]);
    expect(await neighboursAlike(codes, tensor(Int32Array.of(1, 1, 2, 3, 1)))).toBeCloseTo(0.6, 6);
  });

  test('a sheet begins at the upper left', async () => {
    const first = sheet(new nn.Sequential(), 3, [-1, 1], [-2, 2]);
    expect(await first.array()).toEqual([
      [-1, 2],
      [0, 2],
      [1, 2],
      [-1, 0],
      [0, 0],
      [1, 0],
      [-1, -2],
      [0, -2],
      [1, -2],
    ]);
  });
});

describe('denoising', () => {
  test('noise is added while learning only, and stays within 0 and 1', async () => {
    const noise = new Noise(0.5);
    const x = zeros([4, 784]).add(0.5);
    const spoilt = [...(await noise.forward(x).data())];
    expect(Math.min(...spoilt)).toBe(0);
    expect(Math.max(...spoilt)).toBe(1);
    expect(await noise.eval().forward(x).sub(x).abs().max().item()).toBe(0);
    expect(denoiser(0.5).eval().training).toBe(false);
  });

  test('a bar covers five rows, and blurring keeps an even ground', async () => {
    const ground = zeros([1, 784]).add(1);
    expect(await bar(ground).sum().item()).toBe(23 * 28);
    expect((await blurred(ground).data())[14 * 28 + 14]).toBeCloseTo(1, 6);
  });
});

test('anomaly scores: the squared distance, and its share of the ink', async () => {
  const [x, copy] = [tensor([[3, 4]]), tensor([[3, 2]])];
  expect([await errorOf(x, copy).item(), await shareOf(x, copy).item()].map((v) => v.toFixed(2))).toEqual([
    '4.00',
    '0.16',
  ]);
});

describe('transposed convolution', () => {
  test('by hand: 2, 3, 1 by 1, 10, 100', async () => {
    expect(layOut([2, 3, 1], [1, 10, 100], 2)).toEqual([2, 20, 203, 30, 301, 10, 100]);
    const y = ops.convTranspose1d(tensor([[[2, 3, 1]]]), tensor([[[1, 10, 100]]]), null, { stride: 2 });
    expect([...(await y.data())]).toEqual([2, 20, 203, 30, 301, 10, 100]);
  });

  test('coverage: even for kernel 4, not for kernel 3', () => {
    expect(layOut([1, 1, 1, 1], [1, 1, 1], 2)).toEqual([1, 1, 2, 1, 2, 1, 2, 1, 1]);
    expect(layOut([1, 1, 1, 1], [1, 1, 1, 1], 2)).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 1, 1]);
  });

  test.each(Object.keys(ENLARGERS) as Enlarger[])('%s: 7 to 14 to 28', (enlarger) => {
    const [first, second] = [ENLARGERS[enlarger](32, 16), ENLARGERS[enlarger](16, 1)];
    expect(first.forward(zeros([2, 32, 7, 7])).shape).toEqual([2, 16, 14, 14]);
    expect(second.forward(zeros([2, 16, 14, 14])).shape).toEqual([2, 1, 28, 28]);
    const code = new Encoder().forward(zeros([2, 784]));
    expect(code.shape).toEqual([2, 32]);
    expect(new Decoder(ENLARGERS[enlarger]).forward(code).shape).toEqual([2, 784]);
  });

  test('half the parameters, four times the multiply-adds', () => {
    const { parameters, multiplyAdds } = nn.summary(convolutional('kernel 4'), [1, 784]);
    expect([parameters, multiplyAdds]).toEqual([115_217, 805_952]);
  });

  test('the measure: 1 for a chessboard, 0 for what does not know it', async () => {
    const places = Array.from({ length: 784 }, (_, i) => [Math.floor(i / 28), i % 28]);
    const picture = (value: (y: number, x: number) => number) => tensor([places.map(([y, x]) => value(y, x))]);
    expect(await chessboard(picture((y, x) => (y + x) % 2))).toBeCloseTo(1, 5);
    expect(await chessboard(picture((y) => Number(y > 13)))).toBeCloseTo(0, 5);
  });
});

describe('clouds', () => {
  test('the price of μ = 1.5, σ = 0.5, by formula and by sampling', async () => {
    const price = await divergence(tensor([[1.5]]), tensor([[2 * Math.log(0.5)]])).item();
    expect(price).toBeCloseTo(1.4431, 4);
    expect(await divergenceBySampling(1.5, 0.5, 100_000, new Generator(0))).toBeCloseTo(price, 1);
    expect(await divergence(tensor([[0, 0]]), tensor([[0, 0]])).item()).toBe(0);
  });

  test('a draw is μ + σ·ε, and its slopes are 2μ and 2σ for the mean of z²', async () => {
    const z = sample(tensor([[1, 0]]), tensor([[Math.log(9), 0]]), tensor([[2, -1]]));
    expect([...(await z.data())].map((value) => value.toFixed(4))).toEqual(['7.0000', '-1.0000']);
    manualSeed(0);
    const [alongMean, alongDeviation] = await slopesThroughChance(1.5, 0.5, 100_000);
    expect(alongMean).toBeCloseTo(3, 1);
    expect(alongDeviation).toBeCloseTo(1, 1);
  });

  test('draws while learning, the middle of the cloud afterwards', async () => {
    manualSeed(0);
    const model = new VariationalAutoencoder();
    const x = zeros([1, 784]).add(0.3);
    const copy = () => noGrad(() => model.forward(x)[0]);
    expect(await copy().sub(copy()).abs().max().item()).toBeGreaterThan(0);
    model.eval();
    expect(await copy().sub(copy()).abs().max().item()).toBe(0);
  });
});

describe('the siamese net', () => {
  test('2-128-128-2 has 17,154 parameters', () => expect(network().parameterCount()).toBe(17_154));

  test('the prices of the table', async () => {
    const d = tensor([0.5, 1.5, 3]);
    const price = async (isDifferent: number) => [
      ...(await contrastiveLoss(d, d.mul(0).add(isDifferent), { margin: 2, reduction: 'none' }).data()),
    ];
    expect(await price(0)).toEqual([0.25, 2.25, 9]);
    expect(await price(1)).toEqual([2.25, 0.25, 0]);
  });

  test('a point is at no distance from itself, and has a slope there', async () => {
    const model = network();
    const x = tensor([[1, 2]]);
    const d = distance(model, x, x);
    d.sum().backward();
    expect(await d.item()).toBeLessThan(1e-5);
    expect(Number.isFinite(await model.parameters()[0].grad!.sum().item())).toBe(true);
  });

  test('learns from a hundred pairs what holds for others', async () => {
    const { before, after } = await live(0, { pairs: 100, noise: 0.2, steps: 400 });
    expect(after.fresh).toBeGreaterThan(before.fresh + 0.2);
  });
});
