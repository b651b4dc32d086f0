/**
 * What is timed: operations, and whole training steps (forward, loss, backward, Adam; the loss is read). A workload is
 * a name and the values it starts from, the same for everybody; parameters have PyTorch's names and layouts.
 *
 * Dropout is left out everywhere: with it, nobody's outputs could be compared with anybody else's.
 */

import type { Device } from './serve';

/** Numbers to draw: normal ones of a standard deviation, or whole ones from 0 to below `below`; or one value. */
export interface Draw {
  shape: number[];
  deviation?: number;
  below?: number;
  value?: number;
}

export interface Workload {
  name: string;
  kind: 'operation' | 'step';
  /** What is trained; names with a dot are a module's state. */
  parameters: Record<string, Draw>;
  data: Record<string, Draw>;
  /** Of MobileNetV2: its convolutions in their order, each with a batch norm. */
  units?: Unit[];
  /** Additions and multiplications of one run, where their rate says something. */
  flops?: number;
}

export interface Unit {
  kernel: number;
  stride: number;
  groups: number;
  /** ReLU6 behind the norm. */
  bends: boolean;
  /** The block's input is added behind this unit; a block begins with the unit of this number. */
  shortcutFrom?: number;
}

const normal = (shape: number[], deviation = 1): Draw => ({ shape, deviation });
const whole = (shape: number[], below: number): Draw => ({ shape, below });

/** A layer's weight and bias, at the size that keeps the signal's. */
function layer(name: string, shape: number[]): Record<string, Draw> {
  const inputs = shape.slice(1).reduce((product, extent) => product * extent, 1);
  return { [`${name}.weight`]: normal(shape, Math.sqrt(2 / inputs)), [`${name}.bias`]: normal([shape[0]], 0.1) };
}

const layers = (shapes: Record<string, number[]>): Record<string, Draw> =>
  Object.assign({}, ...Object.entries(shapes).map(([name, shape]) => layer(name, shape)));

/* ------------------------------------------------------------------------------------------ operations */

const operation = (name: string, data: Record<string, Draw>, flops?: number): Workload => ({
  name,
  kind: 'operation',
  parameters: {},
  data,
  flops,
});

const product = (n: number, how = '') =>
  operation(`matmul ${n}${how}`, { a: normal([n, n]), b: normal([n, n]) }, 2 * n ** 3);

const MILLIONS = 4_000_000;

const operations: Workload[] = [
  product(512),
  product(512, ' Aᵀ·B'),
  product(512, ' A·Bᵀ'),
  product(1024),
  operation('exp', { x: normal([MILLIONS]) }),
  operation('tanh', { x: normal([MILLIONS]) }),
  operation('gelu', { x: normal([MILLIONS]) }),
  operation('sum', { x: normal([MILLIONS]) }),
  operation('softmax', { x: normal([4096, 1024]) }),
  operation('layer norm', { x: normal([4096, 1024]), weight: normal([1024]), bias: normal([1024]) }),
  operation('adam', { p: normal([MILLIONS]), g: normal([MILLIONS]) }),
];

/** What asks for a GPU. The gradients are those of the sum of g · y. */
function large(): Workload[] {
  const [batch, heads, steps, width] = [8, 8, 1024, 64];
  const tokens = normal([batch, heads, steps, width]);
  const attention = 4 * batch * heads * steps ** 2 * width;
  const [images, channels, side, kernel] = [32, 64, 56, 3];
  const pictures = normal([images, channels, side, side]);
  const filters = normal([channels, channels, kernel, kernel], 0.05);
  const conv = 2 * images * channels * side ** 2 * channels * kernel ** 2;
  return [
    product(2048),
    product(4096),
    operation('attention', { q: tokens, k: tokens, v: tokens }, attention),
    operation('attention with gradients', { q: tokens, k: tokens, v: tokens, g: tokens }, 3 * attention),
    operation('conv', { x: pictures, weight: filters }, conv),
    operation('conv with gradients', { x: pictures, weight: filters, g: pictures }, 3 * conv),
  ];
}

/* -------------------------------------------------------------------------------------- training steps */

const mlp: Workload = {
  name: 'mlp',
  kind: 'step',
  parameters: layers({ '0': [128, 784], '2': [10, 128] }),
  data: { x: normal([128, 784]), y: whole([128], 10) },
};

