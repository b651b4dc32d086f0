/**
 * What the lesson claims: its exact values, its experiments, and what it says usually goes wrong.
 */
import { describe, expect, test } from 'vitest';
import { bceWithLogitsLoss, manualSeed, mseLoss, tensor } from '../../core';
import { backward, forward, MOVIE, slopeByTrying, step } from './chain-rule';
import { descend } from './descent';
import { absolute, binary, categorical, huber, mean, sparse, squared } from './losses';
import { centralDifference, errorsAt, f, slopeByCore, slopeByEngine, slopeOfF } from './slope';
import { byCore, byEngine, byHand, byTrying, PARAMETERS } from './three-ways';
import { OPTIMISERS, Valley } from './valley';
import { lossByCounting, Network, relu, train } from './xor';

describe('losses', () => {
  const [targets, predictions] = [
    [1.5, 2, 3.5],
    [1.4, 2.3, 3],
  ];
  const meanOf = (loss: typeof squared) => mean(predictions.map((p, i) => loss(p, targets[i])));

  test('exact: the mean squared error is 0.35/3 = 0.116667', async () => {
    expect(meanOf(squared)).toBeCloseTo(0.35 / 3, 12);
    expect(meanOf(squared).toFixed(6)).toBe('0.116667');
    expect(await mseLoss(tensor(predictions), tensor(targets)).item()).toBeCloseTo(0.35 / 3, 6);
  });

  test('mean absolute error, Huber', () => {
    expect(meanOf(absolute)).toBeCloseTo(0.3, 12);
    expect(meanOf(huber)).toBeCloseTo(0.175 / 3, 12);
    expect(huber(5, 1, 2)).toBe(2 * (4 - 1));
    expect(huber(1 + 1e-9, 0)).toBeCloseTo(huber(1 - 1e-9, 0), 8); // no jump where square and line meet
  });

  test('cross-entropies', () => {
    expect(binary(0.5, 0)).toBe(Math.LN2);
    expect(binary(0.5498, 1)).toBeCloseTo(0.5982, 4);
    expect(binary(0.2, 0)).toBeCloseTo(-Math.log(0.8), 12);
    expect(categorical([0.1, 0.3, 0.6], [0, 1, 0])).toBe(sparse([0.1, 0.3, 0.6], 1));
    expect(sparse([0.7, 0.2, 0.1], 0).toFixed(4)).toBe('0.3567');
  });
});

describe('slopes', () => {
  test('exact: the slope of x² + 3x + 2 at 2 is 7, four ways', async () => {
    expect(slopeOfF(2)).toBe(7);
    expect(slopeByEngine(2)).toBe(7);
    expect(await slopeByCore(2)).toBe(7);
    expect(centralDifference(f, 2, 1e-5)).toBeCloseTo(7, 8);
  });

  test('of the four steps offered, 10⁻⁵ is the best', () => {
    const best = errorsAt(1e-5).central;
    for (const h of [0.1, 1e-8, 1e-11]) expect(errorsAt(h).central).toBeGreaterThan(100 * best);
  });

  test('the chain rule on the movie neuron', () => {
    const { z, a, loss } = forward(MOVIE, 1);
    expect([z.toFixed(4), a.toFixed(4), loss.toFixed(4)]).toEqual(['0.2000', '0.5498', '0.2026']);
    const gradient = backward({ a }, 1);
    expect(gradient.ga.toFixed(4)).toBe('-0.9003');
    expect([...gradient.gw, gradient.gb].map((g) => g.toFixed(4))).toEqual(['-0.2228', '0.0000', '-0.2228', '-0.2228']);
    for (const target of [0, 0.3, 1]) {
      const { gw, gb } = backward({ a }, target);
      for (const [i, g] of [...gw, gb].entries()) expect(g).toBeCloseTo(slopeByTrying(MOVIE, target, i), 8);
    }
    expect(forward(step(MOVIE, gradient, 1), 1).loss).toBeLessThan(loss / 2);
  });

  test('the network: by hand, engine, core and trying agree to 1e-6', () => {
    const places = [PARAMETERS, PARAMETERS.map((p, i) => -2 * p + i / 5), PARAMETERS.map((_, i) => Math.sin(7 * i))];
    for (const place of places) {
      const core = byCore(place);
      core.loss.backward();
      const gradients = core.parameters.flatMap(({ grad }) => [...grad!.dataSync()]);
      for (const [i, g] of byTrying(place).entries()) {
        for (const other of [byHand(place)[i], byEngine(place).gradients[i], gradients[i]]) {
          expect(Math.abs(other - g)).toBeLessThan(1e-6);
        }
      }
    }
  });
});

