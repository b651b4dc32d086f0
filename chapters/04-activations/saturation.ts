/**
 * Saturation: a sigmoid neuron that is surely wrong hardly learns, because its slope is nearly 0 out there. Three
 * neurons, wrong by different amounts, with the squared error and with cross-entropy.
 */
import { Value } from '../03-backprop/engine';
import { number, script } from '../shared/script';
import { sigmoid } from './activations';
import { saturationFigure } from './pictures/saturation';

export const LOSSES = {
  'squared error': (a: Value): Value => a.pow(2), // the target is 0
  'cross-entropy': (a: Value): Value => new Value(1).sub(a).log().mul(-1),
};

/** A neuron a = σ(w·1 + b) that should say 0: what it answers before each step. */
export function answers(loss: (a: Value) => Value, start: number, rate: number, steps: number): number[] {
  const [w, b] = [new Value(start, 'w'), new Value(0, 'b')];
  return Array.from({ length: steps }, () => {
    const a = w.mul(1).add(b).sigmoid();
    for (const parameter of [w, b]) parameter.grad = 0;
    loss(a).backward();
    for (const parameter of [w, b]) parameter.data -= rate * parameter.grad;
    return a.data;
  });
}

/** How many steps until the answer is below 0.1. */
export const stepsToLearn = (path: number[]): number => path.findIndex((a) => a < 0.1);

const STEPS = 5000;

function asWords(ratio: number) {
  if (ratio > 20) return 'more than 20 times as many';
  if (ratio > 5) return 'ten times as many';
  return ratio > 1.5 ? 'twice as many' : 'about as many';
}

script({
  about: 'Saturation: three neurons that should say 0, one of them very sure of its 1.',
  options: { rate: number(1, { min: 0.1, max: 10, help: 'learning rate' }) },
  predict: {
    question:
      'Three neurons should say 0 and say 0.7311, 0.9820 and 0.9997. Each learns with the squared error.\n' +
      'How many steps does the third need to come below 0.1, compared with the first?',
    choices: ['about as many', 'twice as many', 'ten times as many', 'more than 20 times as many'],
  },
  next: 'npx ts-node chapters/04-activations/vanishing.ts --predict',
  async run({ options: { rate }, say, section, table, figure, predict, verdict }) {
    const guess = await predict();
    const starts = [1, 4, 8];
    const paths = Object.entries(LOSSES).map(([name, loss]) => ({
      name,
      paths: starts.map((start) => answers(loss, start, rate, STEPS)),
    }));

    section('slopes', 'Before the first step');
    table(
      ['score z', 'answer a', 'slope a·(1 − a)', 'gradient, squared error', 'gradient, cross-entropy'],
      starts.map((start) => {
        const [squared, crossed] = Object.values(LOSSES).map((loss) => {
          const z = new Value(start);
          loss(z.sigmoid()).backward();
          return z.grad;
        });
        const a = sigmoid(start);
        return [start, ...[a, a * (1 - a), squared, crossed].map((value) => value.toFixed(5))];
      }),
    );

    section('steps', 'Steps until the answer is below 0.1');
    const steps = paths.map((arm) => arm.paths.map(stepsToLearn));
    table(
      ['answer at first', ...paths.map(({ name }) => name)],
      starts.map((start, i) => {
        return [sigmoid(start).toFixed(4), ...steps.map((row) => (row[i] < 0 ? `over ${STEPS}` : row[i]))];
      }),
    );
    const [first, , third] = steps[0].map((count) => (count < 0 ? STEPS : count));
    say();
    verdict(guess, asWords(third / first), `The first needed ${first}, the third ${third}.`);

    await figure('saturation', await saturationFigure(paths));
  },
});
