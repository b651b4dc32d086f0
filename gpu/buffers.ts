/**
 * The GPU's memory: buffers, handed out again when they come back. The rest of the house knows a buffer by a number,
 * its "address". Blocks have the same size classes as on the CPU.
 */
import { BYTES, type DType, type Strided } from '../core/kernels/strided';
import type { Allocator } from '../core/memory/allocator';
import { Storage } from '../core/memory/lifetimes';
import { sizeClass } from '../core/memory/pool';
import { device } from './device';

const buffers: GPUBuffer[] = []; // by address
const free = new Map<number, number[]>(); // size class → addresses given back

export const allocator: Allocator = {
  blockSize: sizeClass,
  allocate(size) {
    return free.get(size)?.pop() ?? create(size);
  },
  release(address, size) {
    const list = free.get(size);
    if (list) list.push(address);
    else free.set(size, [address]);
  },
};

/** A new buffer, or null where one of this size is more than the GPU can address. */
function create(size: number): number | null {
  const { limits } = device();
  if (size > limits.maxBufferSize || size > limits.maxStorageBufferBindingSize) return null;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  return buffers.push(device().createBuffer({ size, usage })) - 1;
}

export function bufferAt(address: number): GPUBuffer {
  return buffers[address];
}

/** Lends a contiguous tensor for the time of a kernel: commands are carried out in order, so it may be lent again. */
export function borrow(shape: readonly number[], dtype: DType, use: (tensor: Strided) => void): void {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
  const bytes = Math.max(
    4,
    shape.reduce((product, extent) => product * extent, BYTES[dtype]),
  );
  const size = sizeClass(bytes);
  const address = allocator.allocate(size);
  if (address === null) throw new Error(`out of memory on the gpu: a kernel needs ${bytes} bytes to work with`);
  try {
    use({ storage: new Storage('gpu', address, bytes, size), shape, strides, offset: 0, dtype, device: 'gpu' });
  } finally {
    allocator.release(address, size);
  }
}
