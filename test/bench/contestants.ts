/** Who takes part: this repository in three ways, and what a user would take instead. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Device } from './serve';

export interface Entrant {
  title: string;
  kind: 'ours' | 'javascript' | 'native';
  /** The module in which it stands (see serve.ts). */
  who: string;
  /** Entrants that name the same one share it. */
  program: Program;
}

export interface Program {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

const cores = availableParallelism();

const serve = (args: string[], env: Record<string, string> = {}): Program => ({
  command: process.execPath,
  args: [require.resolve('ts-node/dist/bin'), join(__dirname, 'serve.ts'), ...args],
  env,
});

const OURS: Entrant[] = [
  { title: 'ours', kind: 'ours', who: 'ours', program: serve(['cpu'], { THREADS: String(cores) }) },
  { title: 'ours, 1 thread', kind: 'ours', who: 'ours', program: serve(['cpu'], { THREADS: '1' }) },
  { title: 'ours, plain kernels', kind: 'ours', who: 'ours', program: serve(['cpu'], { KERNELS: 'reference' }) },
];

const PEERS: Entrant[] = [
  { title: 'jax-js', kind: 'javascript', who: 'jax.mjs', program: serve(['cpu']) },
  { title: 'TensorFlow.js wasm', kind: 'javascript', who: 'tensorflow.mjs', program: serve(['cpu', 'wasm']) },
  { title: 'TensorFlow.js cpu', kind: 'javascript', who: 'tensorflow.mjs', program: serve(['cpu', 'cpu']) },
];

/** Both in one process, where the driver is the same and is at it once. */
const onGpu = serve(['gpu']);

const GPU: Entrant[] = [
  { title: 'ours', kind: 'ours', who: 'ours', program: onGpu },
  { title: 'jax-js', kind: 'javascript', who: 'jax.mjs', program: onGpu },
];

/** All that can take part here; `say` is told in a line who cannot. */
export function findEntrants(device: Device, say: (line: string) => void): Entrant[] {
  const havePeers = installPeers(say);
  if (device === 'gpu') return havePeers ? GPU : GPU.slice(0, 1);
  const peers = havePeers ? PEERS : [];
  const python = findPython();
  if (!python) say('PyTorch: no Python with torch and numpy found (PYTHON names another one); its lines are missing');
  return [...OURS, ...peers, ...(python ? pyTorch(python) : [])];
}

/**
 * On one thread and on all; and on one but for the products of matrices, whose library often has threads of its own
 * that PyTorch's number says nothing to. Threads that spin while they wait would take the cores from the others.
 */
function pyTorch(command: string): Entrant[] {
  const entrant = (title: string, threads: number, forProducts: number): Entrant => {
    const number = String(forProducts);
    return {
      title: `PyTorch, ${title}`,
      kind: 'native',
      who: 'pytorch.py',
      program: {
        command,
        args: [join(__dirname, 'peers/pytorch.py'), String(threads)],
        env: { OMP_WAIT_POLICY: 'PASSIVE', OPENBLAS_NUM_THREADS: number, MKL_NUM_THREADS: number },
      },
    };
  };
  const alone = entrant('1 thread', 1, 1);
  if (cores === 1) return [alone];
  return [alone, entrant(`${cores} for products`, 1, cores), entrant(`${cores} threads`, cores, cores)];
}

/** The peers are no dependency of the project: they are fetched when they are first compared with. */
function installPeers(say: (line: string) => void): boolean {
  if (existsSync(join(__dirname, 'node_modules/.package-lock.json'))) return true;
  say('Installing the peers (npm install in test/bench), once …');
  const args = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', args, {
    cwd: __dirname,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return true;
  const reason = stderr?.split('\n').find((line) => line.trim()) ?? 'npm is not there';
  say(`TensorFlow.js, jax-js: could not be installed (${reason.trim()}); their lines are missing`);
  return false;
}

function findPython(): string | undefined {
  const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter((path) => path !== undefined);
  return candidates.find((path) => spawnSync(path, ['-c', 'import numpy, torch']).status === 0);
}
