/**
 * Kernels with a sliding window: convolution and pooling over two axes. A one-dimensional one has height 1.
 *
 * Along an axis, output place i and window place u meet at the input place i·stride + u·dilation − before, where
 * `before` is the padding before the first element. Input places outside are padding: 0 for a convolution, not there
 * for a pooling. How much padding follows at the other end shows in the size of the output; there may be fewer outputs
 * than would fit, and input places that no output sees.
 *
 * Promise: a float32 sum is within 1e-5 of the exact one, relative to the sum of the absolute values of its terms.
 */
import type { Strided } from '../strided';

/** For the two axes [down, across]. */
type Pair = readonly [number, number];

export interface Sliding {
  /** From one output place to the next. */
  stride: Pair;
  /** From one window place to the next. */
  dilation: Pair;
  /** Padding before the first element. */
  before: Pair;
}

export interface ConvolutionSettings extends Sliding {
  /** Channels are cut into as many groups, which do not see each other. */
  groups: number;
}

export interface MaxPoolingSettings extends Sliding {
  /** The size of the window. */
  kernel: Pair;
}

export interface AveragePoolingSettings extends Omit<MaxPoolingSettings, 'dilation'> {
  /** Padding after the last element, needed to count what the window covers. */
  after: Pair;
  /** Divide by the number of window places inside the padded input, not only inside the input itself. */
  countIncludePad: boolean;
}

export interface ConvolutionKernels {
  /**
   * y[n, o, i, j] = bias[o] + Σ w[o, c, u, v] · x[n, first(o) + c, …] over c, u, v, where first(o) is the first channel
   * of o's group: ⌊o / (O/groups)⌋ · C/groups. x: [N, C, H, W]; weight: [O, C/groups, kh, kw]; bias: [O] or null;
   * y: [N, O, H′, W′].
   */
  conv2d(x: Strided, weight: Strided, bias: Strided | null, y: Strided, settings: ConvolutionSettings): void;
  /** gx: what each input place gave to every output, times g. Also the forward of a transposed convolution. */
  conv2dInputGradient(g: Strided, weight: Strided, gx: Strided, settings: ConvolutionSettings): void;
  /** gw[o, c, u, v] = Σ g[n, o, i, j] · x[n, first(o) + c, …] over n, i, j. */
  conv2dWeightGradient(x: Strided, g: Strided, gWeight: Strided, settings: ConvolutionSettings): void;

  /**
   * y = the largest value under the window, index (int32) = its place h·W + w; the first of equals, NaN being largest.
   * Every window sees at least one place that is not padding. x: [N, C, H, W]; y, index: [N, C, H′, W′].
   */
  maxPool2d(x: Strided, y: Strided, index: Strided, settings: MaxPoolingSettings): void;
  /**
   * gx[n, c, h, w] = Σ g[n, c, i, j] over the windows with index h·W + w. Windows may overlap: the settings say which
   * can have chosen a place, for a device that works place by place.
   */
  maxPool2dGradient(g: Strided, index: Strided, gx: Strided, settings: MaxPoolingSettings): void;
  /** y = the mean of the values under the window, which sees at least one place that is not padding. */
  avgPool2d(x: Strided, y: Strided, settings: AveragePoolingSettings): void;
  /** gx: each output's g spread evenly over its window. */
  avgPool2dGradient(g: Strided, gx: Strided, settings: AveragePoolingSettings): void;
}
