/** Kernels from scores to probabilities and losses: kernels/softmax, softmax-gradient and cross-entropy. */
import type { Strided } from '../core/kernels/strided';
import { GROUP } from './elements';
import { complaint, flag, launch } from './queue';
import { lanesFor } from './reductions';

/** A launch with LANES threads for each of `rows` rows of n elements. */
function launchRows(kernel: string, flags: object, buffers: Strided[], rows: number, n: number, rest: number[]): void {
  const LANES = lanesFor(n);
  launch({
    kernel,
    constants: { ...flags, LANES },
    buffers,
    parameters: [rows, n, ...rest],
    groups: Math.ceil(rows / (GROUP / LANES)),
  });
}

const forward = (LOGARITHM: number) => (x: Strided, y: Strided) => {
  const [rows, n] = x.shape;
  launchRows('softmax', { LOGARITHM }, [x, y], rows, n, [x.offset, y.offset]);
};

const backward = (LOGARITHM: number) => (y: Strided, g: Strided, gx: Strided) => {
  const [rows, n] = y.shape;
  launchRows('softmax-gradient', { LOGARITHM }, [y, g, gx], rows, n, [y.offset, g.offset, gx.offset]);
};

export const softmax = forward(0);
export const logSoftmax = forward(1);
export const softmaxGradient = backward(0);
export const logSoftmaxGradient = backward(1);

const wrongLabel = () => complaint('crossEntropy: a label is out of the range of the classes');

export function crossEntropy(x: Strided, labels: Strided, y: Strided): void {
  const [rows, n] = x.shape;
  const places = [x.offset, labels.offset, x.offset, y.offset];
  launchRows('cross-entropy', { GRADIENT: 0 }, [x, labels, x, y, flag()], rows, n, [...places, wrongLabel()]);
}

export function crossEntropyGradient(x: Strided, labels: Strided, g: Strided, gx: Strided): void {
  const [rows, n] = x.shape;
  const places = [x.offset, labels.offset, g.offset, gx.offset];
  launchRows('cross-entropy', { GRADIENT: 1 }, [x, labels, g, gx, flag()], rows, n, [...places, wrongLabel()]);
}
