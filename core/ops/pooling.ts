/**
 * Pooling: each window of a plane becomes one value, its largest or its mean. Channels do not meet.
 */
import { gradEnabled, record } from '../autograd/graph';
import type { AveragePoolingSettings, MaxPoolingSettings } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { tensor, zerosLike } from '../tensor/create';
import type { Shape } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { requireFloat } from './launch';
import {
  checkLayout,
  type NamedPadding,
  onlyAcross,
  type Padding,
  type PerAxis,
  perAxis,
  type Side,
  type WindowOptions,
  type Windows,
  windowsOver,
} from './windows';

export interface PoolingOptions<Axes = PerAxis, Sides = Padding> {
  /** From one window to the next; the size of the window unless told otherwise. */
  stride?: Axes;
  /** Places around the input that hold no value. */
  padding?: Sides | NamedPadding;
  /** Round the number of windows up: the last one may reach beyond the padding. */
  ceilMode?: boolean;
}

/* --------------------------------------------------------------------------------------- the largest value */

export interface MaxPoolingOptions<Axes = PerAxis, Sides = Padding> extends PoolingOptions<Axes, Sides> {
  /** From one value under the window to the next. */
  dilation?: Axes;
}

/** y = the largest value under each window, the first of equals. x: [N, C, H, W].        ∂x = g, where y came from */
export function maxPool2d(x: Tensor, kernelSize: PerAxis, options: MaxPoolingOptions = {}): Tensor {
  checkInput('maxPool2d', '[N, C, H, W]', x);
  return largest('maxPool2d', x, kernelSize, options);
}

/** The same along one axis. x: [N, C, L]; padding: a number, or [before, after]. */
export function maxPool1d(
  x: Tensor,
  kernelSize: number,
  { stride = kernelSize, padding = 0, dilation = 1, ceilMode }: MaxPoolingOptions<number, Side> = {},
): Tensor {
  checkInput('maxPool1d', '[N, C, L]', x);
  const across = { stride: [1, stride], padding: onlyAcross(padding), dilation: [1, dilation], ceilMode } as const;
  return largest('maxPool1d', x.unsqueeze(2), [1, kernelSize], across).squeeze(2);
}

function largest(
  operation: string,
  x: Tensor,
  kernelSize: PerAxis,
  { stride = kernelSize, padding = 0, dilation = 1, ceilMode }: MaxPoolingOptions,
): Tensor {
  const kernel = perAxis(operation, 'kernelSize', kernelSize, 1);
  const { sliding, outputs } = poolsOver(operation, x, { kernel, stride, padding, dilation, ceilMode });
  const by: MaxPoolingSettings = { ...sliding, kernel };
  const y = empty([x.shape[0], x.shape[1], ...outputs], x.dtype, x.device);
  const index = empty(y.shape, 'int32', x.device); // places in each plane, counted through its rows
  kernelsFor(x).maxPool2d(densely(x), y, index, by);
  const composed = (g: Tensor): Tensor =>
    zerosLike(x)
      .flatten(2)
      .scatterAdd(2, index.flatten(2), g.flatten(2))
      .reshape(...x.shape);
  const fused = (g: Tensor): Tensor => {
    const gx = empty(x.shape, x.dtype, x.device);
    kernelsFor(x).maxPool2dGradient(densely(g), index, gx, by);
    return gx;
  };
  return record('maxPool2d', y, [x], {
    saves: [index],
    own: [index],
    gradients: [(g) => (gradEnabled() ? composed(g) : fused(g))],
  });
}

/* ------------------------------------------------------------------------------------------------ the mean */

export interface AveragePoolingOptions<Axes = PerAxis, Sides = Padding> extends PoolingOptions<Axes, Sides> {
  /** Padding counts as zeros, as in PyTorch; false leaves it out of the mean, as Keras does. */
  countIncludePad?: boolean;
}

/** y = the mean under each window. x: [N, C, H, W].        ∂x = g / n, added all over the window */
export function avgPool2d(x: Tensor, kernelSize: PerAxis, options: AveragePoolingOptions = {}): Tensor {
  checkInput('avgPool2d', '[N, C, H, W]', x);
  return mean('avgPool2d', x, kernelSize, options);
}

