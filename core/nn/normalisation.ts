/**
 * Normalisation as layers: values brought to mean 0 and variance 1, then given a scale and a shift that are learned.
 * They differ in who shares a mean: one example's features (layer norm), neighbouring channels of one example (group
 * norm), one channel of all examples (batch norm).
 */
import { kernelsFor } from '../kernels/select';
import { batchNorm, groupNorm, layerNorm, rmsNorm } from '../ops/normalisation';
import { ones, zeros } from '../tensor/create';
import { formatShape, type Shape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { checkSizes } from './check';
import { Buffer, Module, Parameter } from './module';

export interface NormOptions {
  /** Added to the variance, so that nothing is divided by 0. */
  eps?: number;
  /** Are a scale and a shift learned? */
  affine?: boolean;
}

const learnedOnes = (shape: Shape): Parameter => new Parameter(ones(shape));
const learnedZeros = (shape: Shape): Parameter => new Parameter(zeros(shape));

/** Ba, Kiros and Hinton (2016): over the last axes, whose shape is given. */
export class LayerNorm extends Module {
  readonly normalizedShape: Shape;
  readonly eps: number;
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;

  constructor(normalizedShape: number | Shape, { eps = 1e-5, affine = true }: NormOptions = {}) {
    super();
    this.normalizedShape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    for (const extent of this.normalizedShape) checkSizes('LayerNorm', { normalizedShape: extent });
    this.eps = eps;
    this.weight = affine ? learnedOnes(this.normalizedShape) : null;
    this.bias = affine ? learnedZeros(this.normalizedShape) : null;
  }

  override forward(x: Tensor): Tensor {
    return layerNorm(x, this.normalizedShape, this.weight, this.bias, { eps: this.eps });
  }
}

/** Zhang and Sennrich (2019): layer norm without mean and shift. */
export class RMSNorm extends Module {
  readonly normalizedShape: Shape;
  readonly eps: number | undefined;
  readonly weight: Parameter | null;

  constructor(normalizedShape: number | Shape, { eps, affine = true }: NormOptions = {}) {
    super();
    this.normalizedShape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    for (const extent of this.normalizedShape) checkSizes('RMSNorm', { normalizedShape: extent });
    this.eps = eps;
    this.weight = affine ? learnedOnes(this.normalizedShape) : null;
  }

  override forward(x: Tensor): Tensor {
    return rmsNorm(x, this.normalizedShape, this.weight, { eps: this.eps });
  }
}

/** Wu and He (2018): works with batches of any size. x: [N, C, …] */
export class GroupNorm extends Module {
  readonly eps: number;
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;

  constructor(
    readonly numGroups: number,
    numChannels: number,
    { eps = 1e-5, affine = true }: NormOptions = {},
  ) {
    super();
    checkSizes('GroupNorm', { numGroups, numChannels });
    if (numChannels % numGroups !== 0)
      throw new Error(`GroupNorm: ${numChannels} channels do not divide into ${numGroups} groups of one size`);
    this.eps = eps;
    this.weight = affine ? learnedOnes([numChannels]) : null;
    this.bias = affine ? learnedZeros([numChannels]) : null;
  }

  override forward(x: Tensor): Tensor {
    return groupNorm(x, this.numGroups, this.weight, this.bias, { eps: this.eps });
  }
}

export interface BatchNormOptions extends NormOptions {
  /** The share of each new batch in the running statistics. (Keras counts the other share: 0.99 there is 0.01 here.) */
  momentum?: number;
}

/**
 * Ioffe and Szegedy (2015). While learning, each batch's own mean and variance serve, and the running ones follow them;
 * after eval() the running ones serve, and what an example gives no longer depends on its neighbours.
 */
abstract class BatchNorm extends Module {
  readonly eps: number;
  readonly momentum: number;
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;
  readonly runningMean: Buffer;
  readonly runningVar: Buffer;
  readonly numBatchesTracked: Buffer; // nothing rests on it; PyTorch's files have it

  constructor(
    numFeatures: number,
    private readonly layouts: Record<number, string>, // by rank
    { eps = 1e-5, momentum = 0.1, affine = true }: BatchNormOptions,
  ) {
    super();
    checkSizes(this.constructor.name, { numFeatures });
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? learnedOnes([numFeatures]) : null;
    this.bias = affine ? learnedZeros([numFeatures]) : null;
    this.runningMean = new Buffer(zeros([numFeatures]));
    this.runningVar = new Buffer(ones([numFeatures]));
    this.numBatchesTracked = new Buffer(zeros([], { dtype: 'int32' }));
  }

  override forward(x: Tensor): Tensor {
    if (!this.layouts[x.rank]) {
      const wanted = Object.values(this.layouts).join(' or ');
      throw new Error(`${this.constructor.name}: the input must be ${wanted}, not of shape ${formatShape(x.shape)}`);
    }
    const { training, momentum, eps, numBatchesTracked: count } = this;
    if (training) kernelsFor(count).copy(count.add(1), count);
    return batchNorm(x, this.runningMean, this.runningVar, this.weight, this.bias, { training, momentum, eps });
  }
}

/** x: [N, C] or [N, C, L] */
export class BatchNorm1d extends BatchNorm {
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super(numFeatures, { 2: '[N, C]', 3: '[N, C, L]' }, options);
  }
}

/** x: [N, C, H, W] */
export class BatchNorm2d extends BatchNorm {
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super(numFeatures, { 4: '[N, C, H, W]' }, options);
  }
}
