/**
 * What the lesson claims: its curves, its sums by hand, its experiments.
 */
import { describe, expect, test } from 'vitest';
import { crossEntropy, gradCheck, manualSeed, nn, randn, tensor } from '../../core';
import { slope } from '../shared/exercise';
import { ACTIVATIONS, areaOfBell, sigmoid } from './activations';
import { answer, collapse, follow, relu, worstError } from './bend';
import { compare, leakGradients, PLACES } from './curves';
import { Deep, factorOf, GAINS, profile, sizesOf } from './deep';
import { countLives, gradientWhenOff, live } from './dying';
import { lossAfter } from './learning';
import { answers, LOSSES, stepsToLearn } from './saturation';
import { logSumExp, naiveSoftmax, slopesOfSoftmax, softmax, withTemperature } from './softmax';
import { alongPath } from './vanishing';

type Name = keyof typeof ACTIVATIONS;
const names = Object.keys(ACTIVATIONS) as Name[];

describe('a bend', () => {
  const network = follow(Math.sin, 8);

  test('hinges meet the curve at every knot', () => {
    for (let k = 0; k <= 8; k++) {
      const x = -Math.PI + (k * Math.PI) / 4;
      expect(answer(network, relu, x)).toBeCloseTo(Math.sin(x), 12);
    }
  });

  test('twice the hinges, about a quarter of the error', () => {
    for (const pieces of [16, 32]) {
      const ratio = worstError(follow(Math.sin, pieces)) / worstError(follow(Math.sin, 2 * pieces));
      expect(ratio).toBeGreaterThan(3.8);
      expect(ratio).toBeLessThan(4.1);
    }
  });

  test('without a bend it is one neuron', () => {
    const { w, b } = collapse(network);
    for (const x of [-3, 0.2, 2.5]) expect(answer(network, (z) => z, x)).toBeCloseTo(w * x + b, 12);
  });
});

describe('ten activations', () => {
  test.each(names)('%s: value and slope are those of the core', async (name) => {
    const { value, slope: steepness } = await compare(name, PLACES);
    expect(value).toBeLessThan(1e-12);
    expect(steepness).toBeLessThan(1e-12);
  });

  test.each(names)('%s: the slope agrees with differences', (name) => {
    const { f, slope: steepness } = ACTIVATIONS[name];
    for (const z of [-5, -1.3, -0.2, 0.4, 2.1, 6]) expect(steepness(z)).toBeCloseTo(slope(f, z), 8);
  });

  test('softmax: value and slopes are those of the core', () => {
    const scores = [0.3, -1.2, 2, 0.7];
    const z = tensor(scores, { dtype: 'float64', requiresGrad: true });
    const p = z.softmax();
    for (const [i, pi] of softmax(scores).entries()) {
      expect(p.slice(i).itemSync()).toBeCloseTo(pi, 14);
      z.grad = null;
      p.slice(i).backward(undefined, { retainGraph: true });
      const expected = slopesOfSoftmax(scores)[i];
      for (const [j, g] of [...z.grad!.dataSync()].entries()) expect(g).toBeCloseTo(expected[j], 14);
    }
  });

  test('softmax with one score moving is the curve of the picture', () => {
    const p = (z: number) => softmax([z, 0, 0])[0];
    for (const z of [-2, 0, 1.5]) expect(slope(p, z)).toBeCloseTo(p(z) * (1 - p(z)), 8);
  });

  test("PReLU's leak has the gradient the lesson prints", async () => {
    const { byHand, core } = await leakGradients(PLACES);
    expect(byHand).toBeCloseTo(-644, 9);
    expect(core).toBeCloseTo(byHand, 9);
  });

  test('tanh z = 2·σ(2z) − 1; the area under the bell is ½ at 0 and 1 in all', () => {
    for (const z of [-3, 0.1, 2]) expect(Math.tanh(z)).toBeCloseTo(2 * sigmoid(2 * z) - 1, 14);
    expect(areaOfBell(0)).toBe(0.5);
    expect(areaOfBell(8) + areaOfBell(-8)).toBeCloseTo(1, 14);
    expect(areaOfBell(1.959963985)).toBeCloseTo(0.975, 9);
  });

  test('where softplus as it is usually written ends', () => {
    expect(Math.log(1 + Math.exp(709))).toBe(709);
    expect(Math.log(1 + Math.exp(710))).toBe(Number.POSITIVE_INFINITY);
    expect(ACTIVATIONS.softplus.f(710)).toBe(710);
  });
});

