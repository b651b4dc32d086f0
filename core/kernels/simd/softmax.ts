/** From scores to probabilities and losses, row by row. */
import type { Strided } from '../strided';
import { address, wasm } from './host';

export function softmax(x: Strided, y: Strided): void {
  wasm.softmax(address(x), address(y), x.shape[0], x.shape[1]);
}

export function softmaxGradient(y: Strided, g: Strided, gx: Strided): void {
  wasm.softmaxGradient(address(y), address(g), address(gx), y.shape[0], y.shape[1]);
}

export function logSoftmax(x: Strided, y: Strided): void {
  wasm.logSoftmax(address(x), address(y), x.shape[0], x.shape[1]);
}

export function logSoftmaxGradient(y: Strided, g: Strided, gx: Strided): void {
  wasm.logSoftmaxGradient(address(y), address(g), address(gx), y.shape[0], y.shape[1]);
}

export function crossEntropy(x: Strided, labels: Strided, y: Strided): void {
  wasm.crossEntropy(address(x), address(labels), address(y), x.shape[0], x.shape[1]);
}

export function crossEntropyGradient(x: Strided, labels: Strided, g: Strided, gx: Strided): void {
  wasm.crossEntropyGradient(address(x), address(labels), address(g), address(gx), x.shape[0], x.shape[1]);
}
