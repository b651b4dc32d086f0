/**
 * Runs TypeScript files as child processes, at most two at a time, and collects what they print.
 */
import { spawn } from 'node:child_process';

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunSettings {
  env?: NodeJS.ProcessEnv;
  /** What the script finds on standard input; nothing unless given. */
  input?: string;
  cwd?: string;
}

const AT_ONCE = 2;
const LIMIT = 300_000; // milliseconds

let running = 0;
const waiting: (() => void)[] = [];

export async function runScript(file: string, args: string[] = [], settings: RunSettings = {}): Promise<Run> {
  if (running === AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await start([require.resolve('ts-node/dist/bin'), file, ...args], settings);
  } finally {
    const next = waiting.shift(); // it takes over this one's place
    if (next) next();
    else running--;
  }
}

function start(args: string[], { env = {}, input = '', cwd }: RunSettings): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, timeout: LIMIT });
    const run: Run = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (run.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (run.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...run, code }));
    child.stdin.on('error', () => {}); // a script that ends without reading closes the pipe
    child.stdin.end(input);
  });
}
