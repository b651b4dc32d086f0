/**
 * What a kernel sees of a tensor: bytes, and how to walk them. A Tensor is one of these; kernels know nothing else
 * about it.
 */
import type { DeviceName } from '../memory/allocator';
import type { Storage } from '../memory/lifetimes';
import { pool } from '../memory/pool';

export type DType = 'float32' | 'float64' | 'int32';
export type TypedArray = Float32Array | Float64Array | Int32Array;

export const BYTES: Record<DType, number> = { float32: 4, float64: 8, int32: 4 };

const constructors = { float32: Float32Array, float64: Float64Array, int32: Int32Array };

export interface Strided {
  readonly storage: Storage;
  readonly shape: readonly number[];
  /** Elements (not bytes) to the next one along each axis; 0 repeats, as broadcasting does. */
  readonly strides: readonly number[];
  /** The first element, counted from the start of the storage. */
  readonly offset: number;
  readonly dtype: DType;
  readonly device: DeviceName;
}

/**
 * A typed array over the bytes of a CPU storage, from its first byte. Make it when all allocations of a kernel are
 * behind it, and let it go with the kernel: the next allocation may reuse the bytes.
 */
export function elements({ storage, dtype }: Strided): TypedArray {
  if (storage.released) throw new Error(releasedMessage(storage.bytes / BYTES[dtype]));
  return new constructors[dtype](pool.buffer, storage.address, storage.bytes / BYTES[dtype]);
}

/** The elements of a contiguous view, the first of them at index 0. */
export function contiguousElements(x: Strided): TypedArray {
  const all = elements(x);
  const n = x.shape.reduce((product, extent) => product * extent, 1);
  return x.offset === 0 && n === all.length ? all : all.subarray(x.offset, x.offset + n);
}

export function releasedMessage(length: number): string {
  return (
    `this tensor (${length} elements) was given back: a model computed it in an earlier step, ` +
    'or inside noGrad or a forward that did not return it; ' +
    'call keep() on it where it is made'
  );
}

export function newTypedArray(dtype: DType, lengthOrValues: number | ArrayLike<number>): TypedArray {
  return new constructors[dtype](lengthOrValues as number);
}
