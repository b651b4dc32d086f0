/**
 * The chapter's programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'activations-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/04-activations/${name}.ts`, [...args, '--out', out], { input });

const FIGURES: Record<string, string[]> = {
  bend: ['bend'],
  curves: ['curves'],
  softmax: ['temperature'],
  saturation: ['saturation'],
  vanishing: ['vanishing'],
  dying: ['dying'],
};

describe.concurrent('scripts', { timeout: 90_000 }, () => {
  test.each(Object.entries(FIGURES))('%s runs, draws, and says what to do next', async (name, figures) => {
    const { code, stdout, stderr } = await run(name);
    expect([code, stderr]).toEqual([0, '']);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: (npx ts-node chapters\/04-activations\/\S+\.ts|npm run exercises 04)/);
  });

  test('learning with few steps', async () => {
    const { code, stdout } = await run('learning', ['--depth', '2', '--steps', '5']);
    expect(code).toBe(0);
    expect(stdout.match(/^(Xavier|He) +(SGD|Adam)( +\d\.\d{3}){3}$/gm)).toHaveLength(4);
  });

  test('a prediction that was right', async () => {
    const { stdout } = await run('vanishing', ['--depth', '12', '--width', '32', '--predict'], '3\n');
    expect(stdout).toContain('You predicted: all about the same. You were right.');
  });

  test('a prediction that was not', async () => {
    const { stdout } = await run('saturation', ['--predict'], 'twice as many\n');
    expect(stdout).toContain('You predicted: twice as many. The experiment says: more than 20 times as many.');
  });

  test('one score alone gets one line', async () => {
    const { code, stderr } = await run('softmax', ['--scores', '3']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: --scores needs two numbers or more.*\n$/);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['bend', '--pieces', '0'],
      ['curves', '--z', 'two'],
      ['softmax', '--score', '1,2'],
      ['saturation', '--rate', '-1'],
      ['vanishing', '--depth', '1'],
      ['learning', '--steps', '2.5'],
      ['dying', '--units'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
