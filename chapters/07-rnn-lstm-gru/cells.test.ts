/**
 * What the lesson claims and chance has no part in: its steps by hand, its proofs, its tasks.
 */
import { describe, expect, test } from 'vitest';
import { manualSeed, nn, randn } from '../../core';
import { byCore, step } from './by-hand';
import { ending as clippedEnding, wall } from './clipping';
import { CONVENTIONS, compare, conventionGap, PAIRS } from './equality';
import { factorOf, gradientByDistance } from './fading';
import { openKeepingGate } from './keeping';
import { examples, learn, learnedAt } from './recall';
import { CELLS, Forecast, floor, windows } from './sine';
import { echo, ending, learn as learnEcho } from './truncated';
import { backward, forward, threeWays } from './unrolling';

describe('one step by hand', () => {
  const rounded = async (name: 'RNN' | 'LSTM' | 'GRU') =>
    Object.fromEntries(Object.entries(await step(name)).map(([key, value]) => [key, value.toFixed(4)]));

  test('the numbers of the lesson', async () => {
    expect(await rounded('RNN')).toEqual({ h: '0.4621' });
    expect(await rounded('LSTM')).toEqual({
      i: '0.6682',
      f: '0.7685',
      g: '0.4621',
      o: '0.6341',
      c: '0.9236',
      h: '0.4614',
    });
    expect(await rounded('GRU')).toEqual({ r: '0.5987', z: '0.7311', n: '0.5514', h: '0.5138' });
  });

  test.each(['RNN', 'LSTM', 'GRU'] as const)('%s: the core says the same', async (name) => {
    const [{ h, c }, core] = [await step(name), await byCore(name)];
    expect(core[0]).toBeCloseTo(h, 14);
    if (name === 'LSTM') expect(core[1]).toBeCloseTo(c, 14);
  });
});

describe('written out and fused', { timeout: 60_000 }, () => {
  const size = { inputs: 3, units: 5, steps: 11 };

  test.each(PAIRS)('$name: states and gradients are equal', async (pair) => {
    manualSeed(3);
    const { output, gradients } = await compare(pair, size);
    for (const difference of [output, ...gradients]) expect(difference).toBeLessThan(1e-12);
    expect(gradients).toHaveLength(5);
  });

  const gap = (name: string, units: number, turnZ: boolean) => {
    manualSeed(3);
    const { convention } = CONVENTIONS.find((one) => one.name === name)!;
    return conventionGap(convention, { ...size, units }, { turnZ });
  };

  test('z or 1 − z is a matter of signs', async () => {
    expect(await gap('the fourth', 5, false)).toBeGreaterThan(0.1);
    expect(await gap('the fourth', 5, true)).toBeLessThan(1e-12);
  });

  test('before or after the product is not, unless there is one unit', async () => {
    expect(await gap('Cho et al. (2014)', 5, false)).toBeGreaterThan(0.01);
    expect(await gap('Chung et al. (2014)', 5, true)).toBeGreaterThan(0.01);
    expect(await gap('Cho et al. (2014)', 1, false)).toBeLessThan(1e-12);
    expect(await gap('Chung et al. (2014)', 1, true)).toBeLessThan(1e-12);
  });

  test('the two numbers worked by hand: [1, −1] through U, and r before or after', () => {
    const U = [
      [1, 2],
      [0, 1],
    ];
    const through = (h: number[]) => U.map((row) => row[0] * h[0] + row[1] * h[1]);
    const r = [1, 0];
    expect(through([1, -1]).map((value, k) => r[k] * value)).toEqual([-1, -0]);
    expect(through([1 * r[0], -1 * r[1]])).toEqual([1, 0]);
  });
});

describe('unrolled', () => {
  const weights = { w: 0.8, u: 0.9 };

  test('forward and back, as the lesson has it', () => {
    const steps = forward(weights, [1, 0, 0, 0]);
    expect(steps.map(({ h }) => h.toFixed(4))).toEqual(['0.6640', '0.5354', '0.4477', '0.3825']);
    const shares = backward(weights, steps, 1);
    expect(shares.map(({ gh }) => gh.toFixed(4))).toEqual(['-0.2192', '-0.3414', '-0.4745', '-0.6175']);
    expect(shares[0].u).toBeCloseTo(0, 15);
  });

  test('three ways, one gradient', async () => {
    for (const [gw, gu] of Object.values(await threeWays(weights, [1, 0, 0, 0], 1)))
      expect([gw.toFixed(6), gu.toFixed(6)]).toEqual(['-0.122559', '-0.600892']);
    for (const x of [[1, 0, 0, 0], [0.3, -2, 0.7], [1.5]]) {
      const ways = await threeWays({ w: -0.7, u: 1.3 }, x, 0.2);
      for (const k of [0, 1]) {
        expect(ways['the core'][k]).toBeCloseTo(ways['sum over the steps'][k], 12);
        expect(ways.differences[k]).toBeCloseTo(ways['sum over the steps'][k], 8);
      }
    }
  });
});

