/** A browser cannot read a file at once: the plain kernels serve there. */
export function loadBinary(_name: string): Uint8Array<ArrayBuffer> | null {
  return null;
}

export function threadsWanted(): number {
  return 1;
}

export function startWorker(_module: WebAssembly.Module, _memory: WebAssembly.Memory, _scratch: number): void {}
