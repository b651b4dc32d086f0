/** Where Node finds the built kernels and its threads. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const folder = join(__dirname, 'build');

export function loadBinary(name: string): Uint8Array<ArrayBuffer> | null {
  const file = join(folder, `${name}.wasm`);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}

/** `THREADS` says how many threads compute, the calling one counted; without it, one for each core. */
export function threadsWanted(): number {
  const wanted = process.env.THREADS;
  if (wanted === undefined || wanted === '') return availableParallelism();
  const threads = Number(wanted);
  if (Number.isInteger(threads) && threads >= 1) return threads;
  throw new Error(`THREADS: a whole number of threads, 1 or more, not '${wanted}'`);
}

/** A worker never keeps the process alive: it ends with it, whatever it is doing. */
export function startWorker(module: WebAssembly.Module, memory: WebAssembly.Memory, scratch: number): void {
  new Worker(join(__dirname, 'worker.node.js'), { workerData: { module, memory, scratch } }).unref();
}
