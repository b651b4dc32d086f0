/**
 * Where a browser finds a GPU and the text of a kernel; for Vite, which puts the texts into the page's script. What
 * uses `import.meta` is a module, whatever package.json says: hence the file's ending.
 */
/// <reference types="vite/types/import-meta.d.ts" />

const texts = import.meta.glob<string>('./kernels/*.wgsl', { query: '?raw', import: 'default', eager: true });

export async function findGpu(): Promise<GPU> {
  if (!isSecureContext) throw new Error('useDevice: WebGPU needs a safe address: open this page by https or localhost');
  if (!navigator.gpu) throw new Error('useDevice: this browser has no WebGPU: update it, or take another one');
  if (!(await navigator.gpu.requestAdapter())) {
    throw new Error('useDevice: this browser found no GPU; Chrome and its kin say why on the page chrome://gpu');
  }
  return navigator.gpu;
}

/** The text of gpu/kernels/<name>.wgsl. */
export function shaderText(name: string): string {
  return texts[`./kernels/${name}.wgsl`];
}

/** A page that the browser only puts aside (`persisted`) may come back, and needs its device then. */
export function onExit(close: () => void): void {
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) close();
  });
}
