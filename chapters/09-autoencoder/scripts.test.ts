/**
 * The chapter's programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'autoencoder-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/09-autoencoder/${name}.ts`, [...args, '--out', out], { input });

const SMALL = ['--training', '256', '--test', '100', '--epochs', '1'];

const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  ['k-means', ['--starts', '10', '--points', '60'], ['k-means', 'k-means-starts']],
  ['autoencoder', SMALL, ['reconstructions']],
  ['pca', [...SMALL, '--widths', '2'], ['pca', 'pca-components']],
  ['latent', SMALL, ['latent', 'latent-sheet']],
  ['denoising', SMALL, ['denoising', 'denoising-bar']],
  ['convolutional', SMALL, ['coverage', 'chessboard', 'convolutional']],
  ['variational', SMALL, ['variational', 'variational-maps', 'variational-sheet']],
  ['siamese', ['--steps', '5'], ['siamese']],
];

describe.concurrent('scripts', { timeout: 240_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout } = await run(name, args);
    expect(code).toBe(0);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('anomaly: a prediction, the answer to it, and its pictures', async () => {
    const { stdout } = await run('anomaly', [...SMALL, '--digits', '1,4', '--predict'], 'a digit upside down\n');
    expect(stdout).toMatch(/You predicted: a digit upside down\. The experiment says: (snow|an empty picture)\./);
    for (const figure of ['anomaly', 'anomaly-roc', 'anomaly-odd'])
      expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
  });

  test('k-means: a prediction that was not', async () => {
    const { stdout } = await run('k-means', ['--predict'], 'all 100\n');
    expect(stdout).toContain('You predicted: all 100. The experiment says: about 75.');
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['k-means', '--points', '3'],
      ['autoencoder', '--width', '0'],
      ['pca', '--widths', 'two'],
      ['latent', '--training', '5'],
      ['denoising', '--noise', '-1'],
      ['anomaly', '--digit', '1'],
      ['convolutional', '--epochs', '0'],
      ['variational', '--weight', 'none'],
      ['siamese', '--pairs', '1'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
