/** Convolution over two axes and its two gradients. */
import * as plain from '../cpu/convolution';
import type { ConvolutionSettings } from '../list/convolution';
import type { Strided } from '../strided';
import { address, addressOrNull, borrow, wasm } from './host';
import { slide } from './sliding';

/** Of the input laid out, so many bytes are there at a time (one image at least): they stay in a cache. */
const LAID_OUT = 2 ** 24;
/**
 * Where the gradient of the weights is less than so many blocks of this size, the batch is cut into parts, each with
 * its own sums, in at most so many bytes of memory.
 */
const BLOCKS = 16;
const BLOCK_SIZE = 128; // BLOCK_ROWS in assembly/convolution.ts
const SUMS = 2 ** 22;
/** What a thread's scratch has room for (assembly/depthwise.ts): bytes of planes, and places of a window. */
const PLANES = 7 * 2 ** 18 - 64;
const TAPS = 2 ** 14;

export function conv2d(x: Strided, weight: Strided, bias: Strided | null, y: Strided, by: ConvolutionSettings): void {
  const sizes = begin(x, weight, y, by);
  if (!sizes) plain.conv2d(x, weight, bias, y, by);
  else if (sizes.depthwise) {
    const { images, groups, outputs } = sizes;
    wasm.depthwise(address(x), address(weight), addressOrNull(bias), address(y), images, groups, outputs);
  } else convolve(x, weight, false, bias, y, sizes);
}

export function conv2dInputGradient(g: Strided, weight: Strided, gx: Strided, by: ConvolutionSettings): void {
  const sizes = begin(gx, weight, g, by);
  if (!sizes) {
    plain.conv2dInputGradient(g, weight, gx, by);
    return;
  }
  const { images, groups, channels, outputs, window } = sizes;
  if (sizes.depthwise) {
    wasm.depthwiseSpread(address(g), address(weight), address(gx), images, groups, outputs);
  } else if (sizes.point) {
    convolve(g, weight, true, null, gx, { ...sizes, channels: outputs, outputs: channels });
  } else {
    const packed = 4 * groups * window * up(channels, 4) * outputs;
    borrowFor(sizes, packed, (taps, weights, laidOut, atATime) =>
      wasm.spread(
        ...[address(g), address(weight), address(gx), laidOut, taps, weights],
        ...[images, atATime, groups, channels, outputs],
      ),
    );
  }
}

export function conv2dWeightGradient(x: Strided, g: Strided, gWeight: Strided, by: ConvolutionSettings): void {
  const sizes = begin(x, gWeight, g, by);
  if (!sizes) {
    plain.conv2dWeightGradient(x, g, gWeight, by);
    return;
  }
  const { images, groups, channels, outputs, window } = sizes;
  if (sizes.depthwise) {
    wasm.depthwiseCorrelate(address(x), address(g), address(gWeight), images, groups, outputs);
    return;
  }
  const k = channels * window;
  const bytes = 4 * groups * outputs * k;
  const blocks = groups * Math.ceil(outputs / BLOCK_SIZE) * Math.ceil(k / BLOCK_SIZE);
  const parts = Math.max(1, Math.min(Math.ceil(BLOCKS / blocks), images, Math.floor(SUMS / bytes)));
  borrowFor(sizes, parts > 1 ? parts * bytes : 0, (taps, sums, laidOut, atATime) =>
    wasm.correlate(
      ...[address(x), laidOut, address(g), address(gWeight), taps, parts > 1 ? sums : address(gWeight), parts],
      ...[images, atATime, groups, channels, outputs],
    ),
  );
}

/** The gradient of the input, too, where the window is one place: then the weights lie turned. */
function convolve(x: Strided, weight: Strided, turned: boolean, bias: Strided | null, y: Strided, sizes: Sizes): void {
  const { images, groups, channels, outputs, window } = sizes;
  const k = channels * window;
  const [row, column] = turned ? [4, 4 * outputs] : [4 * k, 4];
  borrowFor(sizes, 4 * groups * up(outputs, 4) * (k + 1), (taps, packed, laidOut, atATime) =>
    wasm.convolve(
      ...[address(x), laidOut, address(weight), row, column, addressOrNull(bias), address(y), taps, packed],
      ...[images, atATime, groups, channels, outputs],
    ),
  );
}

interface Sizes {
  images: number;
  groups: number;
  /** Of a group; and so are the outputs. */
  channels: number;
  outputs: number;
  /** Places of the window. */
  window: number;
  /** A window of one place at each place of the input. */
  point: boolean;
  depthwise: boolean;
  asItIs: boolean;
  planeBytes: number;
}

/** Tells the assembly of the windows. Null where something is empty: the plain kernels know what to do then. */
function begin(x: Strided, weight: Strided, y: Strided, by: ConvolutionSettings): Sizes | null {
  if ([x, weight, y].some(({ shape }) => shape.includes(0))) return null;
  const [images, C, H, W] = x.shape;
  const [O, channels, kh, kw] = weight.shape;
  const [, , rows, columns] = y.shape;
  const window = kh * kw;
  const groups = C / channels;
  const outputs = O / groups;
  const straight = by.stride.every((step) => step === 1) && by.before.every((padding) => padding === 0);
  const point = window === 1 && straight && H === rows && W === columns;
  const { planeBytes, asItIs } = point // then the places of a plane are one long row
    ? slide([1, H * W], [1, 1], [1, H * W], { stride: [1, 1], dilation: [1, 1], before: [0, 0] })
    : slide([H, W], [kh, kw], [rows, columns], by);
  const largest = Math.max(planeBytes, 4 * outputs * (H + (kh - 1) * by.dilation[0]) * (W + (kw - 1) * by.dilation[1]));
  const depthwise = channels === 1 && groups > 1 && !point && largest <= PLANES && outputs * window <= TAPS;
  return { images, groups, channels, outputs, window, point, depthwise, asItIs, planeBytes };
}

/**
 * Lends memory for where the window's places lie, for `bytes`, and for the input laid out; and says for how many images
 * at a time.
 */
function borrowFor(
  { images, groups, channels, window, asItIs, planeBytes }: Sizes,
  bytes: number,
  use: (taps: number, memory: number, laidOut: number, atATime: number) => void,
): void {
  const imageBytes = groups * channels * planeBytes;
  const atATime = asItIs ? images : Math.max(1, Math.min(images, Math.floor(LAID_OUT / imageBytes)));
  const taps = up(4 * (channels * window + 8), 64);
  const [first, second] = [taps, taps + up(bytes, 64)];
  const all = asItIs ? second : second + atATime * imageBytes;
  borrow(all, (place) => use(place, place + first, asItIs ? 0 : place + second, atATime));
}

const up = (n: number, step: number): number => Math.ceil(n / step) * step;
