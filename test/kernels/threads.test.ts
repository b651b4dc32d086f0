/** The number of threads changes the time, not one bit of the result. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

function digests(threads: number): [string, string][] {
  const env = { ...process.env, THREADS: String(threads) };
  const args = ['-r', 'ts-node/register', 'test/kernels/digests.ts'];
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 }));
}

test('1, 2 and 5 threads leave the same bits', { timeout: 240_000 }, () => {
  const alone = digests(1);
  expect(alone.length).toBeGreaterThan(0);
  for (const threads of [2, 5]) expect(digests(threads), `${threads} threads`).toEqual(alone);
});
