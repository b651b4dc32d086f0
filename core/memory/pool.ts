/**
 * The bytes of the CPU: one WebAssembly.Memory from which every block is cut. Plain TypeScript reads it through typed
 * arrays; SIMD kernels and worker threads can use the very same bytes without a copy. Blocks are rounded up to size
 * classes, so that a freed block fits the next request of about its size: training repeats the same shapes a thousand
 * times.
 */
import type { Allocator } from './allocator';

const PAGE = 65536;
const MAX_PAGES = 65536; // 4 GiB, all that a 32-bit address can reach
const SMALLEST = 64; // bytes; also the alignment of every block
const RESERVED = PAGE; // the first page is the fast kernels' own (core/kernels/simd/assembly/threads.ts)
const GROWTH = 16 * 1024 * 1024;

/** Four classes for each doubling (64, 80, 96, 112, 128, 160, …): at most a fifth of a block is unused. */
export function sizeClass(bytes: number): number {
  if (bytes <= SMALLEST) return SMALLEST;
  const quarter = 2 ** (29 - Math.clz32(bytes - 1)); // of the power of two below
  const rounded = Math.ceil(bytes / quarter) * quarter;
  return Math.ceil(rounded / SMALLEST) * SMALLEST;
}

function createMemory(): WebAssembly.Memory {
  const shared = typeof SharedArrayBuffer !== 'undefined'; // a page without cross-origin isolation has none
  return new WebAssembly.Memory({ initial: GROWTH / PAGE, maximum: MAX_PAGES, shared });
}

class Pool implements Allocator {
  readonly memory = createMemory();
  /** The memory's bytes as they are now: growing makes a new object. */
  buffer = this.memory.buffer;
  private readonly free = new Map<number, number[]>(); // size class → addresses given back
  private end = RESERVED; // everything from here on was never handed out; so address 0 means none

  blockSize(bytes: number): number {
    return sizeClass(bytes);
  }

  allocate(size: number): number | null {
    const recycled = this.free.get(size)?.pop();
    if (recycled !== undefined) return recycled;
    const address = this.end;
    if (!this.reach(address + size)) return this.borrow(size);
    this.end = address + size;
    return address;
  }

  release(address: number, size: number): void {
    const list = this.free.get(size);
    if (list) list.push(address);
    else this.free.set(size, [address]);
  }

  /**
   * Grows the memory until it covers `end`. Old views stay valid, but keep their old length: views are made anew,
   * never kept.
   */
  private reach(end: number): boolean {
    const missing = end - this.buffer.byteLength;
    if (missing <= 0) return true;
    const left = MAX_PAGES - this.buffer.byteLength / PAGE;
    const pages = Math.min(left, Math.ceil(Math.max(missing, GROWTH) / PAGE));
    if (pages * PAGE < missing) return false;
    try {
      this.memory.grow(pages);
      this.buffer = this.memory.buffer;
      return true;
    } catch {
      return false; // the machine has no more
    }
  }

  /** The memory is full: cut the block from the smallest free one that is larger, and give back the rest. */
  private borrow(size: number): number | null {
    const larger = [...this.free].filter(([other, list]) => other > size && list.length > 0).map(([other]) => other);
    if (larger.length === 0) return null;
    const other = Math.min(...larger);
    const address = this.free.get(other)?.pop() as number;
    this.shred(address + size, other - size);
    return address;
  }

  /** Gives a stretch of bytes back as blocks of the largest classes that fit. */
  private shred(address: number, bytes: number): void {
    while (bytes >= SMALLEST) {
      const quarter = Math.max(SMALLEST, 2 ** Math.floor(Math.log2(bytes)) / 4);
      const piece = Math.floor(bytes / quarter) * quarter;
      this.release(address, piece);
      address += piece;
      bytes -= piece;
    }
  }
}

export const pool = new Pool();
