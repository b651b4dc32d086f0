/** Pooling over two axes and its gradients. */
import type { AveragePoolingSettings, MaxPoolingSettings } from '../list/convolution';
import type { Strided } from '../strided';
import { address, wasm } from './host';
import { slide } from './sliding';

export function maxPool2d(x: Strided, y: Strided, index: Strided, by: MaxPoolingSettings): void {
  wasm.maxPool(address(x), address(y), address(index), begin(x, y, by));
}

export function maxPool2dGradient(g: Strided, index: Strided, gx: Strided, by: MaxPoolingSettings): void {
  wasm.maxPoolGradient(address(g), address(index), address(gx), begin(gx, g, by));
}

export function avgPool2d(x: Strided, y: Strided, by: AveragePoolingSettings): void {
  const planes = begin(x, y, { ...by, dilation: [1, 1] });
  wasm.avgPool(address(x), address(y), planes, ...by.after, Number(by.countIncludePad));
}

export function avgPool2dGradient(g: Strided, gx: Strided, by: AveragePoolingSettings): void {
  const planes = begin(gx, g, { ...by, dilation: [1, 1] });
  wasm.avgPoolGradient(address(g), address(gx), planes, ...by.after, Number(by.countIncludePad));
}

/** Tells the assembly of the windows, and returns how many planes there are. */
function begin({ shape: [n, c, height, width] }: Strided, { shape }: Strided, by: MaxPoolingSettings): number {
  slide([height, width], by.kernel, [shape[2], shape[3]], by);
  return n * c;
}
