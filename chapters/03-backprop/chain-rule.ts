/**
 * The chain rule by hand on one neuron: from the loss back to every weight, one slope after the other; then one
 * step against the slopes, after which the neuron is less wrong.
 */
import { number, script } from '../shared/script';
import { chainFigure } from './pictures/chain';

interface Neuron {
  w: number[];
  b: number;
}

const X = [1, 0, 1]; // good reviews, favourite genre, liked actor
export const MOVIE: Neuron = { w: [0.6, 0.3, 0.1], b: -0.5 };

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

// #region forward
export function forward({ w, b }: Neuron, target: number) {
  const z = w[0] * X[0] + w[1] * X[1] + w[2] * X[2] + b;
  const a = sigmoid(z);
  const loss = (a - target) ** 2;
  return { z, a, loss };
}
// #endregion

// #region backward
export function backward({ a }: { a: number }, target: number) {
  const ga = 2 * (a - target); //     ∂loss/∂a
  const gz = ga * (a * (1 - a)); //   ∂loss/∂z = ∂loss/∂a · ∂a/∂z
  const gw = X.map((x) => gz * x); // ∂loss/∂w = ∂loss/∂z · ∂z/∂w
  const gb = gz * 1; //               ∂loss/∂b = ∂loss/∂z · ∂z/∂b
  return { ga, gz, gw, gb };
}
// #endregion

// #region step
export function step({ w, b }: Neuron, { gw, gb }: { gw: number[]; gb: number }, rate: number): Neuron {
  return { w: w.map((wi, i) => wi - rate * gw[i]), b: b - rate * gb };
}
// #endregion

const NAMES = ['w1', 'w2', 'w3', 'b'];
const listOf = ({ w, b }: Neuron): number[] => [...w, b];
const neuronOf = ([w1, w2, w3, b]: number[]): Neuron => ({ w: [w1, w2, w3], b });

/** The slope of the loss along one parameter, by trying a little less and a little more. */
export function slopeByTrying(neuron: Neuron, target: number, parameter: number, h = 1e-5): number {
  const lossWith = (change: number): number => {
    const moved = listOf(neuron).map((value, i) => (i === parameter ? value + change : value));
    return forward(neuronOf(moved), target).loss;
  };
  return (lossWith(h) - lossWith(-h)) / (2 * h);
}

script({
  about: 'The chain rule by hand on one neuron: forward, backward, one step.',
  options: {
    target: number(1, { min: 0, max: 1, help: 'what the viewer thought of the movie: 1 loved it, 0 hated it' }),
    rate: number(1, { min: 0, help: 'how far to step against the slopes' }),
  },
  next: 'npx ts-node chapters/03-backprop/engine.ts',
  async run({ options: { target, rate }, say, section, table, figure }) {
    const { z, a, loss } = forward(MOVIE, target);
    const { ga, gz, gw, gb } = backward({ a }, target);

    section('forward', 'Forward: from the inputs to the loss');
    say(`z    = 0.6·1 + 0.3·0 + 0.1·1 − 0.5 = ${z.toFixed(4)}`);
    say(`a    = σ(z)                        = ${a.toFixed(4)}`);
    say(`loss = (a − ${target})²                    = ${loss.toFixed(4)}`);

    section('backward', 'Backward: from the loss to the weights');
    say(`∂loss/∂a  = 2·(a − ${target})      = ${ga.toFixed(4)}`);
    say(`∂a/∂z     = a·(1 − a)      = ${(a * (1 - a)).toFixed(4)}`);
    say(`∂loss/∂z  = ∂loss/∂a·∂a/∂z = ${gz.toFixed(4)}`);
    for (const i of [0, 1, 2]) say(`∂loss/∂w${i + 1} = ∂loss/∂z·x${i + 1}    = ${gw[i].toFixed(4)}`);
    say(`∂loss/∂b  = ∂loss/∂z       = ${gb.toFixed(4)}`);

    section('check', 'Is that right? Try each parameter a little smaller and larger');
    table(
      ['', 'chain rule', 'by trying'],
      [...gw, gb].map((g, i) => [NAMES[i], g.toFixed(6), slopeByTrying(MOVIE, target, i).toFixed(6)]),
    );

    section('step', `One step against the slopes, rate ${rate}`);
    const learned = step(MOVIE, { gw, gb }, rate);
    table(
      ['', 'before', 'after'],
      [
        ...listOf(MOVIE).map((value, i) => [NAMES[i], value.toFixed(4), listOf(learned)[i].toFixed(4)]),
        ['a', a.toFixed(4), forward(learned, target).a.toFixed(4)],
        ['loss', loss.toFixed(4), forward(learned, target).loss.toFixed(4)],
      ],
    );

    await figure('chain-rule', chainFigure({ w: MOVIE.w[0], z, a, loss, target, gw: gw[0], gz, ga }));
  },
});
