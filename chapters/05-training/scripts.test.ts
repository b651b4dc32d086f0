/**
 * The chapter's programs as a reader runs them. (Those of the experiments are tried in experiments.test.ts.)
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'training-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/05-training/${name}.ts`, [...args, '--out', out], { input });

const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  ['moons', ['--starts', '1', '--epochs', '5'], ['moons', 'moons-curves']],
  ['overfitting', ['--starts', '1', '--steps', '40'], ['overfitting']],
  ['blobs', ['--starts', '1', '--epochs', '3'], ['blobs']],
  ['iris', ['--starts', '1'], ['iris']],
  ['digits', ['--quick'], ['digits', 'digits-wrong', 'digits-confusion']],
  ['metrics', ['--payments', '1000'], ['roc']],
  ['styles', [], ['branches']],
  ['saving', ['--epochs', '2'], []],
];

describe.concurrent('scripts', { timeout: 120_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout } = await run(name, args);
    expect(code).toBe(0);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('a prediction that was not', async () => {
    const { stdout } = await run('overfitting', ['--starts', '1', '--steps', '20', '--predict'], 'about 50 %\n');
    expect(stdout).toContain('You predicted: about 50 %. The experiment says: about 70 %.');
  });

  test('a prediction that was right', async () => {
    const { stdout } = await run('metrics', ['--predict'], '1\n');
    expect(stdout).toContain('You predicted: fewer than a third. You were right.');
  });

  test('the log is written for TensorBoard, training and validation apart', async () => {
    const log = join(out, 'runs');
    await run('metrics', ['--payments', '500', '--log', log]);
    for (const part of ['train', 'validation'])
      expect(readdirSync(join(log, part))).toEqual([expect.stringMatching(/^events\.out\.tfevents\./)]);
  });

  test('other rates', async () => {
    const { stdout } = await run('moons', ['--rates', '0.03', '--epochs', '2', '--starts', '1']);
    expect(stdout).toMatch(/^ +0\.03 {2}test /m);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['moons', '--rates', 'fast'],
      ['overfitting', '--points', '1'],
      ['blobs', '--epochs', '0'],
      ['iris', '--rate', '0.1'],
      ['digits', '--training', '100'],
      ['metrics', '--log'],
      ['styles', '--epochs', '1.5'],
      ['saving', '--file', 'x'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await runScript(`chapters/05-training/${name}.ts`, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
