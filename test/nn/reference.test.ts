/** Every layer against PyTorch's: its state's names and shapes, outputs, gradients; and against differences. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { concat, noGrad, Tensor, tensor } from '../../core';
import { contiguousElements } from '../../core/kernels/strided';
import { sizeOf } from '../../core/tensor/shape';
import { readNamedLines } from '../support/named-lines';
import { layers } from './layers';

interface Reference {
  state: Record<string, number[]>;
  inputs: number[][];
  outputs: { shape: number[]; values: number[] }[];
  gradients: Record<string, number[]>;
  inputGradients: number[][];
  buffers?: Record<string, number[]>;
}

const references = readNamedLines<Record<string, Reference>>(join(__dirname, 'reference.jsonl'));

/** The values that reference.py gives to parameters and inputs. */
const wave = (shape: readonly number[], n: number, shift = 0): Tensor =>
  tensor(
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1.7 * i + n) / 2 + shift),
    { shape },
  );

const flat = (outputs: unknown): Tensor[] =>
  outputs instanceof Tensor ? [outputs] : Array.isArray(outputs) ? outputs.flatMap(flat) : [];

const scrambled = (y: Tensor[]): Tensor => {
  const all = concat(y.map((part) => part.reshape(-1)));
  const weights = Float64Array.from({ length: all.size }, (_, i) => Math.sin((i + 1) ** 2));
  return all.mul(tensor(weights)).sum();
};

/** The layer with PyTorch's values, its inputs, and how it is called. */
function setUp(name: string) {
  const { make, call } = layers[name];
  const layer = make().to('float64');
  const floating = Object.entries(layer.stateDict()).filter(([, value]) => value.dtype !== 'int32');
  const names = floating.map(([field]) => field).sort();
  const waves = names.map((field, n) => {
    const { shape } = layer.stateDict()[field];
    return [field, wave(shape, n, field.includes('var') ? 1 : 0)];
  });
  layer.loadStateDict(Object.fromEntries(waves) as Record<string, Tensor>, { strict: false });
  const inputs = references[name].inputs.map((shape, n) => wave(shape, 100 + n));
  const forward = layer.forward as (...given: Tensor[]) => unknown;
  const run = (given: Tensor[]): Tensor[] => flat(call ? call(layer as never, given) : forward(...given));
  for (const x of inputs) x.requiresGrad = true;
  return { layer, inputs, run };
}

function expectClose(values: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(values.length, what).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(values[i] - value), `${what} at ${i}: ${values[i]}, not ${value}`).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(value)),
    );
  });
}

test('PyTorch’s layers and this list are the same', () => {
  expect(Object.keys(layers)).toEqual(Object.keys(references));
});

describe.each(Object.keys(layers))('%s', (name) => {
  const expected = references[name];

  test('has the names and shapes of PyTorch’s', () => {
    const state = Object.entries(layers[name].make().stateDict()).map(([field, { shape }]) => [field, shape]);
    expect(Object.fromEntries(state)).toEqual(expected.state);
  });

  test('gives what PyTorch’s gives, forward and backward', () => {
    const { layer, inputs, run } = setUp(name);
    const outputs = run(inputs);
    expect(outputs.map(({ shape }) => shape)).toEqual(expected.outputs.map(({ shape }) => shape));
    outputs.forEach((y, i) => {
      expectClose(y.dataSync(), expected.outputs[i].values, `output ${i}`);
    });

    scrambled(outputs).backward();
    for (const [field, parameter] of layer.namedParameters())
      expectClose((parameter.grad as Tensor).dataSync(), expected.gradients[field], `the gradient of ${field}`);
    inputs.forEach((x, i) => {
      expectClose((x.grad as Tensor).dataSync(), expected.inputGradients[i], `the gradient of input ${i}`);
    });
    for (const [field, buffer] of layer.namedBuffers())
      expectClose(buffer.dataSync(), expected.buffers?.[field] ?? [], field);
  });

  test('has the gradients that differences show', () => {
    const { layer, inputs, run } = setUp(name);
    const loss = (): Tensor => scrambled(run(inputs));
    loss().backward();
    const tensors: [string, Tensor][] = [...layer.namedParameters(), ...inputs.map((x): [string, Tensor] => ['x', x])];
    const gradients = tensors.map(([, t]) => [...(t.grad as Tensor).dataSync()]);
    const largest = Math.max(...gradients.flat().map(Math.abs));
    tensors.forEach(([field, t], place) => {
      gradients[place].forEach((analytic, i) => {
        const numeric = slope(loss, t, i);
        expect(Math.abs(analytic - numeric), `${field} at ${i}: ${analytic}, by differences ${numeric}`).toBeLessThan(
          1e-6 * Math.max(Math.abs(analytic), Math.abs(numeric)) + 1e-7 * largest,
        );
      });
    });
  });
});

/** How the loss changes with one element of a tensor, by central differences. */
function slope(loss: () => Tensor, t: Tensor, i: number): number {
  const epsilon = 1e-5;
  const original = contiguousElements(t)[i];
  const lossAt = (value: number): number => {
    contiguousElements(t)[i] = value;
    return noGrad(loss).itemSync();
  };
  const difference = lossAt(original + epsilon) - lossAt(original - epsilon);
  contiguousElements(t)[i] = original;
  return difference / (2 * epsilon);
}
