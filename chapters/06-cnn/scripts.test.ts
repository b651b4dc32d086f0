/**
 * The scripts run, draw their figures, answer predictions, and refuse bad flags.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'cnn-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/06-cnn/${name}.ts`, [...args, '--out', out], { input, env: { DATASETS_DIR: '' } });

const SMALL_TEXT = ['--reviews', '100', '--test', '50', '--epochs', '1', '--length', '40', '--filters', '8'];

const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  ['sliding', [], ['sliding', 'padding']],
  ['readings', [], []],
  ['edges', ['--side', '24'], ['edges']],
  ['pooling', [], ['pooling']],
  ['sizes', [], ['fields']],
  ['digits', ['--training', '128', '--test', '100', '--epochs', '1'], []],
  ['seeing', ['--training', '128'], ['filters', 'maps', 'saliency']],
  [
    'classifier',
    ['--training', '100', '--test', '50', '--filters', '2', '--epochs', '1'],
    ['classifier', 'colour-pictures'],
  ],
  ['text', SMALL_TEXT, ['reading']],
];

describe.concurrent('scripts', { timeout: 120_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout } = await run(name, args);
    expect(code).toBe(0);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('a prediction', async () => {
    const args = ['--training', '500', '--test', '50', '--epochs', '2', '--predict'];
    const { code, stdout } = await run('shifted', args, 'all three\n');
    expect(code).toBe(0);
    expect(stdout).toContain('You predicted: all three.');
    expect(existsSync(join(out, 'shifted.png'))).toBe(true);
  });

  test('other sizes', async () => {
    const { stdout } = await run('sliding', ['--size', '28', '--kernel', '5']);
    expect(stdout).toMatch(/^valid +1 +0 \+ 0 +24$/m);
    const { stdout: none } = await run('sliding', ['--size', '3', '--kernel', '8']);
    expect(none).toMatch(/^valid +1 +0 \+ 0 +0$/m);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['sliding', '--size', '0'],
      ['readings', '--quickly'],
      ['edges', '--side', '5000'],
      ['pooling', '--seed', 'x'],
      ['sizes', '--side', '10'],
      ['digits', '--training', '12'],
      ['seeing', '--digit', '10'],
      ['shifted', '--epochs', '0'],
      ['classifier', '--filters', '1.5'],
      ['text', '--width', '11'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await runScript(`chapters/06-cnn/${name}.ts`, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
