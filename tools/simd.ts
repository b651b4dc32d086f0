/**
 * Builds the fast kernels from core/kernels/simd/assembly: run by npm after installing (`prepare`), and by hand with
 * `npm run simd`. Four builds of the same sources, two of which are made from the others; core/kernels/simd/module.ts
 * picks one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../core/kernels/simd');

const COMMON = [
  '--disableWarning=201', // an address is 32 bits wide here: sizes and addresses may be mixed
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '256', '--maximumMemory', '65536'],
  ...['--memoryBase', '4096', '--enable', 'simd,threads'],
];

/** Builds for shared memory and for memory of a single thread. */
async function build(kind: '' | '-relaxed', settings: string[]): Promise<void> {
  const unfinished = join(FOLDER, 'build', `shared${kind}.wasm.${process.pid}`);
  const source = join(FOLDER, 'assembly/index.ts');
  const compiler = require.resolve('assemblyscript/bin/asc.js');
  const args = [compiler, source, '-o', unfinished, ...COMMON, ...settings];
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error(`the fast kernels could not be built (shared${kind})`);
  write(`single${kind}.wasm`, forOneThread(readFileSync(unfinished)));
  renameSync(unfinished, join(FOLDER, 'build', `shared${kind}.wasm`));
}

/** Several may build at once: a file is whole or not there. */
function write(name: string, bytes: Uint8Array): void {
  const file = join(FOLDER, 'build', name);
  writeFileSync(`${file}.${process.pid}`, bytes);
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * The same module for memory that is not shared. The two differ in one bit only: the import of env.memory ends with its
 * kind, 2, and flags, where 1 stands for "has a maximum" and 2 for "shared".
 */
function forOneThread(module: Buffer): Buffer {
  const memory = Buffer.from('\x03env\x06memory\x02\x03', 'latin1');
  const at = module.indexOf(memory);
  if (at < 0) throw new Error('the fast kernels could not be built: they import no shared memory');
  const changed = Buffer.from(module);
  changed[at + memory.length - 1] = 1;
  return changed;
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
  await Promise.all([build('', []), build('-relaxed', ['--enable', 'relaxed-simd'])]);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
