/** Clipping gradients: by their common length, and element by element. */
import { expect, test } from 'vitest';
import { optim, type Tensor, tensor } from '../../core';

/** Parameters whose gradients are the given values. */
const withGradients = (...values: number[][]): Tensor[] =>
  values.map((gradient) => {
    const parameter = tensor(
      gradient.map(() => 1),
      { requiresGrad: true },
    );
    parameter.mul(tensor(gradient)).sum().backward();
    return parameter;
  });

const gradients = (parameters: Tensor[]): number[] => parameters.flatMap((p) => [...(p.grad as Tensor).dataSync()]);

test('all gradients together are scaled to the longest length allowed', () => {
  const parameters = withGradients([3, 0], [0, 4, 12]); // length √(9 + 16 + 144) = 13
  const length = optim.clipGradNorm(parameters, 6.5);
  expect(length.itemSync()).toBeCloseTo(13, 5);
  for (const [i, g] of gradients(parameters).entries()) expect(g).toBeCloseTo([1.5, 0, 0, 2, 6][i], 5);
});

test('gradients that are short enough stay as they are', () => {
  const parameters = withGradients([0.3, -0.4]);
  expect(optim.clipGradNorm(parameters, 1).itemSync()).toBeCloseTo(0.5, 6);
  expect(gradients(parameters)).toEqual([...new Float32Array([0.3, -0.4])]);
});

test('other lengths: the sum of sizes, the largest size', () => {
  expect(optim.clipGradNorm(withGradients([3, -4]), 1, { p: 1 }).itemSync()).toBeCloseTo(7, 5);
  expect(optim.clipGradNorm(withGradients([3, -4]), 1, { p: Infinity }).itemSync()).toBeCloseTo(4, 5);
});

test('by value: each element is cut off', () => {
  const parameters = withGradients([-3, 0.5], [2]);
  optim.clipGradValue(parameters, 1);
  expect(gradients(parameters)).toEqual([-1, 0.5, 1]);
});

test('parameters without a gradient are left out; none at all is an error', () => {
  const [learning] = withGradients([3, 4]);
  const idle = tensor([1], { requiresGrad: true });
  optim.clipGradNorm([idle, learning], 1);
  expect(idle.grad).toBeNull();
  expect(() => optim.clipGradNorm([idle], 1)).toThrow(
    'clipGradNorm: no parameter has a gradient; call backward() first',
  );
  expect(() => optim.clipGradNorm([learning], 0)).toThrow('clipGradNorm: the longest length allowed is above 0, not 0');
});