const cnn: Workload = {
  name: 'cnn',
  kind: 'step',
  parameters: layers({
    '0': [32, 3, 3, 3],
    '3': [64, 32, 3, 3],
    '6': [64, 64, 3, 3],
    '9': [64, 1024],
    '11': [10, 64],
  }),
  data: { x: normal([64, 3, 32, 32]), y: whole([64], 10) },
};

function lstm(batch: number): Workload {
  const [words, width, steps] = [10_000, 128, 200];
  const bound = 1 / Math.sqrt(width);
  return {
    name: `lstm ${batch}`,
    kind: 'step',
    parameters: {
      'embedding.weight': normal([words, width]),
      'lstm.weight_ih_l0': normal([4 * width, width], bound),
      'lstm.weight_hh_l0': normal([4 * width, width], bound),
      'lstm.bias_ih_l0': normal([4 * width], 0.1),
      'lstm.bias_hh_l0': normal([4 * width], 0.1),
      ...layers({ hidden: [64, width], out: [1, 64] }),
    },
    data: { x: whole([batch, steps], words), y: whole([batch, 1], 2) },
  };
}

function transformer(): Workload {
  const [words, width, steps, batch, inner] = [20_000, 64, 200, 32, 256];
  return {
    name: 'transformer',
    kind: 'step',
    parameters: {
      'embedding.weight': normal([words, width]),
      'positions.weight': normal([steps, width], 0.1),
      'block.self_attn.in_proj_weight': normal([3 * width, width], 1 / Math.sqrt(width)),
      'block.self_attn.in_proj_bias': normal([3 * width], 0.1),
      ...layers({
        'block.self_attn.out_proj': [width, width],
        'block.linear1': [inner, width],
        'block.linear2': [width, inner],
      }),
      'block.norm1.weight': { shape: [width], value: 1 },
      'block.norm1.bias': { shape: [width], value: 0 },
      'block.norm2.weight': { shape: [width], value: 1 },
      'block.norm2.bias': { shape: [width], value: 0 },
      ...layer('out', [1, width]),
    },
    data: { x: whole([batch, steps], words), y: whole([batch, 1], 2) },
  };
}

const autoencoder: Workload = {
  name: 'autoencoder',
  kind: 'step',
  parameters: layers({ '0': [128, 784], '2': [32, 128], '4': [128, 32], '6': [784, 128] }),
  data: { x: { shape: [256, 784], below: 2 } },
};

/** Sandler et al. (2018): expansion, channels, how many blocks, the first one's stride. */
const BLOCKS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** The forward pass alone, with batch norm in evaluation. */
function mobileNet(): Workload {
  const units: Unit[] = [];
  const parameters: Record<string, Draw> = {};
  let channels = 3;
  const add = (out: number, kernel: number, stride: number, groups: number, bends: boolean): void => {
    const shape = [out, channels / groups, kernel, kernel];
    parameters[`${units.length}.weight`] = normal(shape, Math.sqrt(2 / (shape[1] * kernel * kernel)));
    parameters[`${units.length}.scale`] = { shape: [out], value: 1 };
    parameters[`${units.length}.shift`] = normal([out], 0.1);
    parameters[`${units.length}.mean`] = normal([out], 0.1);
    parameters[`${units.length}.variance`] = { shape: [out], value: 1.5 };
    units.push({ kernel, stride, groups, bends });
    channels = out;
  };
  add(32, 3, 2, 1, true);
  for (const [expansion, out, count, firstStride] of BLOCKS) {
    for (let i = 0; i < count; i++) {
      const [first, input, stride] = [units.length, channels, i === 0 ? firstStride : 1];
      if (expansion > 1) add(input * expansion, 1, 1, 1, true);
      add(channels, 3, stride, channels, true);
      add(out, 1, 1, 1, false);
      if (stride === 1 && input === out) units[units.length - 1].shortcutFrom = first;
    }
  }
  add(1280, 1, 1, 1, true);
  Object.assign(parameters, layer('out', [1000, 1280]));
  return { name: 'mobilenet', kind: 'step', parameters, data: { x: normal([1, 3, 224, 224]) }, units };
}

const steps = [mlp, cnn, lstm(128), lstm(32), transformer(), autoencoder, mobileNet()];

export const workloads: Record<Device, Workload[]> = {
  cpu: [...operations, ...steps],
  gpu: [...operations, ...large(), ...steps],
};
