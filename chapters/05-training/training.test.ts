/**
 * What the lesson works out by hand, and what it says is always so.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manualSeed, nn, type Tensor } from '../../core';
import { digits } from '../../datasets';
import * as blobs from './blobs';
import { claims } from './claims';
import { network as digitNetwork, live as liveOnDigits, NETWORKS, overfit } from './digits';
import { live as liveOnIris } from './iris';
import { count, errors, learn, payments, scores } from './metrics';
import { bothWays, largestDifference, network, threeHeaps } from './moons';
import { bestCoin, learn as learnByHeart } from './overfitting';
import { bestEpoch } from './runs';
import { threeRuns } from './saving';
import { median, spread } from './seeds';
import { branches, learnBoth, Shortcut, stack } from './styles';

describe('the loop and train.fit', () => {
  test('end at the same weights, to the bit', async () => {
    const { byHand, byFit } = await bothWays(3, { rate: 0.01, epochs: 3 });
    expect(await largestDifference(byHand.model, byFit.model)).toBe(0);
    manualSeed(3);
    await threeHeaps();
    expect(await largestDifference(byHand.model, network())).toBeGreaterThan(0.01); // it is no longer the start
  });

  test('a run saved whole and resumed ends where one without a stop does; weights alone are not enough', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saving-test-'));
    const { all, weightsOnly } = await threeRuns(1, 2, folder).finally(() => rmSync(folder, { recursive: true }));
    expect(all).toBe(0);
    expect(weightsOnly).toBeGreaterThan(0.001);
  });
});

describe('the heaps', () => {
  test('are 640, 160 and 200 points, and share none', async () => {
    manualSeed(0);
    const heaps = Object.values(await threeHeaps());
    expect(heaps.map(([x]) => x.shape[0])).toEqual([640, 160, 200]);
    const points = await Promise.all(heaps.map(async ([x]) => (await x.array()) as number[][]));
    expect(new Set(points.flat().map(String)).size).toBe(1000);
  });

  test('forty points are learned by heart, and the fresh loss has a lowest point long before', async () => {
    const run = await learnByHeart(0, { points: 40, units: 32, noise: 0.3, steps: 250 });
    const { loss, valLoss } = run.curves;
    expect(loss[249]).toBeLessThan(0.01);
    expect(valLoss[249]).toBeGreaterThan(2 * valLoss[bestEpoch(valLoss) - 1]);
    expect(bestEpoch(valLoss)).toBeLessThan(100);
  });

  test('the best of many coins looks good where it was chosen', async () => {
    manualSeed(0);
    const { validation, test } = await bestCoin(100, 50);
    expect(validation).toBeGreaterThan(0.6);
    expect(Math.abs(test - 0.5)).toBeLessThan(0.06); // four deviations of a thousand guesses
  });
});

describe('classes', () => {
  test('indices and one-hot labels teach the same', async () => {
    const settings = { rate: 0.001, epochs: 2 };
    const [indices, shares] = [await blobs.live(2, settings), await blobs.live(2, settings, 'one-hot')];
    expect(await largestDifference(indices.model, shares.model)).toBeLessThan(1e-5);
    expect(indices.loss).toBeCloseTo(shares.loss, 5);
  });

  test('an untrained network spreads its probability, and learns 32 digits by heart', async () => {
    manualSeed(0);
    const few = digits(32);
    const losses = await overfit(digitNetwork(784, 128, 10), few, 50);
    expect(Math.abs(losses[0] - Math.log(10))).toBeLessThan(0.4);
    expect(losses[49]).toBeLessThan(0.1);
  });

  test('Adam learns the flowers', async () => {
    expect((await liveOnIris(0, 'Adam 0.01')).accuracy).toBeGreaterThan(0.8);
  });

  test('a digit network learns from few digits what chance does not give', async () => {
    manualSeed(0);
    const sets = { train: digits(1280), test: digits(200), source: '' };
    const { test } = await liveOnDigits(0, NETWORKS[0], sets);
    expect(test.accuracy).toBeGreaterThan(0.4);
  });
});

describe('metrics', () => {
  test('by hand: 28 found, 87 missed, 7 accused, 3878 passed', () => {
    const { accuracy, precision, recall, f1 } = scores({ found: 28, missed: 87, accused: 7, passed: 3878 });
    expect(accuracy).toBeCloseTo(0.9765, 10);
    expect(precision).toBeCloseTo(0.8, 10);
    expect(recall).toBeCloseTo(28 / 115, 10);
    expect(f1).toBeCloseTo(56 / 150, 10);
    expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 10); // the harmonic mean
  });

  test('by hand: 1.4, 2.3 and 3.0 for 1.5, 2.0 and 3.5', () => {
    const { MAE, MSE, RMSE, 'R²': R2 } = errors([1.4, 2.3, 3.0], [1.5, 2.0, 3.5]);
    expect([MAE, MSE, RMSE, R2].map((value) => value.toFixed(6))).toEqual([
      '0.300000',
      '0.116667',
      '0.341565',
      '0.838462',
    ]);
  });

  test('weights in the loss find more frauds and accuse more', async () => {
    manualSeed(0);
    const [training, validation] = [payments(2000, 33), payments(2000, 33)];
    const countsOf = async (classWeights?: number[]) => {
      const model = await learn(0, { training, validation }, { classWeights });
      return count(model.forward(validation.x).sigmoid() as Tensor, validation.y, 0.5);
    };
    const [plain, weighted] = [await countsOf(), await countsOf([1, 32])];
    expect(plain.found + plain.missed).toBe(weighted.found + weighted.missed);
    expect(weighted.found).toBeGreaterThan(2 * plain.found);
    expect(weighted.accused).toBeGreaterThan(5 * plain.accused);
  });
});

describe('parameters', () => {
  test('a layer from 2 to 10 has 30', () => {
    const { rows } = nn.summary(stack(), [1, 2]);
    expect(rows.find(({ name }) => name === '0')).toMatchObject({
      parameters: 30,
      outputs: [[1, 10]],
      multiplyAdds: 20,
    });
  });

  test('the networks of the lesson', () => {
    const counts = [network(), new Shortcut(), branches(), digitNetwork(784, 128, 10), digitNetwork(784, 128, 64, 10)];
    expect(counts.map((model) => model.parameterCount())).toEqual([151, 151, 108, 101_770, 109_386]);
  });

  test('the graph learns both of its outputs', async () => {
    const { speciesAccuracy, widthR2 } = await learnBoth(0, 30);
    expect(speciesAccuracy).toBeGreaterThan(0.8);
    expect(widthR2).toBeGreaterThan(0.7);
  });
});

test('the median is the middle one, or between the two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(spread([0.5, 0.25, 1])).toEqual(['0.250', '0.500', '1.000']);
});

test('every claim names a script of this chapter', () => {
  const scripts = new Set(claims.map(({ script }) => script));
  for (const script of ['moons.ts', 'blobs.ts', 'iris.ts', 'digits.ts']) expect(scripts).toContain(script);
});
