/** npm run chapters:verify on claims that are kept, broken and endless; and the chapters' own claims, unrun. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../tools/files';
import { runScript } from '../../tools/run';
import { boundText, choose, holds, median, type Place } from '../../tools/verify/claims';

const tool = join(__dirname, '../../tools/verify.ts');
const cwd = join(__dirname, 'fixtures/house');

describe.concurrent('the tool', () => {
  test('a claim that is kept: a row with all that was measured, exit 0', async () => {
    const { code, stdout } = await runScript(tool, ['01', 'true'], { cwd });
    const [heads, , row, , end] = stdout.split('\n');
    expect(heads.split(/ {2,}/)).toEqual([
      'chapter',
      'script',
      'figure',
      'bound',
      'seeds',
      'median',
      'spread',
      'seconds',
      'memory',
      'held',
      'data',
    ]);
    expect(row).toMatch(
      /^01-dice +dice\.ts +true: twice the seed +4 to 4 +5 +4 +0 to 8 +\d+\.\d +\d+ MiB +yes +dice \(pretended\)$/,
    );
    const memory = Number(/(\d+) MiB/.exec(row)?.[1]);
    expect(memory).toBeGreaterThan(30); // what Node itself takes
    expect(memory).toBeLessThan(4096);
    expect([end, code]).toEqual(['1 of 1 claims held', 0]);
  });

  test('one that is not, and one that throws: told, the others still run, exit 1', async () => {
    const { code, stdout } = await runScript(tool, ['true', 'false', 'broken'], { cwd });
    expect(stdout).toMatch(/true: twice the seed .+ yes /);
    expect(stdout).toMatch(/false: the seed +≥ 0\.75 +2 +0\.5 +0 to 1 .+ NO /);
    expect(stdout).toMatch(/broken +≤ 1 +5 +0 +0 to 0 .+ FAILED .+\n {4}seed 1: the cup is empty\n/);
    expect(stdout).toMatch(/\n1 of 3 claims held\n$/);
    expect(code).toBe(1);
  });

  test('words that match nothing: one line', async () => {
    const { code, stdout, stderr } = await runScript(tool, ['01', 'chess'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('error: no claim matches "chess"; there are claims of 01 dice.ts, 01 cup.ts\n');
  });
});

test('Ctrl-C ends the tool, and the claim that does not listen to it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-test-'));
  const heartbeat = join(folder, 'heartbeat');
  const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const beats = () => (existsSync(heartbeat) ? readFileSync(heartbeat).length : 0);
  try {
    const env = { ...process.env, HEARTBEAT: heartbeat };
    const own = spawn(process.execPath, [require.resolve('ts-node/dist/bin'), tool, 'endless'], { cwd, env });
    let stderr = '';
    own.stderr.on('data', (text) => (stderr += text));
    while (beats() === 0) await later(20);
    own.kill('SIGINT');
    const code = await new Promise((resolve) => own.on('close', resolve));
    expect([stderr, code]).toEqual(['stopped by Ctrl-C\n', 130]);
    const last = beats();
    await later(300);
    expect(beats()).toBe(last);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('choosing', () => {
  const place = (chapter: string, script: string, figure: string): Place => {
    const run = async () => ({ value: 0, data: '' });
    return { chapter, file: '', index: 0, claim: { script, figure, bound: { atLeast: 0 }, run } };
  };
  const moons = place('05-training', 'moons.ts', 'accuracy');
  const blobs = place('05-training', 'blobs.ts', 'accuracy');
  const xor = place('03-backprop', 'xor.ts', 'starts');
  const all = [moons, blobs, xor];

  test.each<[words: string[], chosen: Place[]]>([
    [[], all],
    [['05'], [moons, blobs]],
    [
      ['03-back', '05', 'moons', 'xor'],
      [moons, xor],
    ],
    [['accuracy'], [moons, blobs]],
  ])('%j', (words, chosen) => expect(choose(all, words)).toEqual(chosen));

  test('words that do not go together', () => {
    expect(() => choose(all, ['03', 'moons'])).toThrow('no claim matches "03 moons" taken together');
  });
});

test('bounds hold at their ends; NaN is held by none', () => {
  for (const bound of [{ atLeast: 2 }, { atMost: 2 }, { between: [1, 2] as [number, number] }]) {
    expect([holds(bound, 2), holds(bound, NaN)]).toEqual([true, false]);
  }
  expect([holds({ atLeast: 2 }, 1.9), holds({ atMost: 2 }, 2.1), holds({ between: [1, 2] }, 0.9)]).not.toContain(true);
  expect([{ atLeast: 0.99 }, { atMost: 2 }].map(boundText)).toEqual(['≥ 0.99', '≤ 2']);
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

const claimFiles = listFiles('chapters').filter((file) => /claims\.ts$/.test(file) && !file.includes('/shared/'));
const chapterOf = (file: string) => file.split('/').slice(0, 2).join('/');
const scriptsIn = (file: string) => [...readFileSync(file, 'utf8').matchAll(/'([\w-]+\.ts)'/g)].map(([, name]) => name);

test.each([...new Set(claimFiles.map(chapterOf))])('the claims of %s speak of scripts that are there', (chapter) => {
  const scripts = claimFiles.filter((file) => chapterOf(file) === chapter).flatMap(scriptsIn);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((name) => !existsSync(join(chapter, name)))).toEqual([]);
});
