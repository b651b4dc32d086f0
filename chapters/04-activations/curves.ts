/**
 * The activations side by side: a few values of each, the proof that our few lines and the core's operations are the
 * same, and the picture of all curves with their slopes.
 */
import { type Tensor, tensor } from '../../core';
import { number, script } from '../shared/script';
import { ACTIVATIONS, type Activation, LEAK, LEARNED_LEAK, slopeAlongLeak } from './activations';
import { curvesFigure } from './pictures/curves';
import { softmax } from './softmax';

type Name = keyof typeof ACTIVATIONS;

const PRECISE = { dtype: 'float64', device: 'cpu' } as const;

const CORE: Record<Name, (z: Tensor) => Tensor> = {
  sigmoid: (z) => z.sigmoid(),
  tanh: (z) => z.tanh(),
  ReLU: (z) => z.relu(),
  'leaky ReLU': (z) => z.leakyRelu(LEAK),
  PReLU: (z) => z.prelu(tensor(LEARNED_LEAK, PRECISE)),
  ELU: (z) => z.elu(),
  softplus: (z) => z.softplus(),
  SiLU: (z) => z.silu(),
  GELU: (z) => z.gelu(),
};

/** The largest differences between our few lines and the core, in value and in slope, over all places. */
export async function compare(name: Name, places: number[]): Promise<{ value: number; slope: number }> {
  const z = tensor(places, { ...PRECISE, requiresGrad: true });
  const y = CORE[name](z);
  y.sum().backward(); // each place moves only its own term of the sum, so z.grad holds the slopes
  return {
    value: largestDifference(await y.data(), places.map(ACTIVATIONS[name].f)),
    slope: largestDifference(await z.grad!.data(), places.map(ACTIVATIONS[name].slope)),
  };
}

export const largestDifference = (a: ArrayLike<number>, b: number[]): number =>
  Math.max(...b.map((value, i) => Math.abs(value - a[i])));

/** PReLU's leak learns: its gradient is the sum of what each place below zero says. */
export async function leakGradients(places: number[]): Promise<{ byHand: number; core: number }> {
  const leak = tensor(LEARNED_LEAK, { ...PRECISE, requiresGrad: true });
  tensor(places, PRECISE).prelu(leak).sum().backward();
  return { byHand: places.reduce((sum, z) => sum + slopeAlongLeak(z), 0), core: await leak.grad!.item() };
}

export const PLACES = Array.from({ length: 321 }, (_, i) => (i - 160) / 20); // −8 to 8

/** Below 1e-12 a difference is rounding, and its digits say nothing. */
const within = (difference: number): string => (difference < 1e-12 ? 'below 1e-12' : difference.toExponential(1));

const steepest = ({ slope }: Activation): number => Math.max(...PLACES.map(slope));

script({
  about: 'The activations side by side, by hand and from the core, with the picture of all of them.',
  options: { z: number(2, { min: -30, max: 30, help: 'where to look, beside 0 and the same below it' }) },
  next: 'npx ts-node chapters/04-activations/softmax.ts',
  async run({ options, say, section, table, figure }) {
    const { z } = options;
    const names = Object.keys(ACTIVATIONS) as Name[];

    section('values', 'Curves');
    table(
      ['', `f(${-z})`, 'f(0)', `f(${z})`, `slope at ${-z}`, 'at 0', `at ${z}`, 'steepest'],
      names.map((name) => {
        const { f, slope } = ACTIVATIONS[name];
        const values = [f(-z), f(0), f(z), slope(-z), slope(0), slope(z), steepest(ACTIVATIONS[name])];
        return [name, ...values.map((value) => value.toFixed(4))];
      }),
    );

    section('core', `By hand and from the core: nine curves, ${PLACES.length} places from −8 to 8, float64`);
    const differences = await Promise.all(names.map((name) => compare(name, PLACES)));
    const { byHand, core } = await leakGradients(PLACES);
    say(`largest difference in value:   ${within(Math.max(...differences.map(({ value }) => value)))}`);
    say(`largest difference in slope:   ${within(Math.max(...differences.map(({ slope }) => slope)))}`);
    say(`gradient along PReLU's leak:   ${byHand.toFixed(4)} by hand, ${core.toFixed(4)} from the core`);

    const ofSoftmax = (score: number) => softmax([score, 0, 0])[0];
    const asCurve: Activation = { f: ofSoftmax, slope: (score) => ofSoftmax(score) * (1 - ofSoftmax(score)) };
    await figure('curves', await curvesFigure({ ...ACTIVATIONS, 'softmax, one of three': asCurve }));
  },
});
