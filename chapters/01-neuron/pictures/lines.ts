/**
 * The pictures of decision-line.ts: one line with what its numbers mean, and nine that show how lines move.
 */
import { drawing, type Figure, group, line, text, theme } from '../../../core/io/charts';
import type { Neuron } from '../neuron';
import { CAPTION, nearestOnLine, type Plane, placeIn, planeShape } from './plane';
import { signed } from './signed';

/** The plane with one line in it, its distance from the origin, and the weights as an arrow. */
export function lineFigure(neuron: Neuron, formula: string): Figure {
  const plane: Plane = { size: 360, domain: [-0.6, 2] };
  const [x, y] = placeIn(plane, nearestOnLine(neuron, [0, 0]));
  const [left, bottom] = placeIn(plane, [0, 0]);
  const [right] = placeIn(plane, [1, 0]);
  const notes = [
    ['the line', 'Here z = 0: the neuron is undecided.'],
    ['the tinted side', 'Here z > 0: the step says yes.'],
    ['the arrow', 'The weights (w1, w2). The line lies at\na right angle to them.'],
    ['the dashes', 'The distance from the origin,\n|b| / √(w1² + w2²).'],
  ];
  return drawing(
    660,
    plane.size,
    [
      planeShape(plane, neuron, { arrow: true }),
      line(left, bottom, x, y, { dashed: true, stroke: theme.muted }),
      text(left - 10, bottom + 15, '0', CAPTION),
      text(right, bottom + 15, '1', CAPTION),
      text(left - 10, placeIn(plane, [0, 1])[1], '1', { ...CAPTION, middle: true }),
      text(plane.size - 14, bottom - 8, 'x1', CAPTION),
      text(left + 12, 12, 'x2', CAPTION),
      ...notes.flatMap(([name, meaning], i) => [
        text(plane.size + 28, 66 + 72 * i, name, { bold: true }),
        text(plane.size + 28, 84 + 72 * i, meaning),
      ]),
    ],
    { title: `The line ${formula} = 0` },
  );
}

interface Row {
  name: string;
  neurons: Neuron[];
  shades?: boolean;
}

const ROWS: Row[] = [
  { name: 'The bias moves the line', neurons: [-0.2, -0.5, -0.8].map((bias) => ({ weights: [0.5, 0.5], bias })) },
  {
    name: 'The weights turn it',
    // biome-ignore format: one list
    neurons: [[0.6, 0.2], [0.2, 0.6], [-0.4, 0.5]].map((weights) => ({ weights, bias: -0.2 })),
  },
  {
    name: 'All of them larger: the same line, and a surer sigmoid',
    neurons: [1, 4, 16].map((scale) => ({ weights: [scale, scale], bias: -scale })),
    shades: true,
  },
];

export function movingLines(): Figure {
  const plane: Plane = { size: 176, domain: [-0.5, 1.5] };
  const across = plane.size + 26;
  const down = plane.size + 64;
  const rows = ROWS.map(({ name, neurons, shades }, row) => {
    const planes = neurons.map((neuron, column) => {
      const caption = `w = (${neuron.weights.map(signed).join(', ')}), b = ${signed(neuron.bias)}`;
      return group(
        [
          planeShape(plane, neuron, { arrow: !shades, shades }),
          text(plane.size / 2, plane.size + 17, caption, CAPTION),
        ],
        { x: column * across, y: 16 },
      );
    });
    return group([text(0, 4, name, { bold: true }), ...planes], { y: row * down + 6 });
  });
  return drawing(3 * across - 26, 3 * down - 20, rows, { title: 'What the numbers of a neuron do to its line' });
}
