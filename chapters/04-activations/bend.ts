/**
 * Why a network needs a bend. A hidden layer of ReLUs draws any curve, hinge by hinge, with weights found by school
 * arithmetic; the same layer without the ReLU draws a straight line, and one neuron does as well.
 */
import { integer, script } from '../shared/script';
import { bendFigure } from './pictures/bend';

type Curve = (x: number) => number;

export const relu: Curve = (z) => Math.max(0, z);
const nothing: Curve = (z) => z;

// #region network
/** One input, a hidden layer, one output. Every hidden weight is 1, so hidden neuron k computes x + biases[k]. */
export interface Hinges {
  biases: number[];
  weights: number[]; // of the output
  bias: number; //      of the output
}

export const answer = ({ biases, weights, bias }: Hinges, bend: Curve, x: number): number =>
  biases.reduce((y, b, k) => y + weights[k] * bend(x + b), bias);
// #endregion

const START = -Math.PI;
const END = Math.PI;

// #region hinges
/** Follows the curve from START in straight pieces: at each knot a ReLU switches on and changes the slope. */
export function follow(curve: Curve, pieces: number): Hinges {
  const step = (END - START) / pieces;
  const knots = Array.from({ length: pieces }, (_, k) => START + k * step);
  const slopes = knots.map((x) => (curve(x + step) - curve(x)) / step);
  return {
    biases: knots.map((x) => -x), //                            relu(x − knot) is 0 up to the knot
    weights: slopes.map((slope, k) => slope - (slopes[k - 1] ?? 0)), // how much steeper from here on
    bias: curve(START),
  };
}
// #endregion

// #region collapse
/** Without a bend: Σ wₖ·(x + bₖ) + b = (Σ wₖ)·x + (Σ wₖ·bₖ + b), which is a single neuron. */
export function collapse({ biases, weights, bias }: Hinges): { w: number; b: number } {
  const w = weights.reduce((sum, wk) => sum + wk, 0);
  const b = weights.reduce((sum, wk, k) => sum + wk * biases[k], bias);
  return { w, b };
}
// #endregion

export const PLACES = Array.from({ length: 401 }, (_, i) => START + ((END - START) * i) / 400);

export const worstError = (network: Hinges): number =>
  Math.max(...PLACES.map((x) => Math.abs(answer(network, relu, x) - Math.sin(x))));

script({
  about: 'Why a network needs a bend: the sine out of hinges, and what is left without them.',
  options: { pieces: integer(8, { min: 1, max: 200, help: 'hidden neurons in the picture' }) },
  next: 'npx ts-node chapters/04-activations/curves.ts',
  async run({ options: { pieces }, say, section, table, figure }) {
    section('errors', 'Following the sine from −π to π');
    table(
      ['hidden neurons', 'largest error'],
      [4, 8, 16, 32, 64].map((count) => [count, worstError(follow(Math.sin, count)).toFixed(4)]),
    );

    section('line', `The ${pieces} neurons without ReLU, and the one neuron they are`);
    const network = follow(Math.sin, pieces);
    const { w, b } = collapse(network);
    say(`one neuron: y = ${w.toFixed(4)}·x + ${b.toFixed(4)}`);
    table(
      ['x', `${pieces} with ReLU`, `${pieces} without`, 'one neuron', 'sine'],
      [-3, -1.5, 0.5, 2].map((x) => {
        const values = [answer(network, relu, x), answer(network, nothing, x), w * x + b, Math.sin(x)];
        return [String(x), ...values.map((value) => value.toFixed(4))];
      }),
    );

    const curve = (name: string, f: Curve) => ({ name, y: PLACES.map(f) });
    const arms = [
      { title: `${pieces} neurons without a bend`, ...curve('network', (x) => answer(network, nothing, x)) },
      { title: `${pieces} neurons with ReLU`, ...curve('network', (x) => answer(network, relu, x)) },
    ];
    await figure('bend', await bendFigure({ x: PLACES, target: curve('sine', Math.sin), arms }));
  },
});