describe('softmax', () => {
  const values = (z: number[]) => [...naiveSoftmax(tensor(z)).dataSync()];

  test('as the formula stands it ends in NaN above e^88.7 and far below 0', () => {
    expect(values([81, 82, 84]).every(Number.isFinite)).toBe(true);
    expect(values([88.2, 88.6])).toEqual([0, 0]); // only the sum is too large: wrong without a word
    expect(values([91, 92, 94])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(values([-109, -108, -106])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(Math.log((2 - 2 ** -23) * 2 ** 127)).toBeCloseTo(88.7, 1);
  });

  test('with the maximum taken off nothing changes, and nothing overflows', () => {
    for (const shift of [0, 90, 1000, -110, 1e6]) {
      for (const [i, p] of softmax([1, 2, 4].map((z) => z + shift)).entries()) {
        expect(p).toBeCloseTo(softmax([1, 2, 4])[i], 9);
      }
    }
    expect(logSumExp([0, 1000])).toBe(1000);
    expect(logSumExp([0, 0])).toBeCloseTo(Math.LN2, 15);
  });

  test('the loss is log Σ eᶻ − z', async () => {
    const label = tensor([0], { dtype: 'int32' });
    expect(await crossEntropy(tensor([[0, 1000]]), label).item()).toBe(1000);
  });

  test('temperature: cold decides, hot does not care, the order stays', () => {
    expect(withTemperature([1, 2, 4], 0.1)[2]).toBeGreaterThan(0.9999);
    for (const p of withTemperature([1, 2, 4], 1e6)) expect(p).toBeCloseTo(1 / 3, 5);
    for (const temperature of [0.3, 1, 7]) {
      const [a, b, c] = withTemperature([1, 2, 4], temperature);
      expect(a < b && b < c).toBe(true);
    }
  });
});

describe('saturation', () => {
  test('the steps of the lesson', () => {
    const steps = (loss: keyof typeof LOSSES) =>
      [1, 4, 8].map((start) => stepsToLearn(answers(LOSSES[loss], start, 1, 1000)));
    expect(steps('squared error')).toEqual([19, 35, 772]);
    expect(steps('cross-entropy')).toEqual([5, 7, 9]);
  });

  test('flat for 700 steps, then down in fifty', () => {
    const path = answers(LOSSES['squared error'], 8, 1, 1000);
    expect(path[700]).toBeGreaterThan(0.99);
    expect(path.findIndex((a) => a < 0.1) - path.findIndex((a) => a < 0.99)).toBeLessThan(50);
  });
});

describe('a product of slopes', () => {
  test('along the path it is the slope of the whole', () => {
    const weights = [1.2, 0.8, 1.5, 0.9];
    for (const name of ['sigmoid', 'tanh', 'ReLU'] as const) {
      const last = (x: number) => alongPath(name, weights, x)[3];
      expect(last(1).felt).toBeCloseTo(
        slope((x) => last(x).h, 1),
        8,
      );
    }
    expect(alongPath('sigmoid', weights, 1).map(({ felt }) => felt.toFixed(4))).toEqual([
      '0.2135',
      '0.0389',
      '0.0116',
      '0.0024',
    ]);
  });

  test('the numbers worked by hand', () => {
    expect((0.25 ** 20).toFixed(13)).toBe('0.0000000000009');
    expect(Math.SQRT1_2 ** 20).toBeCloseTo(1 / 1024, 12);
    expect(2 ** 19).toBe(524288);
    expect((1 / Math.sqrt(3)).toFixed(2)).toBe('0.58');
  });
});

describe('twenty layers', () => {
  const size = { depth: 20, width: 64 };
  const started = (name: 'sigmoid' | 'tanh' | 'ReLU', gain: number) => {
    manualSeed(0);
    return profile(name, gain, size);
  };

  test('the factor per layer is gain · rms slope', async () => {
    for (const name of ['sigmoid', 'tanh', 'ReLU'] as const) {
      for (const gain of [GAINS.Xavier, 2 * GAINS.He]) {
        const { gradient, predicted } = await started(name, gain);
        expect(Math.abs(factorOf(gradient) - predicted)).toBeLessThan(0.03);
      }
    }
  });

  test('ReLU with Xavier: both ways shrink, the gradients of the weights are level', async () => {
    const { signal, gradient, weights } = await started('ReLU', GAINS.Xavier);
    expect(signal[0] / signal[19]).toBeGreaterThan(300);
    expect(gradient[19] / gradient[0]).toBeGreaterThan(300);
    expect(Math.max(...weights) / Math.min(...weights)).toBeLessThan(3);
  });

  test('the gradient the profile reads is a gradient', () => {
    manualSeed(1);
    const network = new Deep('tanh', sizesOf(3, 2, 4, 2), 1).to('float64');
    const x = randn([5, 3], { dtype: 'float64', requiresGrad: true });
    expect(gradCheck((input) => network.forward(input), [x]).passed).toBe(true);
  });

  test('the sizes in the box', () => {
    expect(new Deep('ReLU', sizesOf(64, 20, 64, 10), 1).parameterCount()).toBe(83850);
    expect(20 * 64 * 64 + 64 * 10).toBe(82560);
    expect(new nn.Sequential(new nn.Linear(2, 64), new nn.Linear(64, 1)).parameterCount()).toBe(257);
  });

  test('a shallow network learns, twenty layers of sigmoids do not begin to', async () => {
    const after = (name: 'sigmoid' | 'ReLU') => {
      manualSeed(0);
      return lossAfter(name, { initialisation: 'He', optimiser: 'Adam' }, { depth: 20, steps: 60 });
    };
    expect(await after('sigmoid')).toBeGreaterThan(0.69);
    expect(await after('ReLU')).toBeLessThan(0.5);
  });
});

describe('units that die', () => {
  test('deaths and returns are counted unit by unit', () => {
    const history = [
      [false, true, false],
      [true, true, false],
      [true, false, true],
    ];
    expect(countLives(history)).toEqual({ off: [1, 2, 2], died: 2, revived: 1 });
  });

  test('a ReLU that is off gets no gradient, a leaky one does', async () => {
    expect(await gradientWhenOff('ReLU')).toBe(0);
    expect(await gradientWhenOff('leaky ReLU')).toBeGreaterThan(0);
  });

  test('dead ReLUs stay dead, leaky ones come back', async () => {
    const settings = { units: 64, rate: 6, epochs: 12, seed: 0 };
    const [relu, leaky] = [await live('ReLU', settings), await live('leaky ReLU', settings)];
    expect(relu.died).toBeGreaterThan(10);
    expect(relu.revived).toBe(0);
    expect(leaky.revived).toBeGreaterThan(10);
  });
});
