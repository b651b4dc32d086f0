/**
 * The experiments: what the lesson says about them, on a seed or two, and the programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nn, optim, type Tensor, tensor } from '../../core';
import { runScript } from '../../tools/run';
import * as normalisation from './normalisation';
import * as optimizers from './optimizers';
import * as regularisation from './regularisation';
import { bestEpoch, bounded, ending, medianCurve, middleAndEnds, overSeeds } from './runs';
import * as schedules from './schedules';
import { outcome } from './sweep';

describe('several runs', () => {
  test('take the seeds in turn', async () => {
    expect(await overSeeds({ seed: 3, seeds: 4 }, async (seed) => seed)).toEqual([3, 4, 5, 6]);
  });

  test('the middle and the ends', () => {
    expect(middleAndEnds([3, 1, 2])).toBe('2.000 (1.000 to 3.000)');
    expect(middleAndEnds([4, 1, 2, 3], 1)).toBe('2.5 (1.0 to 4.0)');
  });

  test('the median curve goes as far as all curves go', () => {
    const curves = [
      [5, 1, 9],
      [3, 2],
      [4, 7, 0, 0],
    ];
    expect(medianCurve(curves)).toEqual([4, 2]);
    expect(bestEpoch([3, 1, 2])).toBe(2);
  });

  test('a loss that has flown away counts as 100', () => {
    expect([0.5, 1e30, Infinity, NaN].map(bounded)).toEqual([0.5, 100, 100, 100]);
    expect(ending([9, 1, 2, 3, 4, 5])).toBe(3);
  });
});

describe('sweep', () => {
  const loss = async (setting: { optimiser?: 'Adam' | 'SGD'; rate?: number; batchSize?: number; epochs?: number }) =>
    (await outcome(0, { optimiser: 'Adam', rate: 0.01, batchSize: 32, epochs: 12, ...setting })).loss;

  test('a rate can be too small and too large', async () => {
    const right = await loss({});
    expect(await loss({ rate: 1e-4 })).toBeGreaterThan(2 * right);
    expect(await loss({ rate: 1 })).toBeGreaterThan(2 * right);
  });

  test('with one batch of all points an epoch is one step, and not enough', async () => {
    expect(await loss({ batchSize: 512 })).toBeGreaterThan(2 * (await loss({ batchSize: 16 })));
    expect(await loss({ batchSize: 512, epochs: 400 })).toBeLessThan(0.2);
  });
});

test('optimisers: Adam arrives where SGD is still on its way', async () => {
  const end = async (name: string, rate: number) =>
    (await optimizers.learn(0, optimizers.OPTIMISERS[name].make, { rate, epochs: 20 })).end;
  expect(await end('SGD', 1)).toBeGreaterThan(3 * (await end('Adam', 0.1)));
});

describe('schedules', () => {
  const EPOCHS = 10;
  const ratesOf = async (name: string) =>
    (await schedules.learn(0, schedules.SCHEDULES[name], { rate: 1, epochs: EPOCHS })).rates; // of 400 steps

  test('step: a tenth from half way on', async () => {
    const rates = await ratesOf('step');
    expect(rates).toHaveLength(400);
    expect([rates[0], rates[199], rates[200], rates[399]]).toEqual([1, 1, 0.1, 0.1]);
  });

  test('exponential: a stair of 0.96 after every hundredth', async () => {
    const rates = await ratesOf('exponential');
    expect([rates[3], rates[4]]).toEqual([1, 0.96]);
    expect(rates[399]).toBeCloseTo(0.96 ** 99, 12);
  });

  test('cosine: up for a tenth of the steps, then down to nothing', async () => {
    const rates = await ratesOf('cosine with warm-up');
    expect(rates[0]).toBeCloseTo(0.01, 12);
    expect(Math.max(...rates)).toBe(rates[40]);
    expect(rates[40 + 180]).toBeCloseTo(0.5, 12);
    expect(rates[399]).toBeLessThan(1e-4);
  });

  test('plateau: only down, by the factor', async () => {
    const rates = await ratesOf('reduce on plateau');
    for (const [i, rate] of rates.slice(1).entries()) expect([1, 0.3]).toContainEqual(rate / rates[i]);
  });
});

describe('regularisation', () => {
  const SETTING = { points: 60, epochs: 160 };

  test('the plain network learns by heart, and is punished', async () => {
    const { curves, own } = await regularisation.learn(0, {}, SETTING);
    expect(own.accuracy).toBeGreaterThan(0.95);
    expect(curves.valLoss[159]).toBeGreaterThan(1.5 * Math.min(...curves.valLoss));
  });

  test('early stopping gives back exactly the network of the best epoch', async () => {
    const stopped = await regularisation.learn(0, { patience: 30 }, SETTING);
    const epochs = bestEpoch(stopped.curves.valLoss);
    expect(stopped.curves.valLoss).toHaveLength(epochs + 30);
    const plain = await regularisation.learn(0, {}, { ...SETTING, epochs });
    expect(stopped.test).toEqual(plain.test);
  });

  test('L1 brings nearly all weights to 0, dropout none', async () => {
    expect((await regularisation.learn(0, { l1: 0.01 }, SETTING)).nearZero).toBeGreaterThan(0.9);
    expect((await regularisation.learn(0, { dropout: 0.7 }, SETTING)).nearZero).toBeLessThan(0.1);
  });
});

describe('worked by hand', () => {
  const x = tensor([
    [1, 5],
    [3, 5],
    [5, 11],
  ]);
  const near = (y: Tensor, expected: number[]) => {
    for (const [i, value] of [...y.dataSync()].entries()) expect(value).toBeCloseTo(expected[i], 4);
  };

  test('batch norm goes down each column, layer norm along each row', () => {
    const [far, half] = [Math.sqrt(1.5), Math.SQRT1_2];
    near(new nn.BatchNorm1d(2).forward(x), [-far, -half, 0, -half, far, Math.SQRT2]);
    near(new nn.LayerNorm(2).forward(x), [-1, 1, -1, 1, -1, 1]);
  });

  test('what dropout leaves is scaled by 1/(1 − p)', () => {
    const left = [...new nn.Dropout(0.5).forward(tensor([2, 4, 1, 3])).dataSync()];
    for (const [i, value] of [2, 4, 1, 3].entries()) expect([0, 2 * value]).toContain(left[i]);
  });

  test('with momentum 0.9 a steady gradient comes to count ten times', () => {
    const w = tensor([0], { requiresGrad: true });
    const optimizer = new optim.SGD([w], { lr: 1, momentum: 0.9 });
    let before = 0;
    for (let step = 0; step < 200; step++) {
      before = w.itemSync();
      optimizer.zeroGrad();
      w.sum().backward();
      optimizer.step();
    }
    expect(before - w.itemSync()).toBeCloseTo(10, 2);
  });

  test('a mistake at p = 0.4 costs 0.9, at p = 0.001 it costs 6.9', () => {
    expect([0.4, 0.001].map((p) => (-Math.log(p)).toFixed(1))).toEqual(['0.9', '6.9']);
  });

  test('2-32-32-1 has 1,185 parameters', async () => {
    const { model } = await regularisation.learn(0, {}, { points: 60, epochs: 1 });
    expect(model.parameterCount()).toBe(1185);
  });
});

test('normalisation: at rate 1 only batch norm learns', async () => {
  for (const [name, kind] of Object.entries(normalisation.KINDS)) {
    const { end } = await normalisation.learn(0, kind, { depth: 6, rate: 1, epochs: 30, batch: 30 });
    if (name === 'batch norm') expect(end).toBeLessThan(0.6);
    else expect(end, name).toBeGreaterThan(1);
  }
});

describe.concurrent('scripts', { timeout: 240_000 }, () => {
  const out = mkdtempSync(join(tmpdir(), 'experiments-'));
  afterAll(() => rmSync(out, { recursive: true }));

  const run = (name: string, args: string[], input?: string) =>
    runScript(`chapters/05-training/${name}.ts`, [...args, '--out', out], { input });

  const FIGURES: Record<string, string[]> = {
    sweep: ['sweep-rate', 'sweep-batch'],
    optimizers: ['optimizers', 'optimizers-rates'],
    schedules: ['schedules'],
    regularisation: ['overfitting-by-heart', 'regularisation', 'regularisation-borders'],
    normalisation: ['normalisation', 'normalisation-curves'],
  };

  test.each(Object.entries(FIGURES))('%s runs, draws, and says what to do next', async (name, figures) => {
    const { code, stdout } = await run(name, ['--seeds', '1', '--epochs', '6']);
    expect(code).toBe(0);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('a prediction that was right', async () => {
    const { stdout } = await run('sweep', ['--seeds', '1', '--epochs', '12', '--predict'], '4\n');
    expect(stdout).toContain('You predicted: more than doubles. You were right.');
  });

  test('a prediction that was not', async () => {
    const { stdout } = await run('schedules', ['--seeds', '3', '--epochs', '20', '--predict'], '3\n');
    expect(stdout).toContain('You predicted: it rises for a while. The experiment says: it falls at once.');
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['sweep', '--batch', '1000'],
      ['optimizers', '--rate', '1'],
      ['schedules', '--epochs', '2'],
      ['regularisation', '--strength', '-1'],
      ['normalisation', '--batch', '1'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
