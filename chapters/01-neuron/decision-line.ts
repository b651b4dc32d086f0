/**
 * What a neuron of two inputs looks like: it cuts the plane along the line where its score is 0. Shows the line of the
 * neuron you name, and how lines move with the bias, turn with the weights, and stay when everything grows.
 */
import { number, numbers, script } from '../shared/script';
import { type Neuron, score, step } from './neuron';
import { lineFigure, movingLines } from './pictures/lines';
import { signed } from './pictures/signed';

/** How far the line is from the origin: the larger the bias, the farther; the larger the weights, the nearer. */
export const distanceToOrigin = ({ weights, bias }: Neuron): number => Math.abs(bias) / Math.hypot(...weights);

script({
  about: 'The line along which a neuron of two inputs cuts the plane.',
  options: {
    weights: numbers([0.6, 0.3], { help: 'of the two inputs' }),
    bias: number(-0.5),
  },
  next: 'npx ts-node chapters/01-neuron/decision-line.ts --weights 1,-1 --bias 0',
  async run({ options: { weights, bias }, section, table, figure }) {
    if (weights.every((weight) => weight === 0)) {
      throw new Error(
        'with both weights 0 the neuron says the same everywhere, and there is no line: give --weights 1,0',
      );
    }
    const neuron = { weights, bias };

    section('line', `The line ${formula(neuron)} = 0`);
    table(
      ['the line', ''],
      [
        ['crosses the x1 axis at', crossing(neuron, 0)],
        ['crosses the x2 axis at', crossing(neuron, 1)],
        ['distance from the origin', distanceToOrigin(neuron).toFixed(3)],
      ],
    );

    section('corners', 'On which side are the corners?');
    table(
      ['x1', 'x2', 'z', 'step'],
      CORNERS.map(([x1, x2]) => {
        const z = score(neuron, [x1, x2]);
        return [x1, x2, z.toFixed(2), step(z)];
      }),
    );

    await figure('decision-line', lineFigure(neuron, formula(neuron)));
    await figure('moving-lines', movingLines());
  },
});

// biome-ignore format: four corners
const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]];

/** Where the line crosses the axis of one input, the other being 0. */
function crossing({ weights, bias }: Neuron, input: number): string {
  return weights[input] === 0 ? 'nowhere' : (-bias / weights[input]).toFixed(3);
}

/** 0.6·x1 + 0.3·x2 − 0.5 */
function formula({ weights: [w1, w2], bias }: Neuron): string {
  const plus = (value: number) => `${value < 0 ? '−' : '+'} ${Math.abs(value)}`;
  return `${signed(w1)}·x1 ${plus(w2)}·x2 ${plus(bias)}`;
}
