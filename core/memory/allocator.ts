/**
 * What lifetimes.ts needs of a device: blocks handed out and taken back. The CPU's is pool.ts; a GPU brings its own.
 */
export type DeviceName = 'cpu' | 'gpu';

export interface Allocator {
  /** The bytes a block of at least this size really takes. */
  blockSize(bytes: number): number;
  /** A block of exactly this block size: its address, or null when the device has no more. */
  allocate(size: number): number | null;
  release(address: number, size: number): void;
}
