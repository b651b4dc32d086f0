/**
 * What MobileNets and ResNets are made of, a convolution with batch norm behind it, and what a file of weights does not
 * say: by which conventions its network was trained.
 */
import { nn, type Tensor, tensor } from '../../core';

export interface Conventions {
  /** What batch norm adds to the variance. */
  eps: number;
  /** Zeros around the input of a window of 3 × 3 that moves by 2: [before, after] for both axes. */
  padding: readonly [number, number];
  /** From values of 0 to 1 to what the network wants to see. */
  prepare(x: Tensor): Tensor;
}

// #region keras
/** On sides of even length the last window would stick out on one side only; Keras pads that one. */
export const KERAS: Conventions = { eps: 1e-3, padding: [0, 1], prepare: (x) => x.mul(2).sub(1) };
// #endregion

// #region pytorch
const MEAN = [0.485, 0.456, 0.406]; // of red, green and blue over all photos of ImageNet
const DEVIATION = [0.229, 0.224, 0.225];

export const PYTORCH: Conventions = {
  eps: 1e-5,
  padding: [1, 1],
  prepare: (x) => x.sub(perChannel(MEAN)).div(perChannel(DEVIATION)),
};
// #endregion

const perChannel = (values: number[]): Tensor => tensor(values, { shape: [3, 1, 1] });

export interface ConvNormOptions {
  stride?: number;
  groups?: number;
}

/** [N, in, H, W] → [N, out, H / stride, W / stride]. Batch norm has a shift, so the convolution needs no bias. */
export function convNorm(
  inChannels: number,
  outChannels: number,
  kernelSize: 1 | 3,
  { eps, padding }: Conventions,
  { stride = 1, groups = 1 }: ConvNormOptions = {},
): [nn.Conv2d, nn.BatchNorm2d] {
  const around = kernelSize === 1 ? 0 : stride === 1 ? 1 : ([padding, padding] as const);
  return [
    new nn.Conv2d(inChannels, outChannels, kernelSize, { stride, groups, padding: around, bias: false }),
    new nn.BatchNorm2d(outChannels, { eps }),
  ];
}

/** The same with ReLU6 behind it: min(max(x, 0), 6). */
export const convNormRelu6 = (...args: Parameters<typeof convNorm>): nn.Sequential =>
  new nn.Sequential(...convNorm(...args), new nn.ReLU6());

/** A network that has learned to see: parts that find features, one after the other, and a head that names classes. */
export interface Pretrained extends nn.Module {
  /** From the pixels up; all of them together are the base. */
  readonly parts: readonly nn.Layer[];
  /** [N, 3, H, W] → [N, features]: the base, and the mean of each of its maps. */
  describe(x: Tensor): Tensor;
  /** [N, 3, H, W] → a score for each class. */
  forward(x: Tensor): Tensor;
}

/** Global average pooling: [N, C, H, W] → [N, C]. */
export const meanOfMaps = (x: Tensor): Tensor => x.mean([2, 3]);
