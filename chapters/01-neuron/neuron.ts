/**
 * One neuron by hand: weigh the inputs, add them up with the bias, decide. It says whether to watch the movie of the
 * lesson, or what you ask it with numbers of your own.
 */
import { tensor } from '../../core';
import { lineChart } from '../../core/io/charts';
import { number, numbers, script } from '../shared/script';
import { neuronFigure } from './pictures/neuron';

// #region neuron
export interface Neuron {
  weights: number[];
  bias: number;
}

/** z = w·x + b: how much speaks for yes, once every input is weighed. */
export function score({ weights, bias }: Neuron, inputs: number[]): number {
  let z = bias;
  for (let i = 0; i < inputs.length; i++) z += weights[i] * inputs[i];
  return z;
}

/** Yes or no. */
export const step = (z: number): number => (z > 0 ? 1 : 0);

/** How sure: 1/(1 + e⁻ᶻ), from 0 (surely no) to 1 (surely yes). */
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
// #endregion

// #region tensors
/** The same neuron with the core's tensors. */
export function neuronOfTensors({ weights, bias }: Neuron, inputs: number[]) {
  const z = tensor(inputs).matmul(tensor(weights)).add(bias);
  return { z, yes: z.gt(0), sure: z.sigmoid() };
}
// #endregion

/** What the inputs of the movie stand for. */
export const NAMES = ['good reviews', 'favourite genre', 'liked actor'];

/** As many inputs as the movie has get its names, others are numbered. */
const namesFor = (inputs: number[]): string[] =>
  inputs.length === NAMES.length ? NAMES : inputs.map((_, i) => `x${i + 1}`);

script({
  about: 'One neuron by hand: weights, bias, step and sigmoid.',
  options: {
    inputs: numbers([1, 0, 1], { length: 'any', help: 'what the neuron is told' }),
    weights: numbers([0.6, 0.3, 0.1], { length: 'any', help: 'how much each input counts, one for each' }),
    bias: number(-0.5, { help: 'what it starts from' }),
  },
  next: 'npx ts-node chapters/01-neuron/neuron.ts --inputs 0.5,0.2,0.8',
  async run({ options, say, section, table, figure }) {
    const { inputs, weights, bias } = options;
    if (weights.length !== inputs.length) {
      throw new Error(
        `${inputs.length} inputs need as many weights, not ${weights.length}: give --inputs and --weights`,
      );
    }
    const neuron = { weights, bias };
    const names = namesFor(inputs);
    const z = score(neuron, inputs);

    section('forward', 'Weigh, add, decide');
    table(
      ['', 'input', 'weight', 'input · weight'],
      [
        ...inputs.map((x, i) => [names[i], String(x), String(weights[i]), (x * weights[i]).toFixed(2)]),
        ['bias', '', '', bias.toFixed(2)],
        ['z', '', '', z.toFixed(2)],
      ],
    );
    say(`\nstep(z)    = ${step(z)}       ${step(z) === 1 ? 'yes' : 'no'}`);
    say(`sigmoid(z) = ${sigmoid(z).toFixed(4)}  how sure`);

    section('nudge', `The weight of "${names[0]}", moved a little`);
    table(
      ['weight', 'z', 'step', 'sigmoid'],
      [-0.02, -0.01, 0, 0.01, 0.02].map((nudge) => {
        const moved = score({ weights: [weights[0] + nudge, ...weights.slice(1)], bias }, inputs);
        return [(weights[0] + nudge).toFixed(2), moved.toFixed(3), String(step(moved)), sigmoid(moved).toFixed(4)];
      }),
    );

    section('tensors', 'The same neuron as tensors');
    const same = neuronOfTensors(neuron, inputs);
    table(
      ['', 'by hand', 'as tensors'],
      [
        ['z', z.toFixed(4), (await same.z.item()).toFixed(4)],
        ['step', String(step(z)), String(await same.yes.item())],
        ['sigmoid', sigmoid(z).toFixed(4), (await same.sure.item()).toFixed(4)],
      ],
    );

    await figure('neuron', neuronFigure({ ...neuron, inputs, names, z, yes: step(z), sure: sigmoid(z) }));
    await figure('step-and-sigmoid', await activationChart(z));
  },
});

/** Both ways to decide, over scores from −6 to 6, with this neuron's score marked. */
function activationChart(z: number) {
  const scores = Array.from({ length: 121 }, (_, i) => (i - 60) / 10);
  const mark = { x: z, y: sigmoid(z), label: `z = ${z.toFixed(2)}: ${sigmoid(z).toFixed(4)}` };
  return lineChart({
    title: 'The step says yes or no, the sigmoid how sure',
    x: { label: 'score z', domain: [-6, 6] },
    y: { label: 'answer', domain: [-0.05, 1.05] },
    series: [
      { name: 'step', x: [-6, 0, 0, 6], y: [0, 0, 1, 1], dashed: true },
      { name: 'sigmoid', x: scores, y: scores.map(sigmoid) },
    ],
    marks: Math.abs(z) <= 6 ? [mark] : [],
    height: 220,
  });
}
