/** Schedules: rates over time against PyTorch's, state, and what only this library has. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { optim, tensor } from '../../core';
import { readNamedLines } from '../support/named-lines';

const { metrics, schedules } = readNamedLines<{
  metrics: number[];
  schedules: Record<string, [number, number][]>;
}>(join(__dirname, 'reference.jsonl'));

const { CosineAnnealingLR, ExponentialLR, LambdaLR, LinearWarmup, OneCycleLR, ReduceLROnPlateau, StepLR } = optim;

/** As test/optim/reference.py. */
const makers: Record<string, (optimizer: optim.SGD) => optim.Schedule> = {
  step: (o) => new StepLR(o, { stepSize: 3, gamma: 0.5 }),
  exponential: (o) => new ExponentialLR(o, { gamma: 0.96 }),
  cosine: (o) => new CosineAnnealingLR(o, { tMax: 8, etaMin: 0.01 }),
  lambda: (o) => new LambdaLR(o, (t) => 1 / Math.sqrt(1 + t)),
  'warm-up': (o) => new LinearWarmup(o, { steps: 5 }),
  'warm-up, then cosine': (o) =>
    new LinearWarmup(o, { steps: 4, startFactor: 0.1, next: new CosineAnnealingLR(o, { tMax: 10, etaMin: 0.001 }) }),
  'one cycle': (o) => new OneCycleLR(o, { maxLr: 0.4, totalSteps: 20 }),
  'one short cycle': (o) =>
    new OneCycleLR(o, { maxLr: 0.4, totalSteps: 7, pctStart: 0.1, divFactor: 5, finalDivFactor: 10 }),
  plateau: (o) => new ReduceLROnPlateau(o, { patience: 2 }),
  'plateau, max': (o) => new ReduceLROnPlateau(o, { mode: 'max', factor: 0.5, patience: 1, cooldown: 2, minLr: 0.01 }),
  'plateau, abs': (o) => new ReduceLROnPlateau(o, { factor: 0.2, patience: 0, threshold: 0.05, thresholdMode: 'abs' }),
};

const makeOptimizer = (): optim.SGD =>
  new optim.SGD(
    [{ params: [tensor([0], { requiresGrad: true })] }, { params: [tensor([0], { requiresGrad: true })], lr: 0.02 }],
    { lr: 0.5 },
  );

const ratesOf = (optimizer: optim.SGD): number[] => optimizer.paramGroups.map(({ lr }) => lr);

describe.each(Object.keys(schedules))('%s', (name) => {
  const expected = schedules[name];

  test('goes as PyTorch’s', () => {
    const optimizer = makeOptimizer();
    const schedule = makers[name](optimizer);
    expected.forEach((rates, time) => {
      if (time > 0) schedule.step(metrics[time - 1]);
      ratesOf(optimizer).forEach((rate, i) => {
        expect(rate).toBeCloseTo(rates[i], 12);
      });
    });
  });

  test('goes on from its state', () => {
    const first = makeOptimizer();
    const schedule = makers[name](first);
    for (let time = 0; time < 4; time++) schedule.step(metrics[time]);

    const second = makeOptimizer();
    const restored = makers[name](second);
    restored.loadStateDict(JSON.parse(JSON.stringify(schedule.stateDict())) as object);
    expect(ratesOf(second)).toEqual(ratesOf(first));
    for (let time = 4; time < expected.length - 1; time++) {
      for (const each of [schedule, restored]) each.step(metrics[time]);
      expect(ratesOf(second)).toEqual(ratesOf(first));
    }
  });
});

test('exponential over several steps, evenly or as a staircase (Keras: ExponentialDecay)', () => {
  const rates = (staircase: boolean): number[] => {
    const optimizer = makeOptimizer();
    const schedule = new ExponentialLR(optimizer, { gamma: 0.96, decaySteps: 4, staircase });
    return Array.from({ length: 9 }, () => {
      const [rate] = ratesOf(optimizer);
      schedule.step();
      return rate;
    });
  };
  rates(false).forEach((rate, t) => {
    expect(rate).toBeCloseTo(0.5 * 0.96 ** (t / 4), 14);
  });
  expect(rates(true)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2].map((times) => 0.5 * 0.96 ** times));
});

test('schedules over one optimiser agree about the rates it began with', () => {
  const optimizer = makeOptimizer();
  new LinearWarmup(optimizer, { steps: 10, startFactor: 0.1 });
  expect(ratesOf(optimizer)[0]).toBeCloseTo(0.05, 15);
  const after = new StepLR(optimizer, { stepSize: 100 });
  after.step();
  expect(ratesOf(optimizer)).toEqual([0.5, 0.02]);
});

test('a cycle may be stepped once after each of its batches, not more', () => {
  const schedule = new OneCycleLR(makeOptimizer(), { maxLr: 1, totalSteps: 3 });
  for (let batch = 0; batch < 3; batch++) schedule.step();
  expect(() => schedule.step()).toThrow(
    'OneCycleLR: step 4 is beyond the cycle of 3; totalSteps counts batches, over all epochs',
  );
});

describe('what is refused', () => {
  const optimizer = makeOptimizer();
  test.each<[string, () => unknown, string]>([
    ['no step size', () => new StepLR(optimizer, { stepSize: 0 }), 'StepLR: stepSize is a number above 0, not 0'],
    ['no metric', () => new ReduceLROnPlateau(optimizer).step(), 'ReduceLROnPlateau: step(metric) needs a number'],
    [
      'a factor that makes rates larger',
      () => new ReduceLROnPlateau(optimizer, { factor: 2 }),
      'ReduceLROnPlateau: a factor below 1 makes rates smaller, 2 does not',
    ],
    [
      'a cycle that only rises',
      () => new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 9, pctStart: 1 }),
      'OneCycleLR: pctStart lies in [0, 1), not 1',
    ],
    [
      'the state of another number of groups',
      () => new StepLR(optimizer, { stepSize: 1 }).loadStateDict({ time: 1, baseRates: [1] }),
      'StepLR.loadStateDict: the state has rates for 1 groups of parameters, the optimiser has 2',
    ],
  ])('%s', (_, make, message) => expect(make).toThrow(message));
});
