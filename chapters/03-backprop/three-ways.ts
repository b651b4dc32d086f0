/**
 * One small network, four ways to its gradients: written out by hand, by the engine of this chapter, by the core,
 * and by trying. They must agree, and they do.
 */
import { ops, type Tensor, tensor } from '../../core';
import { drawGraph } from '../../core/io/graph';
import { script } from '../shared/script';
import { Value } from './engine';

// Two inputs, two tanh neurons, a sigmoid neuron; the loss is the mean binary cross-entropy over the rows of XOR.
export const EXAMPLES = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 0],
]; // x1, x2, target
export const NAMES = ['w11', 'w12', 'w21', 'w22', 'b1', 'b2', 'v1', 'v2', 'c'];
export const PARAMETERS = [0.5, -0.4, 0.3, 0.8, 0.1, -0.2, 0.7, -0.6, 0.2];

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

// #region by-hand
export function byHand([w11, w12, w21, w22, b1, b2, v1, v2, c]: number[]): number[] {
  const sums = new Array<number>(9).fill(0);
  for (const [x1, x2, target] of EXAMPLES) {
    const h1 = Math.tanh(w11 * x1 + w12 * x2 + b1);
    const h2 = Math.tanh(w21 * x1 + w22 * x2 + b2);
    const p = sigmoid(v1 * h1 + v2 * h2 + c);

    const gz = (p - target) / EXAMPLES.length; // through the loss and the sigmoid at once: the rest cancels
    const gz1 = gz * v1 * (1 - h1 ** 2); //       through the output's weight and the tanh
    const gz2 = gz * v2 * (1 - h2 ** 2);
    const gradients = [gz1 * x1, gz1 * x2, gz2 * x1, gz2 * x2, gz1, gz2, gz * h1, gz * h2, gz];
    gradients.forEach((g, i) => {
      sums[i] += g; // every example pulls at the same nine parameters
    });
  }
  return sums;
}
// #endregion

// #region by-engine
export function byEngine(numbers: number[]) {
  const parameters = numbers.map((number, i) => new Value(number, NAMES[i]));
  const [w11, w12, w21, w22, b1, b2, v1, v2, c] = parameters;
  const losses = EXAMPLES.map(([x1, x2, target]) => {
    const h1 = w11.mul(x1).add(w12.mul(x2)).add(b1).tanh();
    const h2 = w21.mul(x1).add(w22.mul(x2)).add(b2).tanh();
    const p = v1.mul(h1).add(v2.mul(h2)).add(c).sigmoid();
    const ofTruth = target === 1 ? p : new Value(1).sub(p);
    return ofTruth.log().mul(-1);
  });
  const loss = losses.reduce((sum, each) => sum.add(each)).div(EXAMPLES.length);
  loss.backward();
  return { gradients: parameters.map(({ grad }) => grad), loss, size: loss.history().length };
}
// #endregion

// #region by-core
const PRECISE = { dtype: 'float64', device: 'cpu' } as const; // a GPU has no float64

const learned = (values: number[], ...shape: number[]): Tensor =>
  tensor(values, { shape, ...PRECISE, requiresGrad: true });

export function byCore([w11, w12, w21, w22, b1, b2, v1, v2, c]: number[]) {
  const W = learned([w11, w12, w21, w22], 2, 2);
  const B = learned([b1, b2], 2);
  const V = learned([v1, v2], 1, 2);
  const C = learned([c], 1);
  const examples = tensor(EXAMPLES, PRECISE); // [4, 3]
  const x = examples.slice(null, [0, 2]); //      [4, 2] the inputs of all four at once
  const target = examples.slice(null, [2, 3]); // [4, 1]

  const h = ops.linear(x, W, B).tanh(); //          [4, 2]
  const z = ops.linear(h, V, C); //                 [4, 1]
  const loss = ops.bceWithLogitsLoss(z, target); // []     the sigmoid is inside
  return { loss, named: { x, W, B, V, C, target }, parameters: [W, B, V, C] };
}
// #endregion

export function byTrying(numbers: number[], h = 1e-5): number[] {
  const lossWith = (i: number, change: number): number =>
    byEngine(numbers.map((number, j) => (j === i ? number + change : number))).loss.data;
  return numbers.map((_, i) => (lossWith(i, h) - lossWith(i, -h)) / (2 * h));
}

/** How many operations the core wrote down on the way to a tensor. */
function operationsBelow(result: Tensor): number {
  const found = new Set([result]);
  for (const t of found) for (const input of t.node?.inputs ?? []) found.add(input);
  return [...found].filter((t) => t.node).length;
}

script({
  about: 'The gradients of one small network four ways: by hand, by the engine, by the core, by trying.',
  next: 'npx ts-node chapters/03-backprop/descent.ts',
  async run({ say, section, table, figure }) {
    const engine = byEngine(PARAMETERS);
    const { loss, named, parameters } = byCore(PARAMETERS);
    const graph = await drawGraph(loss, { title: 'The same network, as the core sees it', names: named });
    const operations = operationsBelow(loss);
    loss.backward();
    const core = parameters.flatMap(({ grad }) => [...grad!.dataSync()]);
    const ways = [byHand(PARAMETERS), engine.gradients, core, byTrying(PARAMETERS)];

    section('table', 'Nine gradients, four ways');
    table(
      ['', 'by hand', 'engine', 'core', 'by trying'],
      NAMES.map((name, i) => [name, ...ways.map((gradients) => gradients[i].toFixed(8))]),
    );
    const apart = NAMES.map((_, i) => Math.max(...ways.map((g) => g[i])) - Math.min(...ways.map((g) => g[i])));
    const agree = Math.max(...apart) < 1e-6;
    say(`\n${agree ? 'All four agree' : 'They do not agree'} to 1e-6.`);

    section('sizes', 'How much is written down for the walk back');
    say(`engine: ${engine.size} numbers      core: ${operations} operations on tensors`);

    await figure('core-graph', graph);
  },
});
