/** Pooling: kernels/pool and pool-gradient. */
import type { AveragePoolingSettings, MaxPoolingSettings } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { count, groupsFor } from './elements';
import { launch } from './queue';

/** The windows as both shaders read them. The mean counts what a window covers between `start` and `end`. */
function windows(input: Strided, output: Strided, by: MaxPoolingSettings, start: number[], end: number[]): number[] {
  const [extent, out] = [input, output].map(({ shape }) => shape.slice(2));
  return [...extent, ...out, ...by.kernel, ...by.stride, ...by.dilation, ...by.before, ...end, ...start];
}

const largestWindows = (input: Strided, output: Strided, by: MaxPoolingSettings) =>
  windows(input, output, by, [0, 0], [0, 0]);

function meanWindows(input: Strided, output: Strided, by: AveragePoolingSettings): number[] {
  const include = by.countIncludePad;
  const start = by.before.map((before) => (include ? -before : 0));
  const end = by.after.map((after, axis) => input.shape[2 + axis] + (include ? after : 0));
  return windows(input, output, { ...by, dilation: [1, 1] }, start, end);
}

export function maxPool2d(x: Strided, y: Strided, index: Strided, by: MaxPoolingSettings): void {
  launch({
    kernel: 'pool',
    constants: { LARGEST: 1 },
    buffers: [x, y, index],
    parameters: [count(y), x.offset, y.offset, index.offset, ...largestWindows(x, y, by)],
    groups: groupsFor(count(y)),
  });
}

export function avgPool2d(x: Strided, y: Strided, by: AveragePoolingSettings): void {
  borrow([1], 'int32', (nothing) =>
    launch({
      kernel: 'pool',
      constants: { LARGEST: 0 },
      buffers: [x, y, nothing],
      parameters: [count(y), x.offset, y.offset, 0, ...meanWindows(x, y, by)],
      groups: groupsFor(count(y)),
    }),
  );
}

export function maxPool2dGradient(g: Strided, index: Strided, gx: Strided, by: MaxPoolingSettings): void {
  launch({
    kernel: 'pool-gradient',
    constants: { LARGEST: 1 },
    buffers: [g, index, gx],
    parameters: [count(gx), g.offset, gx.offset, index.offset, ...largestWindows(gx, g, by)],
    groups: groupsFor(count(gx)),
  });
}

export function avgPool2dGradient(g: Strided, gx: Strided, by: AveragePoolingSettings): void {
  launch({
    kernel: 'pool-gradient',
    constants: { LARGEST: 0 },
    buffers: [g, g, gx],
    parameters: [count(gx), g.offset, gx.offset, 0, ...meanWindows(gx, g, by)],
    groups: groupsFor(count(gx)),
  });
}
