/**
 * Windows that slide over a plane, seen through one place (u, v) of the window at a time. Through it all outputs look
 * at the input at once: they see the plane shifted by u and v, and thinned out by the stride. So a convolution or a
 * pooling is a few planes laid over each other, and where an output looks past the edge is known before any loop.
 */
import type { Sliding } from '../list/convolution';
import type { TypedArray } from '../strided';

/** One place (u, v) of the window. */
export interface Tap {
  /** Counted through the window: u·kw + v. */
  index: number;
  /** What the first output sees through it, as a place in the input's plane; this one may lie outside. */
  start: number;
  /** The outputs that see the input through it and not the padding: rows top ≤ i < bottom, left ≤ j < right. */
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Steps in memory: to the next plane, and to what the output one further down, or across, has to do with. */
export interface Steps {
  plane: number;
  down: number;
  across: number;
}

/** The last two axes of an input and an output, and how they meet. */
export function slide(
  inputShape: readonly number[],
  kernel: readonly number[],
  outputShape: readonly number[],
  by: Sliding,
) {
  const [, , H, W] = inputShape;
  const [kh, kw] = kernel;
  const [, , rows, columns] = outputShape;
  const [down, across] = by.stride;
  const taps: Tap[] = [];
  for (let index = 0; index < kh * kw; index++) {
    const h = Math.floor(index / kw) * by.dilation[0] - by.before[0];
    const w = (index % kw) * by.dilation[1] - by.before[1];
    const [top, bottom] = inside(h, down, H, rows);
    const [left, right] = inside(w, across, W, columns);
    taps.push({ index, start: h * W + w, top, bottom, left, right });
  }
  const input: Steps = { plane: H * W, down: down * W, across };
  const output: Steps = { plane: rows * columns, down: columns, across: 1 };
  return { taps, input, output };
}

/** For which i of 0 … count − 1 is 0 ≤ start + i·step < extent? From the first to before the second number. */
const inside = (start: number, step: number, extent: number, count: number): [number, number] => [
  Math.max(0, Math.ceil(-start / step)),
  Math.min(count, Math.ceil((extent - start) / step)),
];

/** to += factor · from, over the outputs that see the input through the tap. */
export function addPlane(
  to: Float64Array,
  t: number,
  toSteps: Steps,
  factor: number,
  from: TypedArray,
  f: number,
  fromSteps: Steps,
  { top, bottom, left, right }: Tap,
): void {
  for (let i = top; i < bottom; i++) {
    let at = t + i * toSteps.down + left * toSteps.across;
    let a = f + i * fromSteps.down + left * fromSteps.across;
    for (let j = left; j < right; j++, at += toSteps.across, a += fromSteps.across) to[at] += factor * from[a];
  }
}
