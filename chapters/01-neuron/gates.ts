/**
 * How much can one neuron do? Every gate of up to four inputs is handed to the perceptron rule, which either learns it
 * or comes back to where it was and so proves that it never will.
 */
import type { Figure } from '../../core/io/charts';
import { integer, script } from '../shared/script';
import { blank, learn, truthTable } from './perceptron';
import { type Plane, planeShape, planesFigure } from './pictures/plane';

/** The gates of two inputs; each answers 00, 01, 10 and 11 with the binary digits of its place in this list. */
const NAMES = [
  ...['never', 'AND', 'x1, not x2', 'x1'],
  ...['x2, not x1', 'x2', 'XOR', 'OR'],
  ...['NOR', 'XNOR', 'not x2', 'x1 or not x2'],
  ...['not x1', 'x2 or not x1', 'NAND', 'always'],
];

/** Every way to answer yes or no to all inputs of zeros and ones: 2 to the power of 2ⁿ. */
function* everyGate(inputs: number): Generator<number[]> {
  const questions = 2 ** inputs;
  for (let gate = 0; gate < 2 ** questions; gate++) {
    yield Array.from({ length: questions }, (_, i) => (gate >> (questions - 1 - i)) & 1);
  }
}

const attempt = (inputs: number, answers: number[]) => learn(truthTable(inputs, answers), blank(inputs));

script({
  about: 'Counts the gates that one neuron can learn.',
  options: { inputs: integer(4, { min: 1, max: 4, help: 'gates of up to so many inputs' }) },
  next: 'npx ts-node chapters/01-neuron/xor.ts',
  async run({ options, say, section, table, figure, progress }) {
    await figure('gates', gatesFigure());

    section('count', 'Gates that one neuron can learn');
    const rows: (string | number)[][] = [];
    for (let inputs = 1; inputs <= options.inputs; inputs++) {
      const gates = 2 ** (2 ** inputs);
      const bar = progress(gates, `${inputs} inputs`);
      let learned = 0;
      for (const answers of everyGate(inputs)) {
        if (attempt(inputs, answers).learned) learned++;
        await bar.tick();
      }
      bar.done();
      rows.push([inputs, gates, learned, `${((100 * learned) / gates).toFixed(1)} %`]);
    }
    table(['inputs', 'gates', 'learned', 'share'], rows);

    section('two');
    const beyond = [...everyGate(2)].flatMap((answers, gate) => (attempt(2, answers).learned ? [] : [NAMES[gate]]));
    say(`Of two inputs, ${beyond.join(' and ')} are beyond it.`);
  },
});

/** All sixteen gates of two inputs, each with the line that was learned for it, if there is one. */
function gatesFigure(): Figure {
  const plane: Plane = { size: 120, domain: [-0.5, 1.5] };
  const gates = [...everyGate(2)].map((answers, gate) => {
    const { learned, passes } = attempt(2, answers);
    const neuron = learned ? passes[passes.length - 1].neuron : null;
    return {
      content: planeShape(plane, neuron, { examples: truthTable(2, answers) }),
      caption: learned ? NAMES[gate] : `${NAMES[gate]}: no line`,
    };
  });
  return planesFigure('All sixteen gates of two inputs, and the line of each', plane, 4, gates);
}
