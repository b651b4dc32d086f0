/** Where Node finds a GPU and the text of a kernel. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let gpu: GPU | null = null; // kept: the driver does not survive its collection by the garbage collector

export async function findGpu(): Promise<GPU> {
  const { create, globals } = await import('webgpu').catch(() => {
    throw new Error("useDevice: the package 'webgpu' is not installed here; npm install webgpu brings it");
  });
  Object.assign(globalThis, globals);
  gpu = create([]);
  return gpu;
}

/** The text of gpu/kernels/<name>.wgsl. */
export function shaderText(name: string): string {
  return readFileSync(join(__dirname, 'kernels', `${name}.wgsl`), 'utf8');
}

export function onExit(close: () => void): void {
  process.on('exit', close);
}
