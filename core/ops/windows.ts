/**
 * How a window slides over the last two axes: the options that convolutions and poolings share, read and checked.
 * What has one axis is given a height of 1 first, so there are always two: [down, across].
 */
import type { Sliding } from '../kernels/kernels';
import { formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';

type Pair = readonly [number, number];

/** One number for both axes, or one for each. */
export type PerAxis = number | readonly [down: number, across: number];
/** One number for both ends of an axis, or one for each. */
export type Side = number | readonly [before: number, after: number];
/** One number for all four sides, or one side or two for each axis: [[top, bottom], [left, right]]. */
export type Padding = number | readonly [down: Side, across: Side];
/** 'valid' is no padding. 'same' makes ⌈n / stride⌉ of n values; of an odd number of zeros the last goes to the end. */
export type NamedPadding = 'same' | 'valid';

export interface WindowOptions {
  kernel: Pair;
  stride: PerAxis;
  padding: Padding | NamedPadding;
  dilation: PerAxis;
  /** Round the number of windows up: the last one may reach beyond the padding. */
  ceilMode?: boolean;
}

/** Where windows stand on an input of these extents. */
export interface Windows {
  sliding: Sliding;
  /** Padding after the last element. */
  after: Pair;
  /** How many there are. */
  outputs: Pair;
}

export function windowsOver(
  operation: string,
  extents: Pair,
  { kernel, padding, ceilMode = false, ...options }: WindowOptions,
): Windows {
  const stride = perAxis(operation, 'stride', options.stride, 1);
  const dilation = perAxis(operation, 'dilation', options.dilation, 1);
  const span = spanOf(kernel, dilation);
  const sides = both((axis): Pair => {
    if (padding === 'valid') return [0, 0];
    if (padding === 'same') return evenly(extents[axis], span[axis], stride[axis]);
    return sidesOf(operation, padding, axis);
  });
  const outputs = both((axis) => {
    const [before, after] = sides[axis];
    const steps = (extents[axis] + before + after - span[axis]) / stride[axis];
    let count = (ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
    if (ceilMode && (count - 1) * stride[axis] >= extents[axis] + before) count--; // it would see nothing
    if (count >= 1) return count;
    throw new Error(
      `${operation}: a window that spans ${span[axis]} does not fit into ${extents[axis]} with padding ` +
        `${before} + ${after}; pad more, or make the kernel or its dilation smaller`,
    );
  });
  const [before, after] = [both((axis) => sides[axis][0]), both((axis) => sides[axis][1])];
  return { sliding: { stride, dilation, before }, after, outputs };
}

export interface TransposedOptions extends Omit<WindowOptions, 'ceilMode'> {
  padding: Padding;
  outputPadding: PerAxis;
}

/** The other way round: the extents on which so many windows stand, for what is laid down window by window. */
export function extentsUnder(
  operation: string,
  counts: Pair,
  { kernel, padding, ...options }: TransposedOptions,
): { sliding: Sliding; extents: Pair } {
  const stride = perAxis(operation, 'stride', options.stride, 1);
  const dilation = perAxis(operation, 'dilation', options.dilation, 1);
  const added = perAxis(operation, 'outputPadding', options.outputPadding, 0);
  const span = spanOf(kernel, dilation);
  const sides = both((axis) => sidesOf(operation, padding, axis));
  const extents = both((axis) => {
    if (added[axis] >= Math.max(stride[axis], dilation[axis])) {
      throw new Error(
        `${operation}: outputPadding ${added[axis]} must stay below the stride ${stride[axis]} ` +
          `or the dilation ${dilation[axis]}`,
      );
    }
    const [before, after] = sides[axis];
    const whole = (counts[axis] - 1) * stride[axis] + span[axis] + added[axis];
    if (whole > before + after) return whole - before - after;
    throw new Error(`${operation}: padding ${before} + ${after} cuts off all ${whole} outputs along an axis; pad less`);
  });
  return { sliding: { stride, dilation, before: both((axis) => sides[axis][0]) }, extents };
}

/** From the first place of a window to its last, both included. */
const spanOf = (kernel: Pair, dilation: Pair): Pair => both((axis) => dilation[axis] * (kernel[axis] - 1) + 1);

/** What is missing for ⌈extent / stride⌉ windows, half of it on either side. */
function evenly(extent: number, span: number, stride: number): Pair {
  const missing = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + span - extent);
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}

/** Padding given in numbers, as [before, after] of one axis. */
function sidesOf(operation: string, padding: Padding, axis: 0 | 1): Pair {
  const side = isPair(padding) ? padding[axis] : padding;
  const [before, after] = isPair(side) ? side : [side, side];
  if (isWhole(before) && isWhole(after)) return [before, after];
  throw new Error(
    `${operation}: padding is made of whole numbers from 0 up, one for all sides, one for each axis, ` +
      `or a pair for each axis; not ${show(side)}`,
  );
}

/** The padding of the one axis of a 1-D window, beside a height without any. */
export const onlyAcross = (padding: Side | NamedPadding): Padding | NamedPadding =>
  typeof padding === 'string' ? padding : [0, padding];

/** The rank must be that of the layout, as in '[N, C, H, W]', and the axes after the first two must not be empty. */
export function checkLayout(operation: string, what: string, layout: string, x: Tensor): void {
  if (x.rank !== layout.split(',').length)
    throw new Error(`${operation}: ${what} must be ${layout}, not of shape ${formatShape(x.shape)}; reshape it`);
  if (x.shape.slice(2).includes(0))
    throw new Error(`${operation}: ${what} of shape ${formatShape(x.shape)} is empty where a window would slide`);
}

/** An option as a number for each axis. */
export function perAxis(operation: string, name: string, value: PerAxis, least: 0 | 1): Pair {
  const pair = isPair(value) ? value : [value, value];
  for (const n of pair) {
    if (!isWhole(n) || n < least)
      throw new Error(`${operation}: ${name} must be a whole number from ${least} up, not ${show(n)}`);
  }
  return [pair[0], pair[1]];
}

const both = <T>(of: (axis: 0 | 1) => T): [T, T] => [of(0), of(1)];

const isPair = <T>(value: T | readonly [T, T]): value is readonly [T, T] => Array.isArray(value) && value.length === 2;
const isWhole = (n: unknown): n is number => Number.isInteger(n) && (n as number) >= 0;
const show = (value: unknown): string => (Array.isArray(value) ? `[${value.map(show).join(',')}]` : String(value));
