/**
 * A two-layer network with a value in every neuron, and the weights that lead to the first hidden one.
 */
import {
  arrow,
  circle,
  drawing,
  type Figure,
  group,
  line,
  mix,
  rect,
  type Shape,
  seriesColour,
  text,
  textWidth,
  theme,
} from '../../../core/io/charts';
import { written } from './boxes';

interface Network {
  x: number[];
  W1: number[][]; // [inputs, hidden neurons]
  z: number[];
  h: number[];
  logits: number[];
  p: number[];
}

interface Point {
  x: number;
  y: number;
}

const COLUMNS = [40, 280, 500, 566];
const HEIGHT = 4 * 76;

export function networkDrawing({ x, W1, z, h, logits, p }: Network): Figure {
  const inputs = column(COLUMNS[0], x.length);
  const hidden = column(COLUMNS[1], h.length);
  const outputs = column(COLUMNS[2], logits.length);
  const others = [
    ...hidden.slice(1).flatMap((to) => inputs.map((from) => thread(from, to))),
    ...hidden.flatMap((from) => outputs.map((to) => thread(from, to))),
  ];
  return drawing(
    720,
    HEIGHT + 40,
    [
      ...others,
      ...inputs.map((from, i) => weighted(from, hidden[0], W1[i][0])),
      ...inputs.map((at, i) => neuron(at, x[i], seriesColour(0))),
      ...hidden.map((at, j) => neuron(at, h[j], seriesColour(2), `z = ${written(z[j])}`)),
      ...outputs.map((at, k) => neuron(at, logits[k], seriesColour(1))),
      ...outputs.map(({ y }, k) => probability(COLUMNS[3], y, p[k])),
      ...['inputs', 'hidden, after ReLU', 'logits', 'softmax'].map((name, k) =>
        text(COLUMNS[k] + (k === 3 ? 35 : 0), HEIGHT + 30, name, { anchor: 'middle', fill: theme.muted }),
      ),
    ],
    { title: 'Four inputs, three hidden neurons, two outputs' },
  );
}

const column = (x: number, count: number): Point[] =>
  Array.from({ length: count }, (_, i) => ({ x, y: HEIGHT / 2 + (i - (count - 1) / 2) * 78 }));

const thread = (from: Point, to: Point): Shape =>
  line(from.x, from.y, to.x, to.y, { stroke: theme.border, strokeWidth: 1 });

/** Blue for a positive weight, red for a negative one, the thicker the larger, with its number. */
function weighted(from: Point, to: Point, weight: number): Shape {
  const stroke = seriesColour(weight < 0 ? 1 : 0);
  const [x, y] = [from.x + 0.34 * (to.x - from.x), from.y + 0.34 * (to.y - from.y)];
  const width = textWidth(written(weight), theme.size.label) + 6;
  return group([
    line(from.x, from.y, to.x, to.y, { stroke, strokeWidth: 1 + 4 * Math.abs(weight) }),
    rect(x - width / 2, y - 9, width, 18, { fill: theme.card }),
    text(x, y, written(weight), { anchor: 'middle', middle: true, fill: stroke, bold: true }),
  ]);
}

/** A neuron that says 0 is drawn hollow. */
function neuron({ x, y }: Point, value: number, colour: string, above = ''): Shape {
  return group([
    circle(x, y, 23, { fill: mix(theme.card, colour, value === 0 ? 0 : 0.25), stroke: colour, strokeWidth: 1.5 }),
    text(x, y, written(value), { anchor: 'middle', middle: true, bold: true }),
    text(x, y - 29, above, { anchor: 'middle', fill: theme.muted, halo: true }),
  ]);
}

function probability(x: number, y: number, p: number): Shape {
  return group([
    arrow(x - 36, y, x - 8, y, { stroke: theme.muted }),
    rect(x, y - 9, 70, 18, { stroke: theme.border }),
    rect(x, y - 9, 70 * p, 18, { fill: seriesColour(1) }),
    text(x + 80, y, p.toFixed(3), { middle: true }),
  ]);
}
