/**
 * Convolution: every output is a weighted sum over a small window of the input, with the same weights everywhere. Its
 * transpose goes the other way: every input is spread over a window of the output.
 *
 * Behind both, and behind all their gradients, stands one sum over everything,
 *
 *   S(x, w, g) = Σ g[n, o, i, j] · w[o, c, u, v] · x[n, first(o) + c, i·stride + u·dilation − before, …]
 *
 * where first(o) is the first channel of o's group. The convolution is ∂S/∂g, its transpose is ∂S/∂x, and the gradient
 * of the weights is ∂S/∂w. S is linear in each of the three, so what one of them leaves for backward is the other two.
 */
import { record } from '../autograd/graph';
import type { ConvolutionSettings } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { formatShape, type Shape, sameShape } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { checkDevices, commonType, requireFloat } from './launch';
import {
  checkLayout,
  extentsUnder,
  type NamedPadding,
  onlyAcross,
  type Padding,
  type PerAxis,
  type Side,
  windowsOver,
} from './windows';

/* ---------------------------------------------------------------------------------- the three derivatives */

/** y = ∂S/∂g + b        ∂x = spread(g, w),  ∂w = correlate(x, g),  ∂b = Σ g */
function convolve(x: Tensor, w: Tensor, b: Tensor | null, outputs: Shape, by: ConvolutionSettings): Tensor {
  const y = empty([x.shape[0], w.shape[0], ...outputs], x.dtype, x.device);
  kernelsFor(x).conv2d(densely(x), densely(w), b && densely(b), y, by);
  return record('conv2d', y, b ? [x, w, b] : [x, w], {
    saves: [x, w],
    gradients: [
      (g) => spread(g, w, x.shape.slice(2), by),
      (g) => correlate(x, g, w.shape.slice(2), by),
      (g) => g.sum([0, 2, 3]),
    ],
  });
}

/** y = ∂S/∂x, with g called x        ∂x = convolve(g, w),  ∂w = correlate(g, x) */
function spread(x: Tensor, w: Tensor, extents: Shape, by: ConvolutionSettings): Tensor {
  const y = empty([x.shape[0], w.shape[1] * by.groups, ...extents], x.dtype, x.device);
  kernelsFor(x).conv2dInputGradient(densely(x), densely(w), y, by);
  return record('convTranspose2d', y, [x, w], {
    saves: [x, w],
    gradients: [(g) => convolve(g, w, null, x.shape.slice(2), by), (g) => correlate(g, x, w.shape.slice(2), by)],
  });
}

/** y = ∂S/∂w, with g called z        ∂x = spread(z, g),  ∂z = convolve(x, g) */
function correlate(x: Tensor, z: Tensor, window: Shape, by: ConvolutionSettings): Tensor {
  const y = empty([z.shape[1], x.shape[1] / by.groups, ...window], x.dtype, x.device);
  kernelsFor(x).conv2dWeightGradient(densely(x), densely(z), y, by);
  return record('conv2dWeightGradient', y, [x, z], {
    saves: [x, z],
    gradients: [(g) => spread(z, g, x.shape.slice(2), by), (g) => convolve(x, g, null, z.shape.slice(2), by)],
  });
}

/* ------------------------------------------------------------------------------------------- convolution */

export interface ConvolutionOptions<Axes = PerAxis, Sides = Padding> {
  /** From one window to the next. */
  stride?: Axes;
  /** Zeros around the input. */
  padding?: Sides | NamedPadding;
  /** From one value under the window to the next. */
  dilation?: Axes;
  /** Channels are cut into as many groups, which do not see each other. */
  groups?: number;
}

/**
 * y[n, o] = b[o] + Σ w[o, c] slid over x[n, c]: every output is a weighted sum over its window. x: [N, C, H, W];
 * weight: [out, C/groups, kh, kw]; bias: [out]. Unlike PyTorch's, padding may differ from side to side, and 'same' goes
 * with any stride, as in Keras.
 * ∂x = each g times w, laid over its window and added up, ∂w = Σ g · what the weight has seen, ∂b = Σ g
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  checkOperands('conv2d', x, weight, bias, options.groups);
  return slide('conv2d', x, weight, bias, options);
}

/** The same along one axis. x: [N, C, L]; weight: [out, C/groups, k]; padding: a number, or [before, after]. */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  { stride = 1, padding = 0, dilation = 1, groups }: ConvolutionOptions<number, Side> = {},
): Tensor {
  checkOperands('conv1d', x, weight, bias, groups);
  const across = { stride: [1, stride], padding: onlyAcross(padding), dilation: [1, dilation], groups } as const;
  return slide('conv1d', x.unsqueeze(2), weight.unsqueeze(2), bias, across).squeeze(2);
}

