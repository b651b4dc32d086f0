/**
 * Convolutions as layers. Weights and biases are uniform in ±1/√fanIn at first, as in PyTorch, where fanIn counts the
 * products in one output: channels of a group times places of the window.
 */
import {
  type ConvolutionOptions,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  type TransposedConvolutionOptions,
} from '../ops/convolution';
import { type PerAxis, perAxis, type Side } from '../ops/windows';
import type { Generator } from '../tensor/random';
import { type Shape, sizeOf } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { checkSizes } from './check';
import { uniform } from './init';
import { Module, Parameter } from './module';

interface WeightOptions {
  groups?: number;
  bias?: boolean;
  generator?: Generator;
}

abstract class Convolution extends Module {
  readonly weight: Parameter; // [out, in/groups, …window]; transposed: [in, out/groups, …window]
  readonly bias: Parameter | null; // [out]

  constructor(
    inChannels: number,
    outChannels: number,
    window: Shape,
    { groups = 1, bias = true, generator }: WeightOptions,
    transposed = false,
  ) {
    super();
    const layer = this.constructor.name;
    checkSizes(layer, { inChannels, outChannels, groups });
    for (const [name, channels] of Object.entries({ inChannels, outChannels })) {
      if (channels % groups !== 0)
        throw new Error(`${layer}: ${name} ${channels} does not divide into ${groups} groups of one size`);
    }
    for (const kernelSize of window) checkSizes(layer, { kernelSize });
    const [first, second] = transposed ? [inChannels, outChannels] : [outChannels, inChannels];
    const shape = [first, second / groups, ...window];
    const bound = 1 / Math.sqrt(sizeOf(shape.slice(1)));
    this.weight = new Parameter(uniform(shape, bound, { generator }));
    this.bias = bias ? new Parameter(uniform([outChannels], bound, { generator })) : null;
  }

  /** Each element of the output (transposed: of the input) meets all weights of one place of the first axis. */
  multiplyAdds(_inputs: readonly unknown[], y: Tensor): number {
    return (y.size * this.weight.size) / this.weight.shape[0];
  }
}

/** [N, in, L] → [N, out, L′] */
export class Conv1d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    private readonly options: ConvolutionOptions<number, Side> & WeightOptions = {},
  ) {
    super(inChannels, outChannels, [kernelSize], options);
  }

  override forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, this.bias, this.options);
  }
}

/** [N, in, H, W] → [N, out, H′, W′] */
export class Conv2d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    private readonly options: ConvolutionOptions & WeightOptions = {},
  ) {
    super(inChannels, outChannels, perAxis('Conv2d', 'kernelSize', kernelSize, 1), options);
  }

  override forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.options);
  }
}

/** [N, in, L] → [N, out, L′], L′ larger than L by the stride. */
export class ConvTranspose1d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    private readonly options: TransposedConvolutionOptions<number, Side> & WeightOptions = {},
  ) {
    super(inChannels, outChannels, [kernelSize], options, true);
  }

  override forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, this.bias, this.options);
  }

  override multiplyAdds([x]: readonly Tensor[]): number {
    return super.multiplyAdds([], x);
  }
}

/** [N, in, H, W] → [N, out, H′, W′], each side larger by its stride. */
export class ConvTranspose2d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    private readonly options: TransposedConvolutionOptions & WeightOptions = {},
  ) {
    super(inChannels, outChannels, perAxis('ConvTranspose2d', 'kernelSize', kernelSize, 1), options, true);
  }

  override forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.options);
  }

  override multiplyAdds([x]: readonly Tensor[]): number {
    return super.multiplyAdds([], x);
  }
}
