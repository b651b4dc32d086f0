/**
 * The chapter's programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from '../../tools/run';

const out = mkdtempSync(join(tmpdir(), 'backprop-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/03-backprop/${name}.ts`, [...args, '--out', out], { input });

const FIGURES: Record<string, string[]> = {
  losses: ['losses'],
  slope: ['secants', 'step-size'],
  'chain-rule': ['chain-rule'],
  engine: ['parabola-graph', 'neuron-graph'],
  'three-ways': ['core-graph'],
  descent: ['descent', 'forgotten'],
};

describe.concurrent('scripts', { timeout: 90_000 }, () => {
  test.each(Object.entries(FIGURES))('%s runs, draws, and says what to do next', async (name, figures) => {
    const { code, stdout, stderr } = await run(name, ['--quick']);
    expect([code, stderr]).toEqual([0, '']);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: npx ts-node chapters\/03-backprop\/\S+\.ts/);
  });

  test('slope at another place', async () => {
    const { stdout } = await run('slope', ['--x', '-1.5']);
    expect(stdout.match(/ {2}0\.000000$/gm)).toHaveLength(4); // the lowest point, four ways
  });

  test('a prediction that was right', async () => {
    expect((await run('slope', ['--predict'], '2\n')).stdout).toContain('You predicted: 0.00001. You were right.');
  });

  test('a prediction that was not: a quarter turn of the valley changes nothing', async () => {
    const { stdout } = await run('valley', ['--angle', '90', '--predict'], 'all four\n');
    expect(stdout).toContain('You predicted: all four. The experiment says: none of them.');
    expect(existsSync(join(out, 'valley.png'))).toBe(true);
  });

  test('descent with another rate prints its closed form', async () => {
    const { stdout } = await run('descent', ['--start', '3', '--rate', '0.25', '--steps', '4']);
    expect(stdout).toContain('3 · (1 − 2·0.25)^4 = 0.187500');
    expect(stdout).toContain('   4  0.187500');
  });

  test('xor with few starts', async () => {
    const { code, stdout } = await run('xor', ['--starts', '10', '--quick', '--predict'], '2\n');
    expect(code).toBe(0);
    const [, learned, failed] = /^4 ReLU +17 +(\d+) +(\d+)$/m.exec(stdout) ?? [];
    expect(Number(learned) + Number(failed)).toBe(10);
    for (const figure of ['xor-successes', 'xor-lives', 'xor-fates']) {
      expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    }
  });

  test('two lists of different length get one line', async () => {
    const { code, stderr } = await run('losses', ['--predictions', '1,2']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: 3 targets need as many predictions, not 2: give both flags.*\n$/);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['losses', '--target', '1'],
      ['slope', '--x', 'two'],
      ['chain-rule', '--target', '3'],
      ['engine', '--steps', '5'],
      ['descent', '--rate', '-1'],
      ['valley', '--steps', '0'],
      ['xor', '--units', '2.5'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
