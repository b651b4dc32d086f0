/** Initialisers: by their moments, and that layers start as PyTorch's do. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Generator, manualSeed, nn, type Tensor } from '../../core';

const { init } = nn;

beforeEach(() => {
  manualSeed(0);
});

/** Mean, variance, kurtosis (3 for a normal, 1.8 for a uniform distribution) and largest size. */
function momentsOf(t: Tensor) {
  const values = [...t.dataSync()];
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const central = (power: number): number => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length;
  const variance = central(2);
  return { mean, variance, kurtosis: central(4) / variance ** 2, largest: Math.max(...values.map(Math.abs)) };
}

const FANS = { linear: [300, 200], convolution: [40, 30, 3, 5] }; // fanIn 200, fanOut 300; fanIn 450, fanOut 600

describe.each<[string, (shape: number[]) => Tensor, { linear: number; convolution: number }, 'uniform' | 'normal']>([
  ['xavierUniform', (s) => init.xavierUniform(s), { linear: 2 / 500, convolution: 2 / 1050 }, 'uniform'],
  ['xavierNormal', (s) => init.xavierNormal(s), { linear: 2 / 500, convolution: 2 / 1050 }, 'normal'],
  [
    'xavierUniform with the gain of tanh',
    (s) => init.xavierUniform(s, { gain: init.calculateGain('tanh') }),
    { linear: ((25 / 9) * 2) / 500, convolution: ((25 / 9) * 2) / 1050 },
    'uniform',
  ],
  ['heUniform', (s) => init.heUniform(s), { linear: 2 / 200, convolution: 2 / 450 }, 'uniform'],
  ['heNormal', (s) => init.heNormal(s), { linear: 2 / 200, convolution: 2 / 450 }, 'normal'],
  [
    'heNormal for the way back',
    (s) => init.heNormal(s, { mode: 'fanOut' }),
    { linear: 2 / 300, convolution: 2 / 600 },
    'normal',
  ],
  [
    'heUniform for a leaky ReLU',
    (s) => init.heUniform(s, { gain: init.calculateGain('leakyRelu', { negativeSlope: 0.2 }) }),
    { linear: 2 / 1.04 / 200, convolution: 2 / 1.04 / 450 },
    'uniform',
  ],
])('%s', (_, make, variances, kind) => {
  test.each(['linear', 'convolution'] as const)('has the moments wanted for a %s', (layer) => {
    const { mean, variance, kurtosis, largest } = momentsOf(make(FANS[layer]));
    const wanted = variances[layer];
    expect(Math.abs(mean) / Math.sqrt(wanted)).toBeLessThan(0.03);
    expect(Math.abs(variance / wanted - 1)).toBeLessThan(0.04);
    expect(Math.abs(kurtosis - (kind === 'uniform' ? 1.8 : 3))).toBeLessThan(0.15);
    if (kind === 'uniform') expect(largest).toBeLessThanOrEqual(Math.sqrt(3 * wanted) * (1 + 1e-6));
  });
});

test('truncatedNormal: the moments of a normal distribution cut off at two deviations', () => {
  const { mean, variance, largest } = momentsOf(init.truncatedNormal([400, 250], { std: 0.02 }));
  expect(Math.abs(mean)).toBeLessThan(0.0002);
  expect(Math.abs(variance / 0.02 ** 2 / 0.7737413 - 1)).toBeLessThan(0.02); // 1 − 4φ(2) / (2Φ(2) − 1)
  expect(largest).toBeLessThanOrEqual(0.04);
  expect(largest).toBeGreaterThan(0.0395);
  const cut = init.truncatedNormal([1000], { mean: 1, std: 3, low: 0, high: 1.5 }).dataSync();
  expect(Math.min(...cut)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...cut)).toBeLessThanOrEqual(1.5);
});

test.each([[[20, 50]], [[50, 20]], [[16, 3, 3, 3]], [[30, 30]]])(
  'orthogonal %j: at right angles, and of one length',
  (shape) => {
    const weight = init.orthogonal(shape, { gain: 2 }).reshape(shape[0], -1).to('float64');
    const wide = weight.shape[0] <= weight.shape[1] ? weight : weight.transpose();
    const products = wide.matmul(wide.transpose()).arraySync() as number[][];
    products.forEach((row, i) => {
      row.forEach((product, j) => {
        expect(Math.abs(product - (i === j ? 4 : 0))).toBeLessThan(1e-5);
      });
    });
  },
);

test('orthogonal prefers no direction', () => {
  const { mean, variance, kurtosis } = momentsOf(init.orthogonal([150, 150]));
  expect(Math.abs(mean)).toBeLessThan(0.002);
  expect(variance).toBeCloseTo(1 / 150, 4);
  expect(Math.abs(kurtosis - 3)).toBeLessThan(0.15);
});

test('a generator decides', () => {
  const draw = (seed: number) => init.heNormal([3, 4], { generator: new Generator(seed) }).dataSync();
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('layers begin as PyTorch’s', () => {
  const state = (layer: nn.Module, name: string): Tensor => layer.stateDict()[name];
  const expectUniform = (t: Tensor, bound: number) => {
    const { variance, largest } = momentsOf(t);
    expect(Math.abs(variance / (bound ** 2 / 3) - 1)).toBeLessThan(0.15);
    expect(largest).toBeLessThanOrEqual(bound);
  };
  expectUniform(state(new nn.Linear(64, 80), 'weight'), 1 / 8);
  expectUniform(state(new nn.Linear(64, 800), 'bias'), 1 / 8);
  expectUniform(state(new nn.Conv2d(8, 60, 3, { groups: 2 }), 'weight'), 1 / 6);
  expectUniform(state(new nn.ConvTranspose2d(60, 8, 3, { groups: 2 }), 'weight'), 1 / 6);
  expectUniform(state(new nn.LSTM(50, 25), 'weight_ih_l0'), 1 / 5);
  const { variance, kurtosis } = momentsOf(state(new nn.Embedding(100, 30), 'weight'));
  expect(Math.abs(variance - 1)).toBeLessThan(0.08);
  expect(Math.abs(kurtosis - 3)).toBeLessThan(0.25);
  const attention = new nn.MultiheadAttention(24, 4);
  expectUniform(state(attention, 'in_proj_weight'), Math.sqrt(6 / 96));
  expect(momentsOf(state(attention, 'in_proj_bias')).largest).toBe(0);
  expect(momentsOf(state(attention, 'out_proj.bias')).largest).toBe(0);
});

test('a layer takes on other values', () => {
  const layer = new nn.Linear(3, 2);
  const weight = layer.weight;
  layer.weight.become(init.orthogonal([2, 3]));
  expect(layer.parameters()[0]).toBe(weight);
  expect(layer.weight.requiresGrad).toBe(true);
});

test.each<[string, () => unknown, string]>([
  [
    'a vector',
    () => init.heNormal([3]),
    'heNormal: a weight is [out, in, …window] without empty axes, not of shape [3]',
  ],
  [
    'a vector at right angles',
    () => init.orthogonal([3]),
    'orthogonal: a weight is [out, in, …window], not of shape [3]',
  ],
  [
    'an activation nobody knows',
    () => init.calculateGain('swish' as 'tanh'),
    "calculateGain: 'swish' is none of linear, sigmoid, tanh, relu, leakyRelu, selu",
  ],
  [
    'a range that is never met',
    () => init.truncatedNormal([3], { low: 7, high: 8 }),
    'truncatedNormal: the range [7, 8] must hold the mean 0 and be at least std / 10 wide (std 1)',
  ],
])('%s is refused', (_, make, message) => expect(make).toThrow(message));
