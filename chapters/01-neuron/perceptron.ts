/**
 * A neuron that learns from its mistakes: Rosenblatt's perceptron rule on AND, OR and XOR. Each gate's figure is a
 * film strip, one picture for every correction.
 */
import type { Figure } from '../../core/io/charts';
import { choice, number, script } from '../shared/script';
import { type Neuron, score, step } from './neuron';
import { type Plane, planeShape, planesFigure } from './pictures/plane';
import { signed } from './pictures/signed';

export interface Example {
  x: number[];
  /** What the answer should be: 1 for yes, 0 for no. */
  y: number;
}

// #region rule
/** 0 when the answer is right, 1 for a missed yes, −1 for a false yes. */
export const errorOf = (neuron: Neuron, { x, y }: Example): number => y - step(score(neuron, x));

/** A mistake moves the weights of the inputs that took part in it; after a right answer nothing changes. */
export function correct(neuron: Neuron, example: Example, rate = 1): Neuron {
  const error = errorOf(neuron, example);
  return {
    weights: neuron.weights.map((weight, i) => weight + rate * error * example.x[i]),
    bias: neuron.bias + rate * error,
  };
}
// #endregion

export interface Correction {
  example: Example;
  before: Neuron;
  after: Neuron;
}

/** Once through all examples: the mistakes on the way, and the neuron at the end. */
export interface Pass {
  corrections: Correction[];
  neuron: Neuron;
}

// #region learn
/**
 * Goes through the examples until a pass has no mistakes: learned. Or until the neuron is where it was before: then it
 * would go the same way again, and never learn.
 */
export function learn(examples: Example[], start: Neuron, rate = 1): { learned: boolean; passes: Pass[] } {
  const passes: Pass[] = [];
  const known = new Set<string>();
  let neuron = start;
  while (!known.has(JSON.stringify(neuron))) {
    known.add(JSON.stringify(neuron));
    const corrections: Correction[] = [];
    for (const example of examples) {
      if (errorOf(neuron, example) === 0) continue;
      const after = correct(neuron, example, rate);
      corrections.push({ example, before: neuron, after });
      neuron = after;
    }
    passes.push({ corrections, neuron });
    if (corrections.length === 0) return { learned: true, passes };
  }
  return { learned: false, passes };
}
// #endregion

/** A neuron that has learned nothing yet. */
export const blank = (inputs: number): Neuron => ({ weights: new Array<number>(inputs).fill(0), bias: 0 });

/** All inputs of zeros and ones, and for each the answer that stands at its place. */
export function truthTable(inputs: number, answers: number[]): Example[] {
  return answers.map((y, row) => ({ x: Array.from({ length: inputs }, (_, i) => (row >> (inputs - 1 - i)) & 1), y }));
}

const GATES = {
  and: truthTable(2, [0, 0, 0, 1]),
  or: truthTable(2, [0, 1, 1, 1]),
  xor: truthTable(2, [0, 1, 1, 0]),
};
type Gate = keyof typeof GATES;

script({
  about: 'The perceptron learning rule on AND, OR and XOR.',
  options: {
    gate: choice(['all', 'and', 'or', 'xor'], { help: 'what to learn' }),
    rate: number(1, { min: 1e-6, help: 'how far a mistake moves the weights' }),
  },
  next: 'npx ts-node chapters/01-neuron/taste.ts --predict',
  async run({ options: { gate, rate }, say, section, table, figure }) {
    const gates = gate === 'all' ? (Object.keys(GATES) as Gate[]) : [gate];
    for (const name of gates) {
      const { learned, passes } = learn(GATES[name], blank(2), rate);

      section(name, name.toUpperCase());
      table(
        ['pass', 'x1', 'x2', 'wanted', 'z', 'said', 'w1', 'w2', 'b'],
        passes.flatMap(({ corrections }, pass) =>
          corrections.map(({ example: { x, y }, before, after }) => [
            ...[pass + 1, ...x, y, score(before, x), 1 - y],
            ...[...after.weights, after.bias],
          ]),
        ),
      );
      say(learned ? `\nPass ${passes.length} has no mistakes: learned.` : `\n${neverEnding(passes)}`);
      await figure(`perceptron-${name}`, filmStrip(name, passes));
    }
  },
});

function neverEnding(passes: Pass[]): string {
  const last = JSON.stringify(passes[passes.length - 1].neuron);
  const same = passes.findIndex(({ neuron }) => JSON.stringify(neuron) === last) + 1;
  return `After pass ${passes.length} the neuron is where it was after pass ${same}: from here it goes round for ever.`;
}

/** A picture for each correction: the example that was wrong, and the line that the correction made. */
function filmStrip(gate: Gate, passes: Pass[]): Figure {
  const plane: Plane = { size: 124, domain: [-0.5, 1.5] };
  const frames = passes.flatMap(({ corrections }, pass) =>
    corrections.map(({ example, after: { weights, bias } }) => ({
      content: planeShape(plane, { weights, bias }, { examples: GATES[gate], corrected: example }),
      caption: `pass ${pass + 1}\nw = (${weights.map(signed).join(', ')}), b = ${signed(bias)}`,
    })),
  );
  return planesFigure(`Learning ${gate.toUpperCase()}: the line after every mistake`, plane, 5, frames);
}
