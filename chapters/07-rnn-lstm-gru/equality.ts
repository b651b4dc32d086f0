/**
 * The cells written out in cells.ts beside the layers of the core, forward and backward; and the GRU's two conventions,
 * of which one is a matter of taste and the other is not.
 */
import { manualSeed, nn, randn, type Tensor } from '../../core';
import { integer, script } from '../shared/script';
import {
  type Convention,
  GATES,
  type Gate,
  gatesOf,
  gruStep,
  gruStepBy,
  lstmStep,
  nothing,
  rnnStep,
  walk,
} from './cells';

type Layer = nn.RNN | nn.LSTM | nn.GRU;

interface Size {
  inputs: number;
  units: number;
  steps: number;
}

/** Each layer, and the same by hand with the layer's own weights. */
export const PAIRS: { name: string; make(size: Size): Layer; byHand(x: Tensor, layer: Layer): Tensor }[] = [
  ...(['tanh', 'relu'] as const).map((bend) => ({
    name: `RNN, ${bend}`,
    make: ({ inputs, units }: Size) => new nn.RNN(inputs, units, { nonlinearity: bend }),
    byHand: (x: Tensor, layer: Layer) => {
      const gates = gatesOf(GATES.RNN, layer);
      return walk((xt, state) => rnnStep(xt, state, gates, bend), x, { h: nothing(x, layer.hiddenSize) });
    },
  })),
  {
    name: 'LSTM',
    make: ({ inputs, units }) => new nn.LSTM(inputs, units),
    byHand: (x, layer) => {
      const gates = gatesOf(GATES.LSTM, layer);
      const start = { h: nothing(x, layer.hiddenSize), c: nothing(x, layer.hiddenSize) };
      return walk((xt, state) => lstmStep(xt, state, gates), x, start);
    },
  },
  {
    name: 'GRU',
    make: ({ inputs, units }) => new nn.GRU(inputs, units),
    byHand: (x, layer) => {
      const gates = gatesOf(GATES.GRU, layer);
      return walk((xt, state) => gruStep(xt, state, gates), x, { h: nothing(x, layer.hiddenSize) });
    },
  },
];

/** float64 lives on the CPU; there rounding cannot be mistaken for an error. */
async function inFloat64<Some extends Layer>(layer: Some): Promise<Some> {
  await layer.to('cpu');
  layer.to('float64');
  return layer;
}

const BATCH = 3;
const data = ({ inputs, steps }: Size): Tensor =>
  randn([BATCH, steps, inputs], { dtype: 'float64', device: 'cpu', requiresGrad: true });

export async function largestDifference(a: Tensor, b: Tensor): Promise<number> {
  return a.sub(b).abs().max().item();
}

/** How far the two are apart: in what comes out, and in the gradients of the input and of the four weight tensors. */
export async function compare({ make, byHand }: (typeof PAIRS)[number], size: Size) {
  const layer = await inFloat64(make(size));
  const x = data(size);
  const weighting = randn([BATCH, size.steps, layer.hiddenSize], { dtype: 'float64', device: 'cpu' });
  const ways = [(layer.forward(x) as [Tensor, unknown])[0], byHand(x, layer)].map((output) => {
    for (const t of [x, ...layer.parameters()]) t.grad = null;
    output.mul(weighting).sum().backward(); // a plain sum would hide errors that cancel
    const gradients = [x, ...layer.parameters()].map((t) => t.grad!);
    return { output, gradients };
  });
  const [fused, written] = ways;
  return {
    output: await largestDifference(fused.output, written.output),
    gradients: await Promise.all(
      fused.gradients.map((gradient, i) => largestDifference(gradient, written.gradients[i])),
    ),
  };
}

export const CONVENTIONS: { name: string; convention: Convention }[] = [
  { name: 'core, PyTorch, Keras', convention: { reset: 'after', z: 'keeps' } },
  { name: 'Cho et al. (2014)', convention: { reset: 'before', z: 'keeps' } },
  { name: 'Chung et al. (2014)', convention: { reset: 'before', z: 'writes' } },
  { name: 'the fourth', convention: { reset: 'after', z: 'writes' } },
];

/** How far the states of a GRU by another convention are from the layer's, with the same weights in both. */
export async function conventionGap(convention: Convention, size: Size, { turnZ = false } = {}): Promise<number> {
  const layer = await inFloat64(new nn.GRU(size.inputs, size.units));
  const { biasHh } = layer.weights[0][0];
  biasHh!.become(biasHh!.detach().mul(0)); // a bias inside the bracket would be a difference of its own
  const x = data(size);
  const gates = gatesOf(GATES.GRU, layer);
  if (turnZ) gates.z = turned(gates.z);
  const theirs = walk((xt, state) => gruStepBy(convention, xt, state, gates), x, { h: nothing(x, size.units) });
  return largestDifference(layer.forward(x)[0], theirs);
}

/** 1 − σ(score) = σ(−score): a gate that says the opposite. */
const turned = ({ W, b, U, d }: Gate): Gate => ({ W: W.neg(), b: b.neg(), U: U.neg(), d: d.neg() });

const inWords = (difference: number): string => (difference < 1e-12 ? 'below 1e-12' : difference.toFixed(4));

script({
  about: 'The cells written out gate by gate beside the layers of the core; and the two conventions of the GRU.',
  options: {
    inputs: integer(3, { min: 1, max: 64, help: 'numbers in each step of the sequence' }),
    units: integer(5, { min: 1, max: 64, help: 'numbers in the state' }),
    steps: integer(20, { min: 1, max: 200, help: 'steps of time' }),
  },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/unrolling.ts',
  async run({ options, section, table }) {
    section('fused', 'Written out and fused: the largest differences, float64');
    const rows: string[][] = [];
    for (const pair of PAIRS) {
      manualSeed(options.seed);
      const { output, gradients } = await compare(pair, options);
      rows.push([pair.name, ...[output, ...gradients].map(inWords)]);
    }
    table(['', 'states', 'gradient: x', 'W', 'U', 'b', 'd'], rows);

    section('conventions', 'Four ways to write a GRU, same weights: how far from the first');
    const gapRows: string[][] = [];
    for (const { name, convention } of CONVENTIONS) {
      const gaps: number[] = [];
      for (const { units, turnZ } of [
        { units: options.units, turnZ: false },
        { units: options.units, turnZ: convention.z === 'writes' },
        { units: 1, turnZ: convention.z === 'writes' },
      ]) {
        manualSeed(options.seed);
        gaps.push(await conventionGap(convention, { ...options, units }, { turnZ }));
      }
      const { reset, z } = convention;
      gapRows.push([name, `r ${reset} U`, `z ${z}`, ...gaps.map(inWords)]);
    }
    table(['', '', '', `${options.units} units`, "z's weights turned", 'and one unit'], gapRows);
  },
});
