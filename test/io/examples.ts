/** One figure of every kind, from data as a chapter has them, made anew at each call. */
import * as charts from '../../core/io/charts';

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const spread = (low: number, high: number, count: number) =>
  range(count).map((i) => low + ((high - low) * i) / (count - 1));
/** Numbers between -1 and 1 that look random and are the same each time. */
const noise = (i: number) => Math.sin(12.9898 * (i + 1) * (i + 7)) * 0.999;

const columns = 40;
const rows = 30;
const plane = { x: { label: 'x₁', domain: [-2, 3] as const }, y: { label: 'x₂', domain: [-1.5, 2] as const } };
const grid = <T>(value: (x: number, y: number) => T) =>
  spread(-1.5, 2, rows).flatMap((y) => spread(-2, 3, columns).map((x) => value(x, y)));
const moon = (name: string, sign: number) => ({
  name,
  x: range(60).map((i) => sign * Math.cos(i / 19) + (sign < 0 ? 1 : 0) + 0.1 * noise(i)),
  y: range(60).map((i) => sign * Math.sin(i / 19) + (sign < 0 ? 0.5 : 0) + 0.1 * noise(i + 99)),
});
const moons = [moon('upper moon', 1), moon('lower moon', -1)];

const lossCurves = (size: charts.Size = {}) =>
  charts.lineChart({
    ...size,
    title: 'Loss by epoch',
    x: { label: 'epoch' },
    y: { label: 'cross-entropy' },
    series: [
      { name: 'training', y: range(40).map((i) => Math.exp(-i / 9) + 0.02 * noise(i)) },
      { name: 'validation', y: range(40).map((i) => Math.exp(-i / 9) + 0.05 + 0.02 * noise(i + 5)), dashed: true },
    ],
    marks: [
      { x: 31, label: 'best' },
      { y: 0.3, label: 'chance' },
      { x: 10, y: 0.6, label: 'here' },
    ],
  });

const logCurves = () =>
  charts.lineChart({
    title: 'Gradient norm by layer',
    x: { label: 'layer', log: true },
    y: { label: 'norm', log: true },
    series: range(12).map((k) => ({
      name: `activation ${k}`,
      y: range(20).map((i) => 10 ** (-i * 0.05 * k)),
      points: k < 2,
    })),
  });

const perceptron = () =>
  charts.scatterChart({
    title: 'AND',
    x: { label: 'x₁' },
    y: { label: 'x₂' },
    groups: [
      { name: 'no', x: [0, 0, 1], y: [0, 1, 0] },
      { name: 'yes', x: [1], y: [1] },
    ],
    lines: [
      { name: 'learned', x: [-1, 2], y: [2.5, -0.5] },
      { name: 'before', x: [-1, 2], y: [0, 0.4], dashed: true },
    ],
  });

const manyClasses = () =>
  charts.scatterChart({
    title: 'Twelve kinds of points in one plane',
    width: 200,
    height: 150,
    x: { label: 'z₁' },
    y: { label: 'z₂' },
    groups: range(12).map((k) => ({ name: `the kind number ${k}`, x: [k], y: [noise(k)] })),
  });

const valley = () =>
  charts.contourChart({
    title: 'Down a curved valley',
    f: (x, y) => (1 - x) ** 2 + 20 * (y - x * x) ** 2,
    log: true,
    ...plane,
    paths: [1, 2].map((k) => ({ name: `rate ${k}`, x: spread(-1.5, k, 30), y: spread(1.5, k * k, 30) })),
    minimum: [1, 1],
  });

const moonBoundary = (size: charts.Size = {}) => {
  const probability = grid((x, y) => 1 / (1 + Math.exp(4 * (y - Math.cos(2 * x)))));
  return charts.boundaryChart({ ...size, title: 'Two moons', probability, columns, rows, ...plane, points: moons });
};

const classBoundary = () => {
  const classes = grid((x, y) => (x > 0.5 ? 2 : 0) + (y > 0 ? 1 : 0));
  const points = range(4).map((k) => ({ name: `class ${k}`, x: [k > 1 ? 2 : -1], y: [k % 2 ? 1 : -1] }));
  return charts.boundaryChart({ title: 'Four classes', classes, columns, rows, ...plane, points });
};

const bars = () =>
  charts.barChart({
    title: 'Accuracy on shifted digits',
    y: { label: 'accuracy' },
    bars: ['as trained', 'two pixels', 'four pixels to the right'].flatMap((name, i) => [
      { name, group: 'dense', value: 0.97 - 0.3 * i },
      { name, group: 'convolutional', value: 0.99 - 0.1 * i },
    ]),
  });

const signedBars = () =>
  charts.barChart({
    title: 'Weights',
    y: { label: 'weight' },
    bars: [0.6, 0.31, -0.5, 0, 12].map((value, i) => ({ name: `input number ${i}`, value })),
  });

const longNames = () =>
  charts.barChart({
    title: 'Layers',
    y: { label: 'parameters' },
    bars: range(9).map((i) => ({ name: `normalisation${i}.runningVariance`, value: 100 * i })),
  });

const confusion = () =>
  charts.heatmap({
    title: 'Confusion',
    values: range(100).map((i) => (i % 11 === 0 ? 980 : i % 7)),
    rows: 10,
    columns: 10,
    rowLabels: range(10).map(String),
    columnLabels: range(10).map(String),
    x: { label: 'predicted' },
    y: { label: 'true' },
  });

