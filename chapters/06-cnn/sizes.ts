/**
 * The network of this chapter, measured: how large each layer's output is, what its filters cost, and how much of the
 * picture one number of it can see.
 */
import { nn, randn, type Tensor } from '../../core';
import { integer, script } from '../shared/script';
import { classifier } from './classifier';
import { outputSize } from './convolution';
import { fieldsFigure } from './pictures/sizes';

/** What slides: its window, from one window to the next, and how many filters it has, if any. */
interface Step {
  name: string;
  k: number;
  stride: number;
  filters?: number;
}

export const STEPS: Step[] = [
  { name: 'conv 3 × 3', k: 3, stride: 1, filters: 32 },
  { name: 'pool 2 × 2', k: 2, stride: 2 },
  { name: 'conv 3 × 3', k: 3, stride: 1, filters: 64 },
  { name: 'pool 2 × 2', k: 2, stride: 2 },
  { name: 'conv 3 × 3', k: 3, stride: 1, filters: 64 },
];

export interface Measures {
  name: string;
  size: number;
  channels: number;
  parameters: number;
  /** Pixels along a side of what one number has seen. */
  field: number;
}

// #region measures
/** Layer by layer: a window of k more places sees k − 1 more steps, each as long as all strides before it. */
export function measures(steps: Step[], side: number, channels: number): Measures[] {
  let [size, depth, field, jump] = [side, channels, 1, 1];
  return steps.map(({ name, k, stride, filters }) => {
    const parameters = filters ? filters * (depth * k * k + 1) : 0; // k·k weights a channel, and a bias
    [size, depth] = [outputSize(size, k, stride, [0, 0]), filters ?? depth];
    [field, jump] = [field + (k - 1) * jump, jump * stride];
    return { name, size, channels: depth, parameters, field };
  });
}
// #endregion

// #region seen
/** How many pixels along a side have a say in one number of the output: backward is asked. */
export async function seenPixels(layers: nn.Sequential['layers'], side: number): Promise<number> {
  const x = randn([16, 3, side, side], { requiresGrad: true });
  const y = new nn.Sequential(...layers).forward(x); // [16, C, H, W]
  const middle = Math.floor(y.shape[2] / 2);
  y.slice(null, null, middle, middle).sum().backward();
  const columns = await (x.grad as Tensor).abs().sum([0, 1, 2]).data(); // [W]
  return columns.filter((sum) => sum > 0).length;
}
// #endregion

/** For each of the steps, the layers up to it: an activation belongs to the convolution before it. */
function beginnings(model: nn.Sequential): nn.Sequential['layers'][] {
  const slides = model.layers.flatMap((layer, i) =>
    layer instanceof nn.Conv2d || layer instanceof nn.MaxPool2d ? [i] : [],
  );
  return slides.map((i) => model.layers.slice(0, i + 1));
}

const grouped = (n: number): string => n.toLocaleString('en');

script({
  about: "The classifier's layers: output sizes, parameters, and how far each of them sees.",
  options: { side: integer(32, { min: 18, max: 128, help: 'pixels along a side of the picture' }) },
  next: 'npx ts-node chapters/06-cnn/digits.ts',
  async run({ options: { side }, say, section, table, figure }) {
    section('layers', `A colour picture of ${side} × ${side} on its way`);
    const model = classifier();
    const layers = measures(STEPS, side, 3);
    const seen: number[] = [];
    for (const beginning of beginnings(model)) seen.push(await seenPixels(beginning, side));
    table(
      ['layer', 'output', 'parameters', 'sees, by the formula', 'by backward'],
      layers.map(({ name, size, channels, parameters, field }, i) => [
        name,
        `${channels} × ${size} × ${size}`,
        grouped(parameters),
        `${field} × ${field}`,
        `${seen[i]} × ${seen[i]}`,
      ]),
    );
    const [{ size, channels, parameters }] = layers;
    const [inputs, outputs] = [3 * side * side, channels * size * size];
    section('dense', 'A dense layer with as many outputs as the first');
    table(
      ['layer', 'parameters'],
      [
        [`${channels} filters: ${channels} · (3·3·3 + 1)`, grouped(parameters)],
        [`dense: ${grouped(outputs)} · (${grouped(inputs)} + 1)`, grouped(outputs * (inputs + 1))],
      ],
    );
    if (side !== 32) return; // the dense layers know only this size

    section('summary', 'The whole network');
    say(nn.summary(model, [1, 3, 32, 32]).toString());
    await figure('fields', await fieldsFigure(layers));
  },
});
