/**
 * Where a browser finds the built kernels; for Vite, which puts their bytes into the page's script: a browser loads no
 * file without waiting. One thread computes: more would need memory that is shared, which few pages may have.
 */
/// <reference types="vite/types/import-meta.d.ts" />

const urls = import.meta.glob<string>('./build/*.wasm', { query: '?url&inline', import: 'default', eager: true });

export function loadBinary(name: string): Uint8Array<ArrayBuffer> | null {
  const url = urls[`./build/${name}.wasm`];
  if (url === undefined) return null;
  return Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
}

export function threadsWanted(): number {
  return 1;
}

export function startWorker(_module: WebAssembly.Module, _memory: WebAssembly.Memory, _scratch: number): void {}
