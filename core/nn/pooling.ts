/**
 * Pooling as layers: each window of a plane becomes one value. Nothing is learned.
 */
import {
  type AveragePoolingOptions,
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  type MaxPoolingOptions,
  maxPool1d,
  maxPool2d,
} from '../ops/pooling';
import type { PerAxis, Side } from '../ops/windows';
import type { Tensor } from '../tensor/tensor';
import { Module } from './module';

export class MaxPool1d extends Module {
  constructor(
    readonly kernelSize: number,
    readonly options: MaxPoolingOptions<number, Side> = {},
  ) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return maxPool1d(x, this.kernelSize, this.options); // [N, C, L] → [N, C, L′]
  }
}

export class MaxPool2d extends Module {
  constructor(
    readonly kernelSize: PerAxis,
    readonly options: MaxPoolingOptions = {},
  ) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return maxPool2d(x, this.kernelSize, this.options); // [N, C, H, W] → [N, C, H′, W′]
  }
}

export class AvgPool1d extends Module {
  constructor(
    readonly kernelSize: number,
    readonly options: AveragePoolingOptions<number, Side> = {},
  ) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
}

export class AvgPool2d extends Module {
  constructor(
    readonly kernelSize: PerAxis,
    readonly options: AveragePoolingOptions = {},
  ) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
}

/** As many windows as asked for, whatever the length; 1 is the mean of each channel. */
export class AdaptiveAvgPool1d extends Module {
  constructor(readonly outputSize: number) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.outputSize); // [N, C, L] → [N, C, outputSize]
  }
}

/** As many windows as asked for, whatever the picture's size; 1 is the mean of each channel (global pooling). */
export class AdaptiveAvgPool2d extends Module {
  constructor(readonly outputSize: PerAxis) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize); // [N, C, H, W] → [N, C, …outputSize]
  }
}
