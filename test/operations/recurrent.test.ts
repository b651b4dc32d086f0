/**
 * What the table cannot say of recurrent sequences: the kernels compute what the cells of core/ops/cells.ts say, and
 * padding, pieces and directions are what they are called.
 */
import { describe, expect, test } from 'vitest';
import { Generator, grad, gru, lstm, randn, rnn, type Tensor, tensor, zeros } from '../../core';
import { type Cell, gruCell, lstmCell, rnnCell, unroll } from '../../core/ops/cells';
import type { RecurrentOptions, RecurrentWeights } from '../../core/ops/recurrent';
import { DOUBLE, difference, valuesOf } from './close';

const generator = new Generator(5);
const random = (...shape: number[]): Tensor => randn(shape, { dtype: 'float64', generator, requiresGrad: true });

interface Case {
  name: string;
  gates: number;
  kinds: number; // of states
  cell: Cell;
  /** The output and the last states in one list. */
  run(x: Tensor, states: Tensor[] | null, weights: RecurrentWeights, options?: RecurrentOptions): Tensor[];
}

const cases: Case[] = [
  ...(['tanh', 'relu'] as const).map((nonlinearity) => ({
    name: `rnn with ${nonlinearity}`,
    gates: 1,
    kinds: 1,
    cell: rnnCell(nonlinearity),
    run: (x: Tensor, states: Tensor[] | null, weights: RecurrentWeights, options?: RecurrentOptions) =>
      rnn(x, states ? states[0] : null, weights, { ...options, nonlinearity }),
  })),
  {
    name: 'lstm',
    gates: 4,
    kinds: 2,
    cell: lstmCell,
    run: (x, states, weights, options) => lstm(x, states && [states[0], states[1]], weights, options).flat(),
  },
  {
    name: 'gru',
    gates: 3,
    kinds: 1,
    cell: gruCell,
    run: (x, states, weights, options) => gru(x, states ? states[0] : null, weights, options),
  },
];

const [N, T, I, H] = [3, 6, 4, 5];

const weightsFor = (gates: number): Record<keyof RecurrentWeights, Tensor> => ({
  weightIh: random(gates * H, I),
  weightHh: random(gates * H, H),
  biasIh: random(gates * H),
  biasHh: random(gates * H),
});

const mask = tensor([1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1], { shape: [N, T], dtype: 'int32' });

function expectSame(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expect(difference(actual.map(valuesOf), expected.map(valuesOf), DOUBLE)).toBeNull();
}

/** The gradients of a weighted sum of all outputs. */
const gradientsOf = (outputs: readonly Tensor[], inputs: readonly Tensor[], createGraph = false): Tensor[] =>
  grad([...outputs], inputs, { gradOutputs: outputs.map((y) => y.detach().sin()), createGraph });

describe.each(cases)('$name', ({ gates, kinds, cell, run }) => {
  const weights = weightsFor(gates);
  const { weightIh, weightHh, biasIh, biasHh } = weights;
  const all = Object.values(weights);
  const x = random(N, T, I);
  const states = Array.from({ length: kinds }, () => random(N, H));

  test.each([
    ['plain', false, false],
    ['with padding', true, false],
    ['with dropout', false, true],
    ['with both', true, true],
  ])('is its cell step by step, forward and backward: %s', (_, padded, dropped) => {
    const dropout = dropped ? random(N, H).detach().gt(0).to('float64').mul(2) : null;
    const options = { mask: padded ? mask : null, recurrentDropout: dropout };
    const actual = run(x, states, weights, options);
    const [h, ...last] = unroll(cell, {
      x: x.transpose(0, 1),
      initial: states,
      weightIh,
      weightHh,
      biases: [biasIh, biasHh],
      mask: padded ? mask.transpose() : null,
      dropout,
    });
    const expected = [h.transpose(0, 1), ...last];
    expectSame(actual, expected);
    const inputs = [x, ...states, ...all];
    expectSame(gradientsOf(actual, inputs), gradientsOf(expected, inputs));
  });

  test.each(['behind', 'in front'])('gives a padded sequence the states and gradients of the bare one: %s', (place) => {
    const length = 4;
    const isBehind = place === 'behind';
    const range: [number, number] = isBehind ? [0, length] : [T - length, T];
    const bare = run(x.slice(null, range), states, weights);
    const ones = zeros([N, length], { dtype: 'int32' }).add(1);
    const padding = zeros([N, T - length], { dtype: 'int32' });
    const padded = run(x, states, weights, { mask: isBehind ? ones.concat([padding], 1) : padding.concat([ones], 1) });
    const [output, ...last] = padded;
    expectSame([output.slice(null, range), ...last], bare);
    const carried = isBehind ? last[0] : states[0];
    const outside: [number, number] = isBehind ? [length, T] : [0, T - length];
    expectSame([output.slice(null, outside)], [carried.unsqueeze(1).expand(N, T - length, H)]);
    expectSame(gradientsOf(last, [...states, ...all]), gradientsOf(bare.slice(1), [...states, ...all]));
  });

  test('may be walked in pieces', () => {
    const [first, ...between] = run(x.slice(null, [0, 2]), states, weights);
    const [second, ...last] = run(x.slice(null, [2, T]), between, weights);
    const pieces = [first.concat([second], 1), ...last];
    const whole = run(x, states, weights);
    expectSame(pieces, whole);
    expectSame(gradientsOf(pieces, [x, ...states, ...all]), gradientsOf(whole, [x, ...states, ...all]));
  });

  test('keeps its inputs apart in a recorded backward, also where one is computed from another', () => {
    const source = random(N, H);
    const square = { ...weights, weightIh: random(gates * H, H) };
    const outputs = () => {
      const state = source.tanh();
      const copies = state.unsqueeze(1).expand(N, T, H);
      return run(copies, [state, state].slice(0, kinds), square);
    };
    const inputs = [source, ...Object.values(square)];
    expectSame(gradientsOf(outputs(), inputs, true), gradientsOf(outputs(), inputs));
  });

  test('leaves what it was given as it was, and backward can be called twice', () => {
    const before = [x, ...states, ...all].map((t) => t.dataSync());
    const [output] = run(x, states, weights);
    const g = output.detach();
    const once = grad(output, [x, ...all], { gradOutputs: [g], retainGraph: true });
    expectSame(grad(output, [x, ...all], { gradOutputs: [g] }), once);
    expect([x, ...states, ...all].map((t) => t.dataSync())).toEqual(before);
  });
});
