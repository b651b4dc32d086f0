/**
 * What layers are for: ten of them with random weights, once with ReLU between them and once without. Without, they
 * can be multiplied out, and the script does it.
 */
import { rand, randn, type Tensor, tensor } from '../../core';
import { boundaryChart, type Figure, panels } from '../../core/io/charts';
import { integer, script } from '../shared/script';

interface Layer {
  W: Tensor; // [in, out]
  b: Tensor; // [out]
}

// #region deep
/** Layers with random weights, of a size that keeps the signal about as large as it came in (He, 2015: chapter 04). */
export const randomLayers = (sizes: number[]): Layer[] =>
  sizes.slice(1).map((out, k) => ({
    W: randn([sizes[k], out]).mul(Math.sqrt(2 / sizes[k])),
    b: randn([out]).mul(0.5),
  }));

/** Through all layers; `bend` stands between them, not after the last. */
export const through = (layers: Layer[], x: Tensor, bend: (z: Tensor) => Tensor): Tensor =>
  layers.reduce((h, { W, b }, k) => (k === 0 ? h : bend(h)).matmul(W).add(b), x);
// #endregion

// #region collapse
/** (x·W₁ + b₁)·W₂ + b₂ = x·(W₁W₂) + (b₁W₂ + b₂), and so on to the last layer. */
export const collapse = (layers: Layer[]): Layer =>
  layers.reduce((one, two) => ({ W: one.W.matmul(two.W), b: one.b.matmul(two.W).add(two.b) }));
// #endregion

const parameters = (layers: Layer[]): number => layers.reduce((sum, { W, b }) => sum + W.size + b.size, 0);

const straight = (z: Tensor): Tensor => z;
const relu = (z: Tensor): Tensor => z.relu();

const SIDE = 3; // of the square that is drawn, from its middle

/** What a network says over the square and for some points in it: above its mean is one class, below the other. */
async function border(title: string, network: (x: Tensor) => Tensor, points: Tensor, pixels: number): Promise<Figure> {
  const axis = Array.from({ length: pixels }, (_, i) => SIDE * ((2 * i) / (pixels - 1) - 1));
  const grid = tensor(axis.flatMap((y) => axis.map((x) => [x, y]))); // [pixels², 2]
  const z = network(grid);
  const [mean, spread] = [z.mean(), z.std()];
  if ((await spread.item()) === 0)
    throw new Error(`"${title}" says the same everywhere; try another --seed or --width`);
  const places = (await points.array()) as number[][];
  const above = await network(points).gt(mean).data();
  const group = (name: string, side: number) => {
    const own = places.filter((_, i) => above[i] === side);
    return { name, x: own.map(([x]) => x), y: own.map(([, y]) => y) };
  };
  return boundaryChart({
    title,
    probability: await z.sub(mean).div(spread).mul(3).sigmoid().data(),
    columns: pixels,
    rows: pixels,
    x: { label: 'x1', domain: [-SIDE, SIDE] },
    y: { label: 'x2', domain: [-SIDE, SIDE] },
    points: [group('below its mean', 0), group('above', 1)],
    width: 250,
    height: 250,
  });
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'} ${Math.abs(value).toFixed(4)}`;

script({
  about: 'What layers are for: ten layers with and without an activation between them.',
  options: {
    depth: integer(10, { min: 2, max: 30, help: 'layers' }),
    width: integer(16, { min: 1, max: 64, help: 'neurons in each hidden layer' }),
    pixels: integer(90, { min: 10, max: 200, help: 'of the picture, each way' }),
    seed: integer(7, { min: 0, help: 'where the random numbers start' }),
  },
  settings: { quick: { pixels: 30 } },
  predict: {
    question:
      'Ten layers with random weights, two inputs, one output, and no activation between the layers.\n' +
      'What does the border between its two classes look like?',
    choices: ['a straight line', 'a line with about ten bends', 'several closed curves'],
  },
  next: 'npx ts-node chapters/02-forward-pass/mlp.ts',
  async run({ options: { depth, width, pixels }, say, section, table, figure, predict, verdict }) {
    const guess = await predict();
    const layers = randomLayers([2, ...Array.from({ length: depth - 1 }, () => width), 1]);
    const one = collapse(layers);

    section('collapse', `${depth} layers without activation, and the one they collapse into`);
    const [[w1], [w2]] = (await one.W.array()) as number[][];
    say(`${depth} layers: ${parameters(layers)} parameters`);
    say(`one layer: 3 parameters, z = ${w1.toFixed(4)}·x1 ${signed(w2)}·x2 ${signed(await one.b.item())}`);
    const inputs = [[0, 0], [1, 0], [0, 1], [-2, 1.5]]; // biome-ignore format: points of the plane
    const values = async (z: Tensor) => [...(await z.data())].map((value) => value.toFixed(4));
    const deep = await values(through(layers, tensor(inputs), straight));
    const flat = await values(through([one], tensor(inputs), straight));
    const bent = await values(through(layers, tensor(inputs), relu));
    table(
      ['x1, x2', `${depth} layers`, 'one layer', `${depth} layers, ReLU`],
      inputs.map((x, i) => [x.join(', '), deep[i], flat[i], bent[i]]),
    );

    section('verdict', 'Their borders');
    const inside = 0.95 * SIDE;
    const points = rand([60, 2]).mul(2 * inside).sub(inside); // biome-ignore format: one expression
    const figures = [
      border(`${depth} layers, nothing between`, (x) => through(layers, x, straight), points, pixels),
      border('The one layer', (x) => through([one], x, straight), points, pixels),
      border(`${depth} layers, ReLU between`, (x) => through(layers, x, relu), points, pixels),
    ];
    await figure('layers', await panels({ title: 'What layers can draw', figures, columns: 3 }));
    verdict(
      guess,
      'a straight line',
      'However many products by matrices, they are one product by a matrix.\nWith ReLU between them the border bends.',
    );
  },
});
