/**
 * Three neurons do what one cannot: two of them cut the plane, and what they say is a new plane, in which one line is
 * enough.
 */
import { arrow, drawing, type Figure, group, text, theme } from '../../core/io/charts';
import { script } from '../shared/script';
import { type Neuron, score, step } from './neuron';
import { truthTable } from './perceptron';
import { CAPTION, legendShape, type Plane, placeIn, planeShape } from './pictures/plane';

// #region network
const or: Neuron = { weights: [1, 1], bias: -0.5 };
const nand: Neuron = { weights: [-1, -1], bias: 1.5 };
const and: Neuron = { weights: [1, 1], bias: -1.5 };

const answer = (neuron: Neuron, x: number[]): number => step(score(neuron, x));

/** What two neurons say about the inputs is what a third one hears. */
export const hidden = (x: number[]): number[] => [answer(or, x), answer(nand, x)];
export const xor = (x: number[]): number => answer(and, hidden(x));
// #endregion

const EXAMPLES = truthTable(2, [0, 1, 1, 0]);

script({
  about: 'XOR from three neurons, with weights set by hand.',
  next: 'npm run exercises 01',
  async run({ section, table, figure }) {
    section('table', 'x1 or x2, but not both');
    table(
      ['x1', 'x2', 'OR', 'NAND', 'AND of both', 'wanted'],
      EXAMPLES.map(({ x, y }) => [...x, ...hidden(x), xor(x), y]),
    );
    await figure('xor', xorFigure());
  },
});

function xorFigure(): Figure {
  const plane: Plane = { size: 168, domain: [-0.5, 1.5] };
  const across = plane.size + 54;
  const heard = EXAMPLES.map(({ x, y }) => ({ x: hidden(x), y }));
  const planes = [
    { name: 'OR', content: planeShape(plane, or, { examples: EXAMPLES }), axes: 'the inputs: x1, x2' },
    { name: 'NAND', content: planeShape(plane, nand, { examples: EXAMPLES }), axes: 'the inputs: x1, x2' },
    { name: 'AND of both', content: planeShape(plane, and, { examples: heard }), axes: 'what was said: OR, NAND' },
  ];
  const [left, top] = placeIn(plane, [1, 1]);
  return drawing(
    3 * across - 54,
    plane.size + 76,
    [
      group([legendShape()], { y: 8 }),
      ...planes.map(({ name, content, axes }, i) =>
        group([text(0, -8, name, { bold: true }), content, text(plane.size / 2, plane.size + 17, axes, CAPTION)], {
          x: i * across,
          y: 54,
        }),
      ),
      text(2 * across + left, 54 + top - 12, 'two of them', CAPTION),
      arrow(2 * across - 42, 54 + plane.size / 2, 2 * across - 12, 54 + plane.size / 2, { stroke: theme.muted }),
    ],
    { title: 'Two lines make a new plane, and there one line is enough' },
  );
}
