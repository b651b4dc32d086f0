/**
 * The chapter's programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'attention-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/10-attention-transformer/${name}.ts`, [...args, '--out', out], { input });

const PROGRAMS: Record<string, { args?: string[]; figures: string[] }> = {
  'four-words': { figures: ['four-words', 'meaning'] },
  heads: { figures: ['heads'] },
  masks: { figures: ['masks'] },
  order: { args: ['--length', '3', '--steps', '5'], figures: ['positions', 'waves', 'reverse'] },
  equal: { figures: ['blocks', 'transformer'] },
  cost: { figures: ['cost'] },
  depth: { args: ['--length', '3', '--depth', '2', '--steps', '10'], figures: ['depth'] },
};

describe('scripts', { timeout: 120_000 }, () => {
  test.each(Object.entries(PROGRAMS))('%s runs, draws, and says what to do next', async (name, { args, figures }) => {
    const { code, stdout } = await run(name, args);
    expect(code).toBe(0);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: (npx ts-node chapters\/10-attention-transformer\/\S+\.ts|npm run exercises 10)/);
  });

  test('a prediction that was wrong', async () => {
    const { stdout } = await run('scaling', ['--predict', '--widths', '1,64'], '2\n');
    expect(stdout).toContain('You predicted: about 30 %. The experiment says: more than 80 %.');
    expect(existsSync(join(out, 'scaling.png'))).toBe(true);
  });

  test('a prediction of the ablations', async () => {
    const { stdout } = await run('ablations', ['--predict', '--length', '3', '--depth', '1', '--steps', '10'], '1\n');
    expect(stdout).toContain('You predicted: residuals.');
  });

  test('wrong flags get one line and exit code 2', async () => {
    for (const [name, ...args] of [
      ['four-words', '--bank', '1'],
      ['order', '--length', '99'],
      ['ablations', '--rat', '1'],
      ['cost', '--width', 'wide'],
    ]) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });

  test('heads that do not divide the width get one line', async () => {
    const { code, stderr } = await run('cost', ['--heads', '5']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: MultiheadAttention: embedDim 64 does not divide into 5 heads.*\n$/);
  });
});
