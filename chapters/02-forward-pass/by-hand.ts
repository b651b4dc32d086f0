/**
 * The forward pass of a small network, four numbers in and two probabilities out: first on plain numbers with all the
 * working printed, then with tensors, then with the layers of core/nn. All three must say the same.
 */
import { currentDevice, nn, type Tensor, tensor } from '../../core';
import { numbers, script } from '../shared/script';
import { networkDrawing } from './pictures/network';

// #region numbers
export const W1 = [
  [0.1, 0.4, -0.2],
  [-0.3, 0.5, 0.1],
  [0.2, -0.1, 0.3],
  [0.4, -0.2, 0.5],
]; // four inputs, three hidden neurons
export const b1 = [-0.2, 0.1, 0.3];

export const W2 = [
  [0.5, -0.3],
  [-0.1, 0.4],
  [0.2, 0.6],
]; // three hidden neurons, two outputs
export const b2 = [0.1, -0.2];
// #endregion

// #region layer
/** Every output j: its bias, and all inputs times the weights W[i][j] that lead to it. */
export const layer = (x: number[], W: number[][], b: number[]): number[] =>
  b.map((bj, j) => x.reduce((z, xi, i) => z + xi * W[i][j], bj));
// #endregion

// #region activations
export const relu = (z: number[]): number[] => z.map((value) => Math.max(0, value));

export function softmax(z: number[]): number[] {
  const powers = z.map((value) => Math.exp(value));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
// #endregion

// #region forward
export function forward(x: number[]) {
  const z = layer(x, W1, b1);
  const h = relu(z);
  const logits = layer(h, W2, b2);
  const p = softmax(logits);
  return { z, h, logits, p };
}
// #endregion

// #region tensors
export function forwardWithTensors(x: Tensor): Tensor {
  const h = x.matmul(tensor(W1)).add(tensor(b1)).relu(); // [4] @ [4, 3] + [3] → [3]
  return h.matmul(tensor(W2)).add(tensor(b2)); //           [3] @ [3, 2] + [2] → [2]
}
// #endregion

// #region module
export class TwoLayers extends nn.Module {
  readonly hidden = new nn.Linear(4, 3);
  readonly output = new nn.Linear(3, 2);

  override forward(x: Tensor): Tensor {
    return this.output.forward(this.hidden.forward(x).relu());
  }
}

export async function ourNetwork(): Promise<TwoLayers> {
  const model = await new TwoLayers().to(currentDevice()); // where the tensors below are
  model.loadStateDict({
    'hidden.weight': tensor(W1).transpose(), // a Linear keeps its weights as [outputs, inputs]
    'hidden.bias': tensor(b1),
    'output.weight': tensor(W2).transpose(),
    'output.bias': tensor(b2),
  });
  return model;
}
// #endregion

/** What one would write on paper for output j: factors, products, sum. */
function working(name: string, x: number[], W: number[][], b: number[], j: number): string {
  const factors = x.map((xi, i) => `${inBrackets(xi)}·${inBrackets(W[i][j])}`).join(' + ');
  const products = x.map((xi, i) => xi * W[i][j]);
  return [
    `${name} = ${factors} ${signed(b[j])}`,
    `${' '.repeat(name.length)} = ${inARow([...products, b[j]])} = ${short(layer(x, W, b)[j])}`,
  ].join('\n');
}

const short = (value: number): string => String(Number(value.toFixed(6))).replace('-', '−');
const inBrackets = (value: number): string => (value < 0 ? `(${short(value)})` : short(value));
const signed = (value: number): string => `${value < 0 ? '−' : '+'} ${short(Math.abs(value))}`;
const inARow = ([first, ...rest]: number[]): string => [short(first), ...rest.map(signed)].join(' ');

script({
  about: 'A two-layer network by hand: every number on the way from four inputs to two probabilities.',
  options: { input: numbers([2, 1, -1, 3], { help: 'the four inputs' }) },
  next: 'npx ts-node chapters/02-forward-pass/tensors.ts',
  async run({ options: { input }, say, section, table, figure }) {
    const { z, h, logits, p } = forward(input);

    section('hidden', 'The hidden layer, before its activation');
    for (const j of [0, 1, 2]) say(working(`z${j + 1}`, input, W1, b1, j));

    section('relu', 'ReLU: what is below zero becomes zero');
    say(`h = relu(${z.map(short).join(', ')}) = ${h.map(short).join(', ')}`);

    section('logits', 'The output layer: one score for each class');
    for (const j of [0, 1]) say(working(`logit${j + 1}`, h, W2, b2, j));

    section('softmax', 'Softmax: from scores to probabilities');
    const powers = logits.map((value) => Math.exp(value));
    const total = powers[0] + powers[1];
    for (const j of [0, 1]) say(`e^${short(logits[j])} = ${powers[j].toFixed(8)}`);
    say(`their sum is ${total.toFixed(8)}`);
    for (const j of [0, 1]) say(`p${j + 1} = ${powers[j].toFixed(8)} / ${total.toFixed(8)} = ${p[j].toFixed(8)}`);

    section('agree', 'Three ways, one answer');
    const x = tensor(input);
    const digits = (values: Iterable<number>) => [...values].map((value) => value.toFixed(8));
    const row = async (name: string, scores: Tensor) =>
      [name, ...digits(await scores.data()), ...digits(await scores.softmax().data())]; // biome-ignore format: a row
    table(
      ['', 'logit 1', 'logit 2', 'p1', 'p2'],
      [
        ['by hand', ...digits(logits), ...digits(p)],
        await row('tensors', forwardWithTensors(x)),
        await row('layers', (await ourNetwork()).forward(x)),
      ],
    );

    await figure('by-hand', networkDrawing({ x: input, W1, z, h, logits, p }));
  },
});
