/**
 * The chapter's programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'recurrent-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/07-rnn-lstm-gru/${name}.ts`, [...args, '--out', out], { input });

const QUICKLY: Record<string, string[]> = {
  'by-hand': [],
  equality: ['--steps', '3'],
  unrolling: ['--x', '1,0.5'],
  sine: ['--epochs', '1'],
  fading: ['--units', '3', '--distance', '20'],
  recall: ['--steps', '25', '--distance', '5'],
  clipping: ['--steps', '20', '--rates', '0.001', '--seeds', '1'],
  truncated: ['--total', '200'],
};

describe.concurrent('scripts', { timeout: 120_000 }, () => {
  test.each(Object.entries(QUICKLY))('%s runs, draws, and says what to do next', async (name, args) => {
    const { code, stdout, stderr } = await run(name, args);
    expect([code, stderr.replace(/^training.*\n/gm, '')]).toEqual([0, '']);
    if (!['by-hand', 'equality'].includes(name)) expect(existsSync(join(out, `${name}.png`)), name).toBe(true);
    expect(stdout).toMatch(/\nNext: npx ts-node chapters\/07-rnn-lstm-gru\/\S+\.ts/);
  });

  test('a prediction', async () => {
    const { stdout } = await run('recall', ['--steps', '25', '--distance', '9', '--predict'], '1\n');
    expect(stdout).toContain('You predicted: none of them.');
  });

  test('a sequence that is too long to draw gets one line', async () => {
    const { code, stderr } = await run('unrolling', ['--x', '1,2,3,4,5,6,7,8,9']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: --x needs one to eight numbers.*\n$/);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['unrolling', '--w', 'two'],
      ['recall', '--distance', '0'],
      ['truncated', '--delay', '1'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