function slide(
  operation: string,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvolutionOptions,
): Tensor {
  const [H, W] = x.shape.slice(2);
  const [kh, kw] = weight.shape.slice(2);
  const { sliding, outputs } = windowsOver(operation, [H, W], { kernel: [kh, kw], stride, padding, dilation });
  return convolve(x, weight, bias, outputs, { ...sliding, groups });
}

/* ------------------------------------------------------------------------------- transposed convolution */

export interface TransposedConvolutionOptions<Axes = PerAxis, Sides = Padding> {
  /** From one window of the output to the next. */
  stride?: Axes;
  /** What is cut off the output at its sides. */
  padding?: Sides;
  /** What is added to the output at its end: with a stride, several sizes have the same number of windows. */
  outputPadding?: Axes;
  /** From one value under the window to the next. */
  dilation?: Axes;
  groups?: number;
}

/**
 * y = b + each x[n, c, i, j] times w[c], laid over a window of y and added up. The size is (H − 1)·stride + (kh − 1)·
 * dilation + 1 + outputPadding, less the padding on both sides. x: [N, C, H, W]; weight: [C, out/groups, kh, kw]; bias:
 * [out]. Keras's 'same' for a stride of 2 and a kernel of 3 is padding [[0, 1], [0, 1]].
 * ∂x = w slid over g, ∂w = Σ x · the g that the weight has met, ∂b = Σ g
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: TransposedConvolutionOptions = {},
): Tensor {
  checkOperands('convTranspose2d', x, weight, bias, options.groups);
  return layOut('convTranspose2d', x, weight, bias, options);
}

/** The same along one axis. x: [N, C, L]; weight: [C, out/groups, k]; padding: a number, or [before, after]. */
export function convTranspose1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups }: TransposedConvolutionOptions<number, Side> = {},
): Tensor {
  checkOperands('convTranspose1d', x, weight, bias, groups);
  const across = {
    stride: [1, stride],
    padding: [0, padding],
    outputPadding: [0, outputPadding],
    dilation: [1, dilation],
    groups,
  } as const;
  return layOut('convTranspose1d', x.unsqueeze(2), weight.unsqueeze(2), bias, across).squeeze(2);
}

function layOut(
  operation: string,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1 }: TransposedConvolutionOptions,
): Tensor {
  const [H, W] = x.shape.slice(2);
  const [kh, kw] = weight.shape.slice(2);
  const options = { kernel: [kh, kw] as const, stride, padding, outputPadding, dilation };
  const { sliding, extents } = extentsUnder(operation, [H, W], options);
  const y = spread(x, weight, extents, { ...sliding, groups });
  return bias ? y.add(bias.reshape(-1, 1, 1)) : y;
}

/* ---------------------------------------------------------------------------------------------- checks */

const LAYOUTS = {
  conv1d: { input: '[N, C, L]', weight: '[out, in/groups, k]' },
  conv2d: { input: '[N, C, H, W]', weight: '[out, in/groups, kh, kw]' },
  convTranspose1d: { input: '[N, C, L]', weight: '[in, out/groups, k]' },
  convTranspose2d: { input: '[N, C, H, W]', weight: '[in, out/groups, kh, kw]' },
};

function checkOperands(
  operation: keyof typeof LAYOUTS,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  groups = 1,
): void {
  const operands = bias ? [x, weight, bias] : [x, weight];
  for (const operand of operands) requireFloat(operation, operand);
  checkDevices(operation, operands);
  for (const operand of operands) commonType(operation, x.dtype, operand.dtype);
  checkLayout(operation, 'the input', LAYOUTS[operation].input, x);
  checkLayout(operation, 'the weight', LAYOUTS[operation].weight, weight);
  if (!Number.isInteger(groups) || groups < 1)
    throw new Error(`${operation}: groups must be a whole number from 1 up, not ${groups}`);
  const [first, second] = weight.shape;
  const [inputs, outputs] = operation.startsWith('convTranspose') ? [first, second * groups] : [second * groups, first];
  if (first % groups !== 0)
    throw new Error(
      `${operation}: ${groups} groups do not divide the first axis of the weight ${formatShape(weight.shape)}`,
    );
  if (x.shape[1] !== inputs) {
    throw new Error(
      `${operation}: the input ${formatShape(x.shape)} has ${x.shape[1]} channels, ` +
        `the weight ${formatShape(weight.shape)} wants ${inputs} (groups: ${groups})`,
    );
  }
  if (bias && !sameShape(bias.shape, [outputs]))
    throw new Error(`${operation}: a bias of shape ${formatShape(bias.shape)} does not fit ${outputs} outputs`);
}
