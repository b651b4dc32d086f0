/**
 * First values of weights: random, and of a size that keeps signals neither growing nor fading from layer to layer.
 *
 * Every function draws on the CPU, so that weights are the same everywhere, and returns a tensor of the given shape,
 * [out, in, …window]. To start a layer with other values than its own:
 * layer.weight.become(nn.init.heNormal(layer.weight.shape))
 *
 * A sum of `fanIn` products keeps its variance when the weights' variance is 1/fanIn; on the way back the same holds
 * with fanOut. A window counts, since each of its places is one more product.
 */
import { placed } from '../ops/convert';
import { rand, randn, tensor } from '../tensor/create';
import type { Generator } from '../tensor/random';
import { formatShape, type Shape, sizeOf } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';

export interface InitOptions {
  generator?: Generator;
}

export interface GainOptions extends InitOptions {
  /** What the activation that follows wants: calculateGain() knows. */
  gain?: number;
}

/** Uniform in [−bound, bound). */
export function uniform(shape: Shape, bound: number, { generator }: InitOptions = {}): Tensor {
  const drawn = rand(shape, { generator, device: 'cpu' });
  return placed(drawn.mul(2 * bound).sub(bound));
}

/** Normal around 0. */
export function normal(shape: Shape, std: number, { generator }: InitOptions = {}): Tensor {
  return placed(randn(shape, { generator, device: 'cpu' }).mul(std));
}

/** Glorot and Bengio (2010): variance gain² · 2 / (fanIn + fanOut), before a sigmoid, tanh or softmax. */
export function xavierUniform(shape: Shape, { gain = 1, ...options }: GainOptions = {}): Tensor {
  return uniform(shape, Math.sqrt(3) * xavierStd('xavierUniform', shape, gain), options);
}

export function xavierNormal(shape: Shape, { gain = 1, ...options }: GainOptions = {}): Tensor {
  return normal(shape, xavierStd('xavierNormal', shape, gain), options);
}

function xavierStd(name: string, shape: Shape, gain: number): number {
  const { fanIn, fanOut } = fansOf(name, shape);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

export interface HeOptions extends GainOptions {
  /** Which signals keep their size: those on the way forward, or the gradients on the way back. */
  mode?: 'fanIn' | 'fanOut';
}

/** He et al. (2015): variance gain² / fanIn, with √2 for a ReLU, which silences half of its inputs. */
export function heUniform(shape: Shape, options: HeOptions = {}): Tensor {
  return uniform(shape, Math.sqrt(3) * heStd('heUniform', shape, options), options);
}

export function heNormal(shape: Shape, options: HeOptions = {}): Tensor {
  return normal(shape, heStd('heNormal', shape, options), options);
}

function heStd(name: string, shape: Shape, { gain = Math.SQRT2, mode = 'fanIn' }: HeOptions): number {
  return gain / Math.sqrt(fansOf(name, shape)[mode]);
}

/** How many products each output sums up, and in how many each input takes part. */
function fansOf(name: string, shape: Shape): { fanIn: number; fanOut: number } {
  const [out, inputs, ...window] = shape;
  if (shape.length < 2 || shape.includes(0))
    throw new Error(`${name}: a weight is [out, in, …window] without empty axes, not of shape ${formatShape(shape)}`);
  return { fanIn: inputs * sizeOf(window), fanOut: out * sizeOf(window) };
}

export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

/** By how much weights must be larger to make up for what an activation takes away (PyTorch's table). */
export function calculateGain(nonlinearity: Nonlinearity, { negativeSlope = 0.01 } = {}): number {
  const gains: Record<Nonlinearity, number> = {
    linear: 1,
    sigmoid: 1,
    tanh: 5 / 3,
    relu: Math.SQRT2,
    leakyRelu: Math.sqrt(2 / (1 + negativeSlope ** 2)),
    selu: 3 / 4,
  };
  const gain = gains[nonlinearity];
  if (gain) return gain;
  throw new Error(`calculateGain: '${String(nonlinearity)}' is none of ${Object.keys(gains).join(', ')}`);
}

/**
 * Saxe, McClelland and Ganguli (2014): rows that stand at right angles, each of length gain (columns, where there are
 * more rows than columns). Such a weight turns signals and changes the length of none.
 */
export function orthogonal(shape: Shape, { gain = 1, generator }: GainOptions = {}): Tensor {
  if (shape.length < 2)
    throw new Error(`orthogonal: a weight is [out, in, …window], not of shape ${formatShape(shape)}`);
  const rows = shape[0];
  const columns = sizeOf(shape.slice(1));
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const drawn = randn([count, length], { generator, device: 'cpu' }).dataSync();
  const vectors = Array.from({ length: count }, (_, i) =>
    Float64Array.from(drawn.subarray(i * length, (i + 1) * length)),
  );
  makeOrthonormal(vectors);
  const flat = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) flat[i * columns + j] = gain * (rows <= columns ? vectors[i][j] : vectors[j][i]);
  }
  return tensor(flat, { shape });
}

/** Gram and Schmidt: takes from each vector what lies along those before it, and makes it 1 long. */
function makeOrthonormal(vectors: Float64Array[]): void {
  vectors.forEach((v, i) => {
    for (let before = 0; before < i; before++) {
      const u = vectors[before];
      const along = dot(u, v);
      for (let j = 0; j < v.length; j++) v[j] -= along * u[j];
    }
    const length = Math.sqrt(dot(v, v));
    for (let j = 0; j < v.length; j++) v[j] /= length;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export interface TruncatedNormalOptions extends InitOptions {
  mean?: number;
  std?: number;
  low?: number;
  high?: number;
}

/** Normal, but never below `low` or above `high`: what falls outside is drawn again. */
export function truncatedNormal(
  shape: Shape,
  { mean = 0, std = 1, low = mean - 2 * std, high = mean + 2 * std, generator }: TruncatedNormalOptions = {},
): Tensor {
  const isLikely = low <= mean && mean <= high && high - low >= std / 10; // 1 in 25 or more fall inside
  if (!(std > 0 && isLikely)) {
    throw new Error(
      `truncatedNormal: the range [${low}, ${high}] must hold the mean ${mean} and be at least std / 10 wide ` +
        `(std ${std})`,
    );
  }
  const values = new Float32Array(sizeOf(shape));
  let filled = 0;
  while (filled < values.length) {
    const drawn = randn([values.length - filled], { generator, device: 'cpu' }).dataSync();
    for (const z of drawn) {
      const value = Math.fround(mean + std * z);
      if (value >= low && value <= high) values[filled++] = value;
    }
  }
  return tensor(values, { shape });
}
