/**
 * Softmax and its logarithm, row by row. The largest element is subtracted first: the result is the same, and e^x
 * cannot overflow.
 */
import { contiguousElements, type Strided, type TypedArray } from '../strided';

function largest(x: TypedArray, from: number, to: number): number {
  let max = -Infinity;
  for (let i = from; i < to; i++) max = Math.max(max, x[i]);
  return max;
}

/** Σ e^(x − max) over one row. */
function sumOfExponentials(x: TypedArray, from: number, to: number, max: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += Math.exp(x[i] - max);
  return sum;
}

export function softmax(x: Strided, y: Strided): void {
  const [from, to] = [contiguousElements(x), contiguousElements(y)];
  const [rows, n] = x.shape;
  for (let start = 0; start < rows * n; start += n) {
    const max = largest(from, start, start + n);
    const sum = sumOfExponentials(from, start, start + n, max);
    for (let i = start; i < start + n; i++) to[i] = Math.exp(from[i] - max) / sum;
  }
}

export function logSoftmax(x: Strided, y: Strided): void {
  const [from, to] = [contiguousElements(x), contiguousElements(y)];
  const [rows, n] = x.shape;
  for (let start = 0; start < rows * n; start += n) {
    const max = largest(from, start, start + n);
    const shift = max + Math.log(sumOfExponentials(from, start, start + n, max));
    for (let i = start; i < start + n; i++) to[i] = from[i] - shift;
  }
}

export function softmaxGradient(y: Strided, g: Strided, gx: Strided): void {
  const [out, gOut, gIn] = [contiguousElements(y), contiguousElements(g), contiguousElements(gx)];
  const [rows, n] = y.shape;
  for (let start = 0; start < rows * n; start += n) {
    let dot = 0;
    for (let i = start; i < start + n; i++) dot += gOut[i] * out[i];
    for (let i = start; i < start + n; i++) gIn[i] = out[i] * (gOut[i] - dot);
  }
}

export function logSoftmaxGradient(y: Strided, g: Strided, gx: Strided): void {
  const [out, gOut, gIn] = [contiguousElements(y), contiguousElements(g), contiguousElements(gx)];
  const [rows, n] = y.shape;
  for (let start = 0; start < rows * n; start += n) {
    let sum = 0;
    for (let i = start; i < start + n; i++) sum += gOut[i];
    for (let i = start; i < start + n; i++) gIn[i] = gOut[i] - Math.exp(out[i]) * sum;
  }
}

export function crossEntropy(x: Strided, labels: Strided, y: Strided): void {
  const [from, label, to] = [contiguousElements(x), contiguousElements(labels), contiguousElements(y)];
  const [rows, n] = x.shape;
  for (let r = 0; r < rows; r++) {
    const max = largest(from, r * n, (r + 1) * n);
    to[r] = max + Math.log(sumOfExponentials(from, r * n, (r + 1) * n, max)) - from[r * n + label[r]];
  }
}

export function crossEntropyGradient(x: Strided, labels: Strided, g: Strided, gx: Strided): void {
  const [from, label, gOut, gIn] = [x, labels, g, gx].map(contiguousElements);
  const [rows, n] = x.shape;
  for (let r = 0; r < rows; r++) {
    const max = largest(from, r * n, (r + 1) * n);
    const sum = sumOfExponentials(from, r * n, (r + 1) * n, max);
    for (let i = r * n; i < (r + 1) * n; i++) gIn[i] = (gOut[r] * Math.exp(from[i] - max)) / sum;
    gIn[r * n + label[r]] -= gOut[r];
  }
}
