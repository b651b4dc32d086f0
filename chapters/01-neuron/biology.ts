/**
 * Draws a biological neuron above an artificial one, so that the part each word was borrowed from lies above the part
 * that borrowed it.
 */
import {
  circle,
  drawing,
  element,
  type Figure,
  group,
  line,
  mix,
  path,
  rect,
  type Shape,
  text,
  theme,
} from '../../core/io/charts';
import { script } from '../shared/script';
import { COLOURS, COLUMNS, heightOf, neuronShape } from './pictures/neuron';

const STATIONS = [
  { at: 'input', living: 'signals from\nother neurons', built: 'inputs x' },
  { at: 'weight', living: 'synapses, some\nstrong, some weak', built: 'weights w' },
  { at: 'sum', living: 'the cell body\ncollects them', built: 'sum\nz = w·x + b' },
  { at: 'activation', living: 'fires\nor stays silent', built: 'activation\nf(z)' },
  { at: 'output', living: 'the axon\ncarries it on', built: 'output a' },
] as const;

script({
  about: 'A biological neuron and an artificial one, part above part.',
  next: 'npx ts-node chapters/01-neuron/decision-line.ts',
  async run({ table, figure }) {
    const plain = (words: string) => words.replace('\n', ' ');
    table(
      ['in the head', 'in the program'],
      STATIONS.map(({ living, built }) => [plain(living), plain(built)]),
    );
    await figure('biology', biologyFigure());
  },
});

const LIVING = 220; // pixels of height
const WORDS = 40;

function biologyFigure(): Figure {
  const neuron = {
    inputs: ['x1', 'x2', 'x3'].map((value, i) => ({ name: '', value, label: `w${i + 1}`, weight: [0.6, 0.3, 0.1][i] })),
    bias: 'bias b',
    sum: 'Σ',
    outputs: [{ curve: 'sigmoid' as const, text: 'a' }],
  };
  const words = (key: 'living' | 'built') =>
    STATIONS.map(({ at, [key]: content }) =>
      text(COLUMNS[at], 0, content, { anchor: 'middle', size: theme.size.tick, fill: theme.muted }),
    );
  const built = LIVING + WORDS;
  const height = built + heightOf(neuron);
  const guides = STATIONS.map(({ at }) =>
    line(COLUMNS[at], 6, COLUMNS[at], height, { stroke: theme.grid, strokeWidth: 1, dashed: true }),
  );
  return drawing(
    690,
    height + WORDS - 4,
    [
      ...guides,
      group([livingNeuron()], { y: LIVING / 2 }),
      group(words('living'), { y: LIVING + 6 }),
      group([neuronShape(neuron)], { y: built }),
      group(words('built'), { y: height + 14 }),
    ],
    { title: 'The neuron in the head, and the one in the program' },
  );
}

/** Around y = 0: what comes in, the synapses, the cell body with its dendrites, the axon. */
function livingNeuron(): Shape {
  const arms = [-78, 0, 78];
  return group([...arms.flatMap(dendrite), ...arms.map((y, i) => incoming(y, [9, 6.5, 4.5][i])), axon(), cellBody()]);
}

/** A branch of the cell that reaches to the synapse at height y, with a twig on either side. */
function dendrite(y: number): Shape[] {
  const [tip, root] = [COLUMNS.weight + 16, COLUMNS.sum - 20];
  const limb: Curve = [root, 0.25 * y, root - 40, 0.45 * y, tip + 46, 0.85 * y, tip, y];
  const twigs = [-1, 1].map((side) => {
    const outward = side === Math.sign(y);
    const [x, from] = pointOn(limb, outward ? 0.45 : 0.65);
    const reach = side * (outward ? 44 : 24);
    return curve([x, from, x - 10, from + 0.3 * reach, x - 20, from + 0.6 * reach, x - 32, from + reach], 3);
  });
  return [curve(limb, 7), ...twigs];
}

/** A cubic Bézier curve: its start, two points that pull it, its end. */
type Curve = [number, number, number, number, number, number, number, number];

const curve = ([x, y, ...rest]: Curve, strokeWidth: number): Shape =>
  element('path', {
    d: `M${x},${y}C${rest}`,
    fill: 'none',
    stroke: mix(theme.card, COLOURS.sum, 0.6),
    'stroke-width': strokeWidth,
    'stroke-linecap': 'round',
  });

/** The point of a curve at `part` of its way. */
function pointOn(points: Curve, part: number): [number, number] {
  const share = [(1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part ** 2 * (1 - part), part ** 3];
  const mean = (axis: number) => share.reduce((sum, weight, i) => sum + weight * points[2 * i + axis], 0);
  return [mean(0), mean(1)];
}

/** The end of another neuron's axon, and the synapse where it passes its signal on; a strong one is large. */
function incoming(y: number, strength: number): Shape {
  const x = COLUMNS.weight;
  const blue = mix(theme.card, COLOURS.input, 0.75);
  return group([
    path(`M40,${1.15 * y}C90,${1.15 * y} 110,${y} ${COLUMNS.input},${y}S${x - 40},${y} ${x - strength},${y}`, {
      stroke: blue,
      strokeWidth: 3,
    }),
    circle(x - strength, y, strength, { fill: blue }),
    ...[-0.6, 0, 0.6].map((shift) => circle(x + 6, y + shift * strength, 0.26 * strength, { fill: COLOURS.weight })),
  ]);
}

function cellBody(): Shape {
  const { sum } = COLUMNS;
  const upper = `C${sum - 34},-46 ${sum + 12},-50 ${sum + 30},-26C${sum + 44},-10 ${sum + 60},-7 ${sum + 74},-5`;
  const lower = `C${sum + 60},7 ${sum + 46},12 ${sum + 30},28C${sum + 8},50 ${sum - 36},44 ${sum - 44},18`;
  const outline = `M${sum - 42},-16${upper}L${sum + 74},5${lower}C${sum - 48},6 ${sum - 46},-6 ${sum - 42},-16Z`;
  return group([
    path(outline, { fill: mix(theme.card, COLOURS.sum, 0.3), stroke: COLOURS.sum }),
    circle(sum - 6, 0, 17, { fill: mix(theme.card, COLOURS.sum, 0.55), stroke: COLOURS.sum, strokeWidth: 1 }),
    circle(sum - 6, 0, 5, { fill: COLOURS.sum }),
  ]);
}

/** The long fibre with its sheath, and the ends that reach the next neurons. */
function axon(): Shape {
  const start = COLUMNS.sum + 70;
  const end = COLUMNS.output + 14;
  const red = mix(theme.card, COLOURS.output, 0.75);
  const sheath = [0, 1, 2].map((i) =>
    rect(start + 10 + 46 * i, -9, 38, 18, { fill: mix(theme.card, COLOURS.output, 0.25), stroke: red, radius: 8 }),
  );
  const ends = [-42, 0, 42].map((y) =>
    group([
      path(`M${end - 10},0C${end + 14},0 ${end + 14},${y} ${end + 44},${y}`, { stroke: red, strokeWidth: 3 }),
      circle(end + 48, y, 6, { fill: red }),
    ]),
  );
  return group([line(start, 0, end - 8, 0, { stroke: red, strokeWidth: 5 }), ...sheath, ...ends]);
}
