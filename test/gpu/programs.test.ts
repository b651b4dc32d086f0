/**
 * Programs with a GPU at work: however they end, they end at once; what goes wrong on the GPU is said in one line.
 */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { describeGpuPrograms } from '../support/gpu';

interface End {
  code: number | null;
  signal: string | null;
  stderr: string;
  /** Milliseconds from the program's last word to its end. */
  took: number;
}

function run(way: string, onNow: (kill: (signal: NodeJS.Signals) => void) => void = () => {}): Promise<End> {
  const child = spawn(process.execPath, [require.resolve('ts-node/dist/bin'), 'test/gpu/program.ts', way]);
  let [stderr, since] = ['', 0];
  child.stdout.on('data', () => {
    since = performance.now();
    onNow((signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stderr, took: performance.now() - since })),
  );
}

const SECOND = 1000;

describeGpuPrograms('a program with a GPU at work', () => {
  test('ends when it has nothing more to do', async () => {
    const { code, took } = await run('ends');
    expect(code).toBe(0);
    expect(took).toBeLessThan(SECOND);
  });

  test('ends at an exception', async () => {
    const { code, stderr, took } = await run('throws');
    expect([code, stderr]).toEqual([1, 'error: an error of the program\n']);
    expect(took).toBeLessThan(SECOND);
  });

  test('ends at process.exit', async () => {
    const { code, took } = await run('exits');
    expect(code).toBe(3);
    expect(took).toBeLessThan(SECOND);
  });

  test('ends at Ctrl-C', async () => {
    const { code, signal, took } = await run('waits', (kill) => kill('SIGINT'));
    expect([code, signal]).toEqual([null, 'SIGINT']);
    expect(took).toBeLessThan(SECOND);
  });

  test('says that the GPU was lost', async () => {
    const { code, stderr } = await run('lost');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: the gpu was lost .*: start the program again\n$/),
    ]);
  });

  test('says that its memory is not enough', async () => {
    const { code, stderr } = await run('too much');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: out of memory on the gpu: 12\.00 GiB asked for/),
    ]);
  });
});
