/**
 * Changing what a tensor is kept as or where: dtype and device; and cutting it off from its past.
 */
import { record } from '../autograd/graph';
import { kernelsFor } from '../kernels/select';
import { contiguousElements, type DType } from '../kernels/strided';
import type { DeviceName } from '../memory/allocator';
import { keep } from '../memory/lifetimes';
import { currentDevice, readerOf, writerOf } from '../tensor/device';
import { densely, empty, type Tensor, viewOf } from '../tensor/tensor';
import { checkTensor } from './launch';

/**
 * In another dtype (a fraction is cut off on its way to int32). The tensor itself where nothing changes.
 * ∂x = g, converted back
 */
export function toType(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  const y = empty(x.shape, dtype, x.device);
  kernelsFor(x).copy(x, y);
  return record('to', y, [x], { gradients: [(g) => g.to(x.dtype)] });
}

/** On another device. From the CPU at once; from a GPU its values have to be waited for: `await t.to('cpu')`. */
export async function toDevice(x: Tensor, device: DeviceName): Promise<Tensor> {
  if (x.device === device) return x;
  if (x.requiresGrad && x.node) throw new Error('to: a computed tensor moves without its past; detach() it first');
  const y = x.device === 'cpu' ? upload(x, device) : await download(x);
  y.requiresGrad = x.requiresGrad;
  return y;
}

/** A copy of the CPU's tensor, at once. */
export function upload(x: Tensor, device: DeviceName): Tensor {
  const y = empty(x.shape, x.dtype, device);
  writerOf(device)(contiguousElements(densely(x)), y);
  return y;
}

/** On the device in use, at once: what is made on the CPU, as weights and points are, is the same everywhere. */
export function placed(made: Tensor): Tensor {
  return made.device === currentDevice() ? made : upload(made, currentDevice());
}

async function download(x: Tensor): Promise<Tensor> {
  const values = await readerOf(x.device)(densely(x));
  const y = empty(x.shape, x.dtype, 'cpu');
  contiguousElements(y).set(values);
  return y;
}

/**
 * The same bytes without a past: no gradient flows through, and the values are yours from now on, whatever step they
 * come from.
 */
export function detach(x: Tensor): Tensor {
  checkTensor('detach', x);
  keep(x.storage);
  return viewOf(x, x.shape, x.strides);
}
