/**
 * The fast kernels' WebAssembly: loaded once, at the first import, and bound to the pool's own memory, so that kernels
 * work on the tensors' bytes without a copy.
 *
 * There are four builds of assembly/: with and without relaxed SIMD (multiply and add in one instruction, which older
 * engines refuse), with and without shared memory (of which a browser page without cross-origin isolation has none).
 */
import { loadBinary, startWorker, threadsWanted } from '#simd';
import { pool } from '../../memory/pool';

/** A thread's own memory, into which kernels pack what they read often: 2 MiB. */
const SCRATCH = 2 ** 21;

/** What assembly/index.ts exports: functions of addresses, sizes and numbers. */
export type Exports = Record<string, (...values: number[]) => void>;

/** `reference` leaves the fast kernels out; `portable` takes those that make the same bits on every machine. */
const wanted = globalThis.process?.env?.KERNELS;
const threads = threadsWanted();

function load(): Exports | null {
  if (wanted === 'reference') return null;
  const shared = typeof SharedArrayBuffer !== 'undefined' && pool.buffer instanceof SharedArrayBuffer;
  const module = compile(shared ? 'shared' : 'single');
  if (!module) {
    console.warn('The fast kernels are not here (npm run simd builds them): the plain ones serve, many times slower.');
    return null;
  }
  const instance = new WebAssembly.Instance(module, {
    env: { memory: pool.memory, startWorkers: () => shared && startWorkers(module) },
  });
  const exports = instance.exports as unknown as Exports;
  exports.start(scratch());
  return exports;
}

/**
 * The best build this engine understands, or null where nothing was built. What relaxed SIMD rounds is the processor's
 * choice; all the rest of WebAssembly is exact.
 */
function compile(memory: 'shared' | 'single'): WebAssembly.Module | null {
  for (const name of wanted === 'portable' ? [memory] : [`${memory}-relaxed`, memory]) {
    const bytes = loadBinary(name);
    if (bytes && WebAssembly.validate(bytes)) return new WebAssembly.Module(bytes);
  }
  return null;
}

function scratch(): number {
  const address = pool.allocate(SCRATCH);
  if (address === null) throw new Error('no memory left for the fast kernels');
  return address;
}

/** Called by the first launch that has work for more than one thread; it goes ahead alone until they are there. */
function startWorkers(module: WebAssembly.Module): void {
  for (let thread = 1; thread < threads; thread++) startWorker(module, pool.memory, scratch());
}

/** Null where they were not built, are not wanted, or this engine knows no SIMD. */
export const loaded: Exports | null = load();
