/**
 * Pooling: each window of a plane is reduced to its largest value or its mean, and the gradients flow back the same
 * way. As in convolution.ts the window is taken one place at a time, for all outputs at once.
 */
import type { AveragePoolingSettings, MaxPoolingSettings } from '../list/convolution';
import { contiguousElements, type Strided, type TypedArray } from '../strided';
import { addPlane, type Steps, slide, type Tap } from './sliding';

const NOWHERE = -1;

export function maxPool2d(x: Strided, y: Strided, index: Strided, by: MaxPoolingSettings): void {
  const [from, to, places] = [x, y, index].map(contiguousElements);
  const { taps, input, output } = slide(x.shape, by.kernel, y.shape, by);
  places.fill(NOWHERE);
  for (let x0 = 0, y0 = 0; y0 < to.length; x0 += input.plane, y0 += output.plane)
    for (const tap of taps) takeLarger(from, x0, input, to, places, y0, output, tap);
}

/** y = x and places = where it stands, wherever x is larger than what y has so far. */
function takeLarger(
  x: TypedArray,
  x0: number,
  xSteps: Steps,
  y: TypedArray,
  places: TypedArray,
  y0: number,
  ySteps: Steps,
  { start, top, bottom, left, right }: Tap,
): void {
  for (let i = top; i < bottom; i++) {
    let place = start + i * xSteps.down + left * xSteps.across;
    let at = y0 + i * ySteps.down + left;
    for (let j = left; j < right; j++, at++, place += xSteps.across) {
      const value = x[x0 + place];
      const larger = places[at] === NOWHERE || value > y[at] || (Number.isNaN(value) && !Number.isNaN(y[at]));
      if (!larger) continue;
      y[at] = value;
      places[at] = place;
    }
  }
}

export function maxPool2dGradient(g: Strided, index: Strided, gx: Strided): void {
  const [gOut, places, to] = [g, index, gx].map(contiguousElements);
  const [, , H, W] = gx.shape;
  const [, , rows, columns] = g.shape;
  to.fill(0);
  for (let at = 0, x0 = 0; at < gOut.length; x0 += H * W)
    for (const end = at + rows * columns; at < end; at++) to[x0 + places[at]] += gOut[at];
}

export function avgPool2d(x: Strided, y: Strided, by: AveragePoolingSettings): void {
  const [from, to] = [x, y].map(contiguousElements);
  const { taps, input, output } = slide(x.shape, by.kernel, y.shape, { ...by, dilation: [1, 1] });
  const counts = countsOf(x.shape, y.shape, by);
  const sums = new Float64Array(output.plane);
  for (let x0 = 0, y0 = 0; y0 < to.length; x0 += input.plane, y0 += output.plane) {
    sums.fill(0);
    for (const tap of taps) addPlane(sums, 0, output, 1, from, x0 + tap.start, input, tap);
    for (let k = 0; k < sums.length; k++) to[y0 + k] = sums[k] / counts[k];
  }
}

export function avgPool2dGradient(g: Strided, gx: Strided, by: AveragePoolingSettings): void {
  const [gOut, to] = [g, gx].map(contiguousElements);
  const { taps, input, output } = slide(gx.shape, by.kernel, g.shape, { ...by, dilation: [1, 1] });
  const counts = countsOf(gx.shape, g.shape, by);
  const shares = new Float64Array(output.plane);
  const sums = new Float64Array(input.plane);
  for (let x0 = 0, y0 = 0; x0 < to.length; x0 += input.plane, y0 += output.plane) {
    for (let k = 0; k < shares.length; k++) shares[k] = gOut[y0 + k] / counts[k];
    sums.fill(0);
    for (const tap of taps) addPlane(sums, tap.start, input, 1, shares, 0, output, tap);
    to.set(sums, x0);
  }
}

/** By how much the sum under each window is divided. */
function countsOf(inputShape: readonly number[], outputShape: readonly number[], by: AveragePoolingSettings) {
  const [rows, columns] = [0, 1].map((axis) =>
    Array.from({ length: outputShape[axis + 2] }, (_, i) => {
      const extent = inputShape[axis + 2];
      const start = i * by.stride[axis] - by.before[axis];
      const end = start + by.kernel[axis];
      if (by.countIncludePad) return Math.min(end, extent + by.after[axis]) - start;
      return Math.min(end, extent) - Math.max(start, 0);
    }),
  );
  return Float64Array.from(rows.flatMap((down) => columns.map((across) => down * across)));
}