const attention = () =>
  charts.heatmap({
    title: 'Attention weights of one head',
    values: range(20).map((i) => noise(i)),
    rows: 4,
    columns: 5,
    rowLabels: ['the', 'cat', 'sat', 'down'],
    columnLabels: ['the', 'Katze', 'hat', 'sich', 'niedergelassen'],
  });

const positions = () =>
  charts.heatmap({ title: 'Positions', values: range(64 * 50).map((i) => Math.sin(i / 9)), rows: 50, columns: 64 });

const digits = () =>
  charts.imageGrid({
    title: 'Predictions',
    images: range(12).map((k) => range(784).map((i) => Math.max(0, Math.sin(i / (k + 3))))),
    width: 28,
    height: 28,
    columns: 6,
    captions: range(12).map((k) => (k === 7 ? '7, taken for 1' : String(k))),
  });

const photos = () =>
  charts.imageGrid({
    title: 'Photos',
    images: [range(3 * 64).map((i) => i / 192)],
    width: 8,
    height: 8,
    channels: 3,
    columns: 4,
    range: [0, 1],
  });

const gradients = () =>
  charts.tableFigure({
    title: 'The gradient three ways',
    columns: ['parameter', 'by hand', 'engine'],
    rows: [
      ['w₁', 0.25, 0.25],
      ['w₂', -1.5, -1.5001],
    ],
    emphasise: [1],
  });

/** Layers of a network: matmul, add, relu, with a residual connection over each. */
export function layeredGraph(layers: number): charts.GraphFigureOptions {
  const nodes: charts.GraphNode[] = [{ id: 'x', kind: 'data', label: 'x', lines: ['[32, 64]'] }];
  const edges: charts.GraphEdge[] = [];
  let last = 'x';
  for (const k of range(layers)) {
    const add = (id: string, kind: charts.GraphNode['kind'], label: string, ...from: string[]) => {
      nodes.push({ id: id + k, kind, label, lines: ['[32, 64]'] });
      for (const source of from) edges.push({ from: source, to: id + k });
      return id + k;
    };
    const product = add('m', 'operation', 'matmul', last, add('w', 'parameter', 'weight'));
    const relu = add('r', 'operation', 'relu', add('a', 'operation', 'add', product, add('b', 'parameter', 'bias')));
    last = add('s', 'operation', 'add', relu, last);
  }
  return { title: `A graph of ${layers} layers`, nodes, edges };
}

const squareGraph = () =>
  charts.graphFigure({
    title: 'A value used twice',
    nodes: [
      { id: 'x', kind: 'data', label: 'x', lines: ['3'] },
      { id: 'y', kind: 'value', label: 'x · x', lines: ['9'] },
    ],
    edges: [
      { from: 'x', to: 'y' },
      { from: 'x', to: 'y', label: '∂ = 6' },
    ],
  });

const network = () =>
  charts.networkFigure({
    title: 'A multilayer perceptron',
    layers: [
      { name: 'input', units: 784, note: '[N, 784]' },
      { name: 'hidden', units: 128, note: 'ReLU, [N, 128]' },
      { name: 'output', units: 1 },
    ],
  });

const neuron = async () => {
  const { arrow, circle, drawing, line, path, rect, text } = charts;
  const shapes = [
    circle(30, 30, 20, { fill: '#ffffff', stroke: '#000000' }),
    text(30, 30, 'x', { anchor: 'middle', middle: true }),
    arrow(52, 30, 118, 30),
    rect(120, 10, 60, 40, { radius: 4, stroke: '#000000' }),
    text(150, 30, 'two\nlines', { anchor: 'middle', middle: true, size: 11 }),
    line(0, 60, 200, 60, { dashed: true }),
    path('M0,70L200,70.123456'),
  ];
  return drawing(200, 80, shapes, { title: 'A neuron' });
};

const sideBySide = () =>
  charts.panels({
    title: 'Four pictures in one',
    columns: 2,
    figures: [
      lossCurves({ width: 240, height: 180 }),
      moonBoundary({ width: 240, height: 200 }),
      classBoundary(),
      gradients(),
    ],
  });

const curves = () =>
  charts.learningCurves({
    title: 'Two moons, 12 epochs',
    curves: {
      loss: range(12).map((i) => Math.exp(-i / 4)),
      valLoss: range(12).map((i) => Math.exp(-i / 4) + 0.01 * i),
      accuracy: range(12).map((i) => 1 - 0.5 * Math.exp(-i / 4)),
    },
    mark: { x: 9, label: 'best' },
  });

const flowers = () =>
  charts.confusionMatrix({
    title: 'Which flower was taken for which',
    labels: ['setosa', 'versicolor', 'virginica'],
    counts: [50, 0, 0, 0, 47, 3, 0, 2, 48],
  });

const spreads = () =>
  charts.histograms({
    title: 'Activations by layer',
    x: { label: 'activation' },
    layers: range(5).map((k) => ({ name: `layer ${k + 1}`, values: range(400).map((i) => noise(i) ** (2 * k + 1)) })),
  });

export const examples: Record<string, () => Promise<charts.Figure> | charts.Figure> = {
  lossCurves,
  logCurves,
  perceptron,
  manyClasses,
  valley,
  moonBoundary,
  classBoundary,
  bars,
  signedBars,
  longNames,
  confusion,
  attention,
  positions,
  digits,
  photos,
  gradients,
  smallGraph: () => charts.graphFigure(layeredGraph(1)),
  largeGraph: () => charts.graphFigure(layeredGraph(10)),
  squareGraph,
  network,
  neuron,
  sideBySide,
  curves,
  flowers,
  spreads,
};