/** The same along one axis. x: [N, C, L]; padding: a number, or [before, after]. */
export function avgPool1d(
  x: Tensor,
  kernelSize: number,
  { stride = kernelSize, padding = 0, ceilMode, countIncludePad }: AveragePoolingOptions<number, Side> = {},
): Tensor {
  checkInput('avgPool1d', '[N, C, L]', x);
  const across = { stride: [1, stride], padding: onlyAcross(padding), ceilMode, countIncludePad } as const;
  return mean('avgPool1d', x.unsqueeze(2), [1, kernelSize], across).squeeze(2);
}

function mean(
  operation: string,
  x: Tensor,
  kernelSize: PerAxis,
  { stride = kernelSize, padding = 0, ceilMode, countIncludePad = true }: AveragePoolingOptions,
): Tensor {
  const kernel = perAxis(operation, 'kernelSize', kernelSize, 1);
  const { sliding, after, outputs } = poolsOver(operation, x, { kernel, stride, padding, dilation: 1, ceilMode });
  return average(x, outputs, { kernel, stride: sliding.stride, before: sliding.before, after, countIncludePad });
}

/** Each window's mean.        ∂x = the same, transposed */
function average(x: Tensor, outputs: Shape, by: AveragePoolingSettings): Tensor {
  const y = empty([x.shape[0], x.shape[1], ...outputs], x.dtype, x.device);
  kernelsFor(x).avgPool2d(densely(x), y, by);
  return record('avgPool2d', y, [x], { gradients: [(g) => share(g, x.shape.slice(2), by)] });
}

/** ‹average› backwards: each value shared out evenly among the places of its window.        ∂x = the means of g */
function share(x: Tensor, extents: Shape, by: AveragePoolingSettings): Tensor {
  const y = empty([x.shape[0], x.shape[1], ...extents], x.dtype, x.device);
  kernelsFor(x).avgPool2dGradient(densely(x), y, by);
  return record('avgPool2dGradient', y, [x], { gradients: [(g) => average(g, x.shape.slice(2), by)] });
}

/**
 * Y = A·X·Bᵀ for each plane, with the matrices that take means down and across: as many windows as are asked for, as
 * even as they come. A size of 1 is the mean of each channel. x: [N, C, H, W].
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: PerAxis): Tensor {
  checkInput('adaptiveAvgPool2d', '[N, C, H, W]', x);
  const [h, w] = perAxis('adaptiveAvgPool2d', 'outputSize', outputSize, 1);
  const [, , H, W] = x.shape;
  return averaging(h, H, x)
    .matmul(x)
    .matmul(averaging(w, W, x).transpose());
}

/** The same along one axis. x: [N, C, L]. */
export function adaptiveAvgPool1d(x: Tensor, outputSize: number): Tensor {
  checkInput('adaptiveAvgPool1d', '[N, C, L]', x);
  const [count] = perAxis('adaptiveAvgPool1d', 'outputSize', outputSize, 1);
  return x.matmul(averaging(count, x.shape[2], x).transpose());
}

/**
 * A matrix that takes means, [count, extent]: row i from ⌊i·extent/count⌋ up to, not including, ⌈(i + 1)·extent/count⌉.
 */
function averaging(count: number, extent: number, { dtype, device }: Tensor): Tensor {
  const weights = new Float64Array(count * extent);
  for (let i = 0; i < count; i++) {
    const start = Math.floor((i * extent) / count);
    const end = Math.ceil(((i + 1) * extent) / count);
    weights.fill(1 / (end - start), i * extent + start, i * extent + end);
  }
  return tensor(weights, { shape: [count, extent], dtype, device });
}

/* ---------------------------------------------------------------------------------------------- checks */

function checkInput(operation: string, layout: string, x: Tensor): void {
  requireFloat(operation, x);
  checkLayout(operation, 'the input', layout, x);
}

/** Where the windows stand. Each must see a value: there is no largest of none, and no mean. */
function poolsOver(operation: string, x: Tensor, options: WindowOptions): Windows {
  const [, , H, W] = x.shape;
  const windows = windowsOver(operation, [H, W], options);
  const { stride, dilation, before } = windows.sliding;
  for (const axis of [0, 1] as const) {
    const extent = x.shape[axis + 2];
    for (let i = 0; i < windows.outputs[axis]; i++) {
      const start = i * stride[axis] - before[axis];
      const u = Math.max(0, Math.ceil(-start / dilation[axis])); // its first place that is not before the input
      if (u < options.kernel[axis] && start + u * dilation[axis] < extent) continue;
      throw new Error(
        `${operation}: window ${i} along an axis of ${extent} with padding ` +
          `${before[axis]} + ${windows.after[axis]} sees nothing but padding; pad less`,
      );
    }
  }
  return windows;
}
