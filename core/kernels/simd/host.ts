/**
 * What every file here needs to hand a tensor to the assembly: its address, and memory for the time of a call.
 */
import { pool, sizeClass } from '../../memory/pool';
import { releasedMessage, type Strided } from '../strided';
import { loaded } from './module';

/** The assembly's functions: the kernels that call them are in use only where they were loaded. */
export const wasm = loaded!;

/** Where the first element of a tensor lies, in bytes. */
export function address({ storage, offset }: Strided): number {
  if (storage.released) throw new Error(releasedMessage(storage.bytes / 4));
  return storage.address + offset * 4;
}

/** The same for a tensor that may be missing; 0 says that it is. */
export function addressOrNull(x: Strided | null): number {
  return x ? address(x) : 0;
}

/** Lends memory for the time of a call. */
export function borrow(bytes: number, use: (address: number) => void): void {
  const size = sizeClass(bytes);
  const place = pool.allocate(size);
  if (place === null) throw new Error(`no memory left: a fast kernel needs ${bytes} bytes to work with`);
  try {
    use(place);
  } finally {
    pool.release(place, size);
  }
}

export function count(shape: readonly number[]): number {
  let n = 1;
  for (let axis = 0; axis < shape.length; axis++) n *= shape[axis];
  return n;
}
