/**
 * Recurrent sequences: batches around the tiles and the blocks, units that fill no vector, tile or chunk; padding and
 * dropout; forward, and backward from what forward left.
 */
import { bernoulli, randn, type Tensor } from '../../../core';
import type { Kernels, Recurrence, RnnNonlinearity } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

/** [steps, batch, units] */
type Size = [steps: number, batch: number, units: number];

const sizes: Size[] = [
  [1, 1, 1],
  [1, 3, 10], // a cell alone
  [5, 2, 7],
  [3, 130, 12], // blocks of 16 rows, the last of 2
  [4, 37, 67], // blocks of 4
  [2, 9, 261], // more than a chunk
  [2, 0, 5],
];

/** With a padding mask, dropout and a bias, or without. */
function recurrence(gates: number, [steps, batch, units]: Size, whole: boolean): Recurrence {
  return {
    weight: randn([gates * units, units]).mul(1 / Math.sqrt(units)),
    bias: whole ? randn([gates * units]) : null,
    mask: whole ? bernoulli(0.6, [steps, batch]) : null,
    dropout: whole ? bernoulli(0.5, [batch, units], { dtype: 'float32' }).mul(2) : null,
  };
}

/** Room for the states before and after all steps, with the first of them in it. */
function states(kernels: Kernels, [steps, batch, units]: Size): Tensor {
  const all = blank([steps + 1, batch, units]);
  kernels.copy(randn([batch, units]), all.slice(0));
  return all;
}

function rnn(kernels: Kernels, size: Size, whole: boolean, nonlinearity: RnnNonlinearity, backward: boolean): Tensor[] {
  const [steps, batch, units] = size;
  const r = recurrence(1, size, whole);
  const [gates, h] = [randn(size), states(kernels, size)];
  kernels.rnn(r, gates, h, nonlinearity);
  if (!backward) return [h];
  const [gGates, gh0] = [blank([steps, batch, units]), blank([batch, units])];
  kernels.rnnGradient(r, h, randn(size), randn([batch, units]), gGates, gh0, nonlinearity);
  return [gGates, gh0];
}

function lstm(kernels: Kernels, size: Size, whole: boolean, backward: boolean): Tensor[] {
  const [steps, batch, units] = size;
  const r = recurrence(4, size, whole);
  const [gates, h, c] = [randn([steps, batch, 4 * units]), states(kernels, size), states(kernels, size)];
  kernels.lstm(r, gates, h, c);
  if (!backward) return [gates, h, c];
  const [gh, ghLast, gcLast] = [randn(size), randn([batch, units]), randn([batch, units])];
  const [gGates, gh0, gc0] = [blank(gates.shape), blank([batch, units]), blank([batch, units])];
  kernels.lstmGradient(r, gates, c, gh, ghLast, gcLast, gGates, gh0, gc0);
  return [gGates, gh0, gc0];
}

function gru(kernels: Kernels, size: Size, whole: boolean, backward: boolean): Tensor[] {
  const [steps, batch, units] = size;
  const r = recurrence(3, size, whole);
  const [gates, q, h] = [randn([steps, batch, 3 * units]), blank(size), states(kernels, size)];
  kernels.gru(r, gates, q, h);
  if (!backward) return [gates, q, h];
  const [gh, ghLast] = [randn(size), randn([batch, units])];
  const [gGates, gHidden, gh0] = [blank(gates.shape), blank(gates.shape), blank([batch, units])];
  kernels.gruGradient(r, gates, q, h, gh, ghLast, gGates, gHidden, gh0);
  return [gGates, gHidden, gh0];
}

export const recurrentCases: Case[] = sizes.flatMap((size) =>
  [false, true].flatMap((whole) => {
    const name = `${size.join('×')}${whole ? ', padding, dropout and bias' : ''}`;
    return [
      oneCase(name, 'lstm', (kernels) => lstm(kernels, size, whole, false)),
      oneCase(name, 'lstmGradient', (kernels) => lstm(kernels, size, whole, true)),
      oneCase(name, 'gru', (kernels) => gru(kernels, size, whole, false)),
      oneCase(name, 'gruGradient', (kernels) => gru(kernels, size, whole, true)),
      ...(['tanh', 'relu'] as const).flatMap((f) => [
        oneCase(`${f} ${name}`, 'rnn', (kernels) => rnn(kernels, size, whole, f, false)),
        oneCase(`${f} ${name}`, 'rnnGradient', (kernels) => rnn(kernels, size, whole, f, true)),
      ]),
    ];
  }),
);