describe('descent', () => {
  test('exact: fifteen steps from 8 with rate 0.1 end at 8·0.8¹⁵', () => {
    const path = descend(8, { rate: 0.1, steps: 15 });
    expect(path).toHaveLength(16);
    expect(path[15]).toBeCloseTo(8 * 0.8 ** 15, 14);
  });

  test('rate 0.5 arrives at once, 0.9 as fast as 0.1, 1 never, 1.05 flies away', () => {
    const end = (rate: number) => descend(8, { rate, steps: 15 })[15];
    expect(end(0.5)).toBe(0);
    expect(end(0.9)).toBeCloseTo(-end(0.1), 12);
    expect(end(1)).toBe(-8);
    expect(Math.abs(end(1.05))).toBeGreaterThan(33);
  });

  test('a gradient that is never cleared swings for ever', () => {
    const path = descend(8, { rate: 0.1, steps: 1000 }, true);
    expect(Math.max(...path.slice(900))).toBeGreaterThan(7);
    expect(Math.min(...path.slice(900))).toBeLessThan(-7);
  });

  test('the first step is where momentum, RMSprop and Adam begin as the lesson writes them', async () => {
    const valley = new Valley(0); // at (−8, 2) the gradient is (−8, 60)
    const firstStep = async (name: string, rate: number) => {
      const [from, to] = (await valley.descend(OPTIMISERS[name], rate, 1)).path;
      return to.map((value, i) => (value - from[i]) / rate);
    };
    const near = (moved: number[], expected: number[]) => {
      for (const [i, value] of expected.entries()) expect(moved[i]).toBeCloseTo(value, 3);
    };
    near(await firstStep('SGD', 0.01), [8, -60]);
    near(await firstStep('momentum', 0.01), [8, -60]);
    near(await firstStep('RMSprop', 0.1), [1 / Math.sqrt(0.1), -1 / Math.sqrt(0.1)]); // s = 0.1·g²
    near(await firstStep('Adam', 0.1), [1, -1]);
  });

  test('in the turned valley SGD and momentum do as before, RMSprop and Adam do not', async () => {
    const heights = (name: string, rate: number) =>
      Promise.all(
        [0, 45, 90].map(async (degrees) => (await new Valley(degrees).descend(OPTIMISERS[name], rate, 60)).height),
      );
    for (const [name, rate] of [['SGD', 0.05] as const, ['momentum', 0.02] as const]) {
      const [straight, ...turned] = await heights(name, rate);
      for (const height of turned) expect(height / straight).toBeCloseTo(1, 2);
    }
    for (const [name, rate] of [['RMSprop', 0.3] as const, ['Adam', 0.2] as const]) {
      const [straight, turned, across] = await heights(name, rate);
      expect(turned).toBeGreaterThan(50 * straight);
      expect(across / straight).toBeCloseTo(1, 2);
    }
  });
});

describe('XOR', () => {
  const lastLoss = async (seed: number, units = 4) => {
    manualSeed(seed);
    const network = new Network(units, relu);
    return (await train(network, { rate: 0.1, steps: 200 }))[199];
  };

  test('2-4-1 has 17 parameters', () => expect(new Network(4, relu).parameterCount()).toBe(17));

  test('the losses by counting', () => {
    expect(lossByCounting([0, 1])).toBeCloseTo(Math.LN2 / 2, 12);
    expect(lossByCounting([0, 1, 1]).toFixed(3)).toBe('0.477');
    expect(lossByCounting([0, 1, 0])).toBeCloseTo(lossByCounting([0, 1, 1]), 12);
    expect(lossByCounting([0, 1, 1, 0])).toBeCloseTo(Math.LN2, 12);
  });

  test('one seed learns, others come to rest where counting says', async () => {
    expect(await lastLoss(1)).toBeLessThan(0.02);
    expect(await lastLoss(0)).toBeCloseTo(lossByCounting([0, 1]), 2); // blind at two points
    expect(await lastLoss(8)).toBeCloseTo(Math.LN2, 3); // blind everywhere
    expect(await lastLoss(3)).toBeCloseTo(Math.LN2, 3); // a straight line
  });

  test('a bit over half of all seeds learn it, and more with eight units', async () => {
    const learned = async (units: number) => {
      let count = 0;
      for (let seed = 0; seed < 30; seed++) if ((await lastLoss(seed, units)) < 0.1) count++;
      return count;
    };
    const [four, eight] = [await learned(4), await learned(8)];
    expect(four).toBeGreaterThanOrEqual(13);
    expect(four).toBeLessThanOrEqual(23);
    expect(eight).toBeGreaterThan(four);
  });
});

describe('what usually goes wrong', () => {
  test('neurons that start alike stay twins', () => {
    const [w11, w12, w21, w22, b1, b2, v1, v2] = byHand([0.5, -0.4, 0.5, -0.4, 0.1, 0.1, 0.7, 0.7, 0.2]);
    expect([w21, w22, b2, v2]).toEqual([w11, w12, b1, v1]);
  });

  test('in float32 the sigmoid of 20 is exactly 1; the loss from the score does not mind', async () => {
    expect(await tensor(20).sigmoid().item()).toBe(1);
    expect(await bceWithLogitsLoss(tensor([20]), tensor([0])).item()).toBeCloseTo(20, 5);
  });

  test('a second backward through a released graph says what to do', () => {
    const x = tensor(2, { requiresGrad: true });
    const y = x.mul(x);
    y.backward();
    expect(() => y.backward()).toThrow('retainGraph');
  });
});
