/**
 * A neuron learns your taste in movies from evenings on which you said yes or no, and finds the weights that the
 * lesson began with. The experiment: what does the learning rate change, and when?
 */
import { rand } from '../../core';
import { type Figure, lineChart, panels } from '../../core/io/charts';
import { integer, number, script } from '../shared/script';
import { NAMES, type Neuron, score, step } from './neuron';
import { blank, type Example, errorOf, learn } from './perceptron';

const TASTE: Neuron = { weights: [0.6, 0.3, 0.1], bias: -0.5 };
const FRIEND: Neuron = { weights: [-1, 1, 1], bias: 0 };

/** Movies with random inputs between 0 and 1, and what you thought of them. */
async function watch(evenings: number): Promise<Example[]> {
  const movies = (await rand([evenings, 3]).array()) as number[][];
  return movies.map((x) => ({ x, y: step(score(TASTE, x)) }));
}

/** From nothing and from a friend's taste, each with both rates. */
function learnFourWays(examples: Example[], rate: number) {
  return [
    { name: 'from 0, rate 1', start: blank(3), rate: 1 },
    { name: `from 0, rate ${rate}`, start: blank(3), rate },
    { name: "from a friend's taste, rate 1", start: FRIEND, rate: 1 },
    { name: `from a friend's taste, rate ${rate}`, start: FRIEND, rate },
  ].map((arm) => {
    const { passes } = learn(examples, arm.start, arm.rate);
    const mistakes = passes.map(({ corrections }) => corrections.length);
    return { name: arm.name, passes, mistakes, neuron: passes[passes.length - 1].neuron };
  });
}

/** The same neuron, as far as the step can tell, with weights and bias of the size of your taste's. */
function toScale({ weights, bias }: Neuron): Neuron {
  const factor = Math.hypot(...TASTE.weights, TASTE.bias) / Math.hypot(...weights, bias);
  return { weights: weights.map((weight) => factor * weight), bias: factor * bias };
}

script({
  about: 'Learns your taste from evenings, with two learning rates.',
  options: {
    evenings: integer(100, { min: 10, max: 2000, help: 'examples to learn from' }),
    rate: number(0.01, { min: 1e-6, help: 'the learning rate to compare with 1' }),
  },
  predict: {
    question:
      'A neuron starts with all weights at 0 and learns your taste. Now its learning rate is made much smaller.\n' +
      'How many times must it go through the evenings?',
    choices: ['more often', 'less often', 'exactly as often'],
  },
  next: 'npx ts-node chapters/01-neuron/gates.ts',
  async run({ options, say, section, table, figure, predict, verdict }) {
    const guess = await predict();
    const examples = await watch(options.evenings);

    section('arms', `Learning from ${options.evenings} evenings`);
    const arms = learnFourWays(examples, options.rate);
    table(
      ['start and rate', 'passes', 'mistakes'],
      arms.map(({ name, mistakes }) => [name, mistakes.length, mistakes.reduce((sum, count) => sum + count, 0)]),
    );

    section('verdict');
    const [fast, slow] = arms;
    const more = slow.passes.length - fast.passes.length;
    verdict(
      guess,
      more > 0 ? 'more often' : more < 0 ? 'less often' : 'exactly as often',
      '\nFrom 0, every weight is the rate times a sum of inputs, and the step does not see a common factor.',
    );

    section('learned', 'What it learned');
    const columns = [fast.neuron, toScale(fast.neuron), TASTE].map(({ weights, bias }) => [...weights, bias]);
    table(
      ['', 'learned', 'to scale', 'your taste'],
      [...NAMES, 'bias'].map((name, i) => [name, ...columns.map((column) => column[i].toFixed(2))]),
    );
    const fresh = await watch(1000);
    const right = fresh.filter((example) => errorOf(fast.neuron, example) === 0).length;
    say(`\nOn 1000 new evenings it agrees with you on ${right}.`);

    await figure('learning-rate', await mistakesChart(arms, options.rate));
    const moves = fast.passes.flatMap(({ corrections }) => corrections.map(({ after }) => toScale(after)));
    await figure('taste', await weightsChart(moves));
  },
});

/** Two panels, each with both rates: on the left one line lies on the other. */
function mistakesChart(arms: { mistakes: number[] }[], rate: number): Promise<Figure> {
  const most = Math.max(...arms.flatMap(({ mistakes }) => mistakes));
  const panel = (title: string, pair: typeof arms) =>
    lineChart({
      title,
      x: { label: 'pass' },
      y: { label: 'mistakes', domain: [0, most + 2] },
      series: pair.map(({ mistakes }, i) => ({
        name: `rate ${[1, rate][i]}`,
        y: mistakes,
        dashed: i === 1,
        points: mistakes.length < 30,
      })),
      width: 240,
      height: 200,
    });
  return panels({
    title: 'Mistakes in every pass, with two learning rates',
    columns: 2,
    figures: [
      panel('From 0: one line lies on the other', arms.slice(0, 2)),
      panel("From a friend's taste", arms.slice(2)),
    ],
  });
}

/** The weights after every correction, and your taste as dashed lines. */
function weightsChart(neurons: Neuron[]): Promise<Figure> {
  return lineChart({
    title: 'The weights find your taste (dashed)',
    x: { label: 'corrections' },
    y: { label: 'weight, to scale' },
    series: NAMES.map((name, i) => ({ name, y: neurons.map(({ weights }) => weights[i]) })),
    marks: TASTE.weights.map((weight) => ({ y: weight, label: String(weight) })),
    height: 240,
  });
}