describe('the sine', () => {
  test('the floor', () => expect(floor().toFixed(4)).toBe('0.0142'));

  test('parameters', () => {
    expect(CELLS.map((cell) => new Forecast(cell).parameterCount())).toEqual([2701, 10651, 8001]);
  });

  test('windows go on in time, and the test part comes last', async () => {
    manualSeed(0);
    const { training, test: later } = await windows();
    expect([training.x.shape, later.x.shape]).toEqual([
      [693, 10, 1],
      [297, 10, 1],
    ]);
    const at = (t: typeof training.x, ...place: number[]) => t.slice(...place).itemSync();
    expect(at(training.x, 1, 9, 0)).toBe(at(training.y, 0, 0));
    expect(at(later.x, 0, 9, 0)).toBe(at(training.y, 692, 0));
  });
});

describe('far back', { timeout: 60_000 }, () => {
  test('0.98 to the fiftieth is 0.40, a half to the fiftieth nothing', () => {
    const gate = 1 / (1 + Math.exp(-4));
    expect(gate.toFixed(3)).toBe('0.982');
    expect((gate ** 50).toFixed(2)).toBe('0.40');
    expect((0.5 ** 50).toExponential(0)).toBe('9e-16');
    expect(((1 / (1 + Math.exp(-1))) ** 50).toExponential(0)).toBe('2e-7');
  });

  test('only the gate that keeps is opened', () => {
    const layer = new nn.GRU(2, 3);
    const before = layer.weights[0][0].biasIh!.dataSync().slice();
    openKeepingGate(layer, 4);
    const { biasIh, biasHh } = layer.weights[0][0];
    expect([...biasIh!.dataSync()]).toEqual([...before.slice(0, 3), 4, 4, 4, ...before.slice(6)]);
    expect([...biasHh!.dataSync()].slice(3, 6)).toEqual([0, 0, 0]);
    expect(biasIh!.requiresGrad).toBe(true);
  });

  test('an open gate hands on more', async () => {
    const left = async (bias: number | null) => {
      manualSeed(1);
      return (await gradientByDistance({ cell: 'GRU', bias }, { units: 6, distance: 30 }))[30];
    };
    expect(await left(4)).toBeGreaterThan(1e3 * (await left(null)));
  });

  test('the factor of a curve that halves', () => {
    expect(factorOf(Array.from({ length: 40 }, (_, k) => 0.5 ** k))).toBeCloseTo(0.5, 12);
  });

  test('a letter, then digits', () => {
    const { symbols, letter } = examples(50, 7);
    expect(symbols.shape).toEqual([50, 8]);
    expect([...symbols.slice(null, 0).dataSync()]).toEqual([...letter.dataSync()]);
    expect([...letter.dataSync()].every((value) => value < 4)).toBe(true);
    expect([...symbols.narrow(1, 1, 7).dataSync()].every((value) => value >= 4 && value < 8)).toBe(true);
  });

  test('over a short distance every cell learns it', async () => {
    const settings = { distance: 2, units: 8, steps: 150, rate: 0.02, seed: 0 };
    for (const cell of CELLS) expect((await learn({ cell, bias: null }, settings)).pop()).toBeGreaterThan(0.95);
  });

  test('learned means: right, and so to the end', () => {
    expect(learnedAt([0.2, 0.95, 0.5, 0.92, 1])).toBe(75);
    expect(learnedAt([0.2, 0.95, 0.5])).toBeNull();
  });
});

describe('clipping', () => {
  test('the wall: value and slope', () => {
    expect(wall(1.1).h).toBeCloseTo(117.391, 3);
    for (const w of [0.9, 1, 1.05]) {
      const slope = (wall(w + 1e-6).loss - wall(w - 1e-6).loss) / 2e-6;
      expect(wall(w).gradient / slope).toBeCloseTo(1, 5);
    }
  });

  test('what has flown away is told', () => {
    expect(clippedEnding({ losses: [1, 2, Number.NaN] })).toBe(Infinity);
    expect(clippedEnding({ losses: [1, 2] })).toBe(1.5);
  });
});

describe('windows', { timeout: 60_000 }, () => {
  test('the echo goes on from window to window', () => {
    const next = echo(3);
    const [first, second] = [next(4), next(4)];
    const bits = (t: typeof first.x) => [...t.slice(1).dataSync()].map((value) => (value > 0 ? 1 : 0));
    const heard = [...bits(first.x), ...bits(second.x)];
    const said = [...bits(first.y), ...bits(second.y)];
    expect(said.slice(3)).toEqual(heard.slice(0, 5));
  });

  test('by counting: 5 of 6 guessed', () => expect(((5 / 6) * Math.LN2).toFixed(3)).toBe('0.578'));

  test('a window longer than the delay learns it', async () => {
    const settings = { window: 4, delay: 2, total: 1600, rate: 0.02, carry: true };
    expect(ending(await learnEcho(0, settings))).toBeLessThan(0.1);
  });

  test('a state that goes on is the state of the whole sequence', () => {
    const layer = new nn.LSTM(2, 3);
    const x = randn([2, 6, 2]);
    const [whole] = layer.forward(x);
    const [, state] = layer.forward(x.narrow(1, 0, 4));
    const [rest] = layer.forward(x.narrow(1, 4, 2), state);
    const expected = [...whole.narrow(1, 4, 2).dataSync()];
    for (const [i, value] of [...rest.dataSync()].entries()) expect(value).toBeCloseTo(expected[i], 6);
  });
});
