/** Who takes part: this repository in three ways, and what a user would take instead. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export interface Entrant {
  title: string;
  kind: 'ours' | 'javascript' | 'native';
  command: string;
  args: string[];
  env?: Record<string, string>;
}

const cores = availableParallelism();
const serve = [require.resolve('ts-node/dist/bin'), join(__dirname, 'serve.ts')];

const node = (title: string, kind: Entrant['kind'], args: string[], env: Record<string, string> = {}): Entrant => ({
  title,
  kind,
  command: process.execPath,
  args: [...serve, ...args],
  env,
});

const OURS: Entrant[] = [
  node('ours', 'ours', ['ours'], { THREADS: String(cores) }),
  node('ours, 1 thread', 'ours', ['ours'], { THREADS: '1' }),
  node('ours, plain kernels', 'ours', ['ours'], { KERNELS: 'reference' }),
];

const PEERS: Entrant[] = [
  node('jax-js', 'javascript', ['jax.mjs']),
  node('TensorFlow.js wasm', 'javascript', ['tensorflow.mjs', 'wasm']),
  node('TensorFlow.js cpu', 'javascript', ['tensorflow.mjs', 'cpu']),
];

/** All that can take part here; `say` is told in a line who cannot. */
export function findEntrants(say: (line: string) => void): Entrant[] {
  const peers = installPeers(say) ? PEERS : [];
  const python = findPython();
  if (!python) say('PyTorch: no Python with torch and numpy found (PYTHON names another one); its lines are missing');
  return [...OURS, ...peers, ...(python ? pyTorch(python) : [])];
}

/** Threads that spin while they wait would take the cores from the others. */
function pyTorch(command: string): Entrant[] {
  return [...new Set([1, cores])].map((threads) => ({
    title: `PyTorch, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    kind: 'native',
    command,
    args: [join(__dirname, 'peers/pytorch.py'), String(threads)],
    env: { OMP_WAIT_POLICY: 'PASSIVE' },
  }));
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
