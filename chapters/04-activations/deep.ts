/**
 * A network of many layers whose inside can be looked at, started with weights of a chosen size. vanishing.ts measures
 * it before training, learning.ts trains it.
 */
import { nn, ops, randint, randn, type Tensor, zeros } from '../../core';
import { ACTIVATIONS } from './activations';
import { precise } from './precise';

export type Name = 'sigmoid' | 'tanh' | 'ReLU';

export const FUNCTIONS: Record<Name, (z: Tensor) => Tensor> = {
  sigmoid: (z) => z.sigmoid(),
  tanh: (z) => z.tanh(),
  ReLU: (z) => z.relu(),
};

// #region initialise
/** Weights are drawn around 0, gain/√inputs wide: Xavier Glorot's (for as many outputs as inputs) and Kaiming He's. */
export const GAINS = { Xavier: 1, He: Math.SQRT2 };

function layerWith(gain: number, inputs: number, outputs: number): nn.Linear {
  const layer = new nn.Linear(inputs, outputs);
  layer.weight.become(nn.init.heNormal([outputs, inputs], { gain }));
  layer.bias!.become(zeros([outputs]));
  return layer;
}
// #endregion

export class Deep extends nn.Module {
  readonly layers: nn.Linear[];
  readonly head: nn.Linear;
  /** The score and the answer of each layer, from the last forward. */
  seen: { z: Tensor; h: Tensor }[] = [];

  /** From sizes[0] inputs through hidden layers to as many outputs as the last of the sizes. */
  constructor(
    private readonly name: Name,
    sizes: number[],
    gain: number,
  ) {
    super();
    const all = sizes.slice(1).map((outputs, k) => layerWith(gain, sizes[k], outputs));
    this.layers = all.slice(0, -1);
    this.head = all[all.length - 1];
  }

  // #region forward
  override forward(x: Tensor): Tensor {
    this.seen = [];
    let h = x;
    for (const layer of this.layers) {
      const z = layer.forward(h);
      if (z.requiresGrad) z.retainGrad(); // gradients of what is in between are kept only if asked for
      h = FUNCTIONS[this.name](z);
      this.seen.push({ z, h });
    }
    return this.head.forward(h);
  }
  // #endregion
}

/** `depth` hidden layers of one width. */
export const sizesOf = (inputs: number, depth: number, width: number, outputs: number): number[] => [
  inputs,
  ...Array<number>(depth).fill(width),
  outputs,
];

/** What one pass leaves, layer by layer, from the first to the last. */
export interface Profile {
  name: Name;
  /** How far the answers to the 128 inputs are still apart. */
  signal: number[];
  /** The norm of the gradient of the scores. */
  gradient: number[];
  /** The norm of the gradient of the weights. */
  weights: number[];
  /** gain · rms slope: by what a gradient should change at each layer. */
  predicted: number;
}

/** Random inputs, random targets, once forward and once back. */
export async function profile(name: Name, gain: number, size: { depth: number; width: number }): Promise<Profile> {
  const network = await precise(new Deep(name, sizesOf(size.width, size.depth, size.width, 10), gain));
  const x = randn([128, size.width], { dtype: 'float64', device: 'cpu' }); // float32 would lose the sigmoid's signal
  const target = randint(0, 10, [128], { device: 'cpu' });
  ops.crossEntropy(network.forward(x), target).backward();

  const { seen, layers } = network;
  const scores = await Promise.all(seen.map(({ z }) => z.data()));
  const slopes = scores.flatMap((z) => Array.from(z, ACTIVATIONS[name].slope));
  const meanSquare = slopes.reduce((sum, slope) => sum + slope ** 2, 0) / slopes.length;
  const read = (values: Tensor[]) => Promise.all(values.map((value) => value.item()));
  return {
    name,
    signal: await read(seen.map(({ h }) => h.std(0).mean())),
    gradient: await read(seen.map(({ z }) => z.grad!.norm())),
    weights: await read(layers.map(({ weight }) => weight.grad!.norm())),
    predicted: gain * Math.sqrt(meanSquare),
  };
}

/** By what a gradient changes at each layer on its way back, in the geometric mean. */
export const factorOf = (gradient: number[]): number =>
  (gradient[0] / gradient[gradient.length - 1]) ** (1 / (gradient.length - 1));
