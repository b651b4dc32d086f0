/**
 * Builds the fast kernels from core/kernels/simd/assembly: run by npm after installing (`prepare`), and by hand with
 * `npm run simd`. Four builds of the same sources; core/kernels/simd/module.ts picks one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../core/kernels/simd');

const COMMON = [
  '--disableWarning=201', // an address is 32 bits wide here: sizes and addresses may be mixed
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--importMemory', '--initialMemory', '256', '--maximumMemory', '65536', '--memoryBase', '4096'],
];

const BUILDS: Record<string, string[]> = {
  single: ['--enable', 'simd,threads'],
  'single-relaxed': ['--enable', 'simd,threads,relaxed-simd'],
  shared: ['--enable', 'simd,threads', '--sharedMemory'],
  'shared-relaxed': ['--enable', 'simd,threads,relaxed-simd', '--sharedMemory'],
};

async function build(name: string): Promise<void> {
  const file = join(FOLDER, 'build', `${name}.wasm`);
  const unfinished = `${file}.${process.pid}`; // several may build at once; a file is whole or not there
  const source = join(FOLDER, 'assembly/index.ts');
  const compiler = require.resolve('assemblyscript/bin/asc.js');
  const args = [compiler, source, '-o', unfinished, ...COMMON, ...BUILDS[name]];
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error(`the fast kernels could not be built (${name})`);
  renameSync(unfinished, file);
}

function isInstalled(): boolean {
  try {
    require.resolve('assemblyscript/package.json');
    return true;
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  if (!isInstalled()) {
    console.error('The fast kernels were not built: assemblyscript is not installed. The plain kernels serve.');
    return;
  }
  mkdirSync(join(FOLDER, 'build'), { recursive: true });
  await Promise.all(['shared', 'shared-relaxed'].map(build));
  await Promise.all(['single', 'single-relaxed'].map(build));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
