/**
 * How much of a gradient arrives k steps earlier: three cells as they start, and the two with gates once more with
 * their keeping gate open.
 */
import { manualSeed, nn, randn, type Tensor } from '../../core';
import { integer, number, script } from '../shared/script';
import { type Arm, arms, nameOf, openKeepingGate } from './keeping';
import { fadingFigure } from './pictures/fading';

const [BATCH, INPUTS] = [16, 4];

interface Size {
  units: number;
  distance: number;
}

// #region measure
/** The gradient of the last state along the input k steps before it, as a part of what it is for k = 0. */
export async function gradientByDistance({ cell, bias }: Arm, { units, distance }: Size): Promise<number[]> {
  const layer = (await new nn[cell](INPUTS, units).to('cpu')).to('float64'); // float32 would end at 1e-38
  if (bias !== null) openKeepingGate(layer as nn.LSTM | nn.GRU, bias);
  const float64 = { dtype: 'float64', device: 'cpu' } as const;
  const x = randn([BATCH, distance + 1, INPUTS], { ...float64, requiresGrad: true });
  const [states] = layer.forward(x) as [Tensor, unknown]; // [N, T, H]
  const last = states.slice(null, -1);
  last.mul(randn(last.shape, float64)).sum().backward();
  const norms = await x.grad!.norm([0, 2]).data(); // one for each step of time
  return Array.from(norms, (norm) => norm / norms[distance]).reverse();
}
// #endregion

/** By what it changes with each step back, in the geometric mean; the first ten steps still depend on the start. */
export function factorOf(curve: number[]): number {
  const [from, to] = [Math.min(10, curve.length - 2), curve.length - 1];
  return (curve[to] / curve[from]) ** (1 / (to - from));
}

export interface Curve {
  arm: Arm;
  curve: number[];
}

export async function curvesOf(seed: number, bias: number, size: Size): Promise<Curve[]> {
  const curves: Curve[] = [];
  for (const arm of arms(bias)) {
    manualSeed(seed);
    curves.push({ arm, curve: await gradientByDistance(arm, size) });
  }
  return curves;
}

script({
  about: 'How far back in time a gradient reaches: RNN, LSTM and GRU before any training.',
  options: {
    units: integer(32, { min: 1, max: 128, help: 'numbers in the state' }),
    distance: integer(100, { min: 2, max: 400, help: 'steps of time' }),
    bias: number(4, { min: -10, max: 20, help: 'of the gate that keeps, in the last two arms' }),
  },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/clipping.ts',
  async run({ options, section, table, figure }) {
    const { seed, bias, distance } = options;
    const curves = await curvesOf(seed, bias, options);
    section('gradients', 'What is left of the gradient');
    const places = [1, 10, 50, 100].filter((place) => place <= distance);
    table(
      ['', ...places.map((place) => `${place} ${place === 1 ? 'step' : 'steps'} back`), 'factor a step'],
      curves.map(({ arm, curve }) => [
        nameOf(arm),
        ...places.map((place) => curve[place].toExponential(0)),
        factorOf(curve).toFixed(2),
      ]),
    );
    await figure('fading', await fadingFigure(curves));
  },
});
