/**
 * Lessons cannot lie: what they quote is what their scripts print and their files say. Scripts that no lesson
 * quotes run as well. What chapters 06 to 10 print is checked by `npm run test:all`, for they train for minutes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { isScript, listFiles } from '../../tools/files';
import { findBlocks } from '../../tools/lessons/blocks';
import { complaint, readLesson } from '../../tools/lessons/lesson';
import { runScript } from '../../tools/run';

const runs = (file: string) => !!process.env.ALL_TESTS || !/^chapters\/(0[6-9]|10)-/.test(file);

const LIMIT = 300_000; // milliseconds: they wait for each other, two at a time

const lessons = listFiles()
  .filter((file) => file.endsWith('README.md'))
  .map((file) => ({ file, blocks: findBlocks(readFileSync(file, 'utf8'), file) }))
  .filter(({ blocks }) => blocks.length > 0);

const quoted = lessons.flatMap(({ file, blocks }) =>
  blocks.filter(({ kind }) => kind === 'output').map((block) => join(dirname(file), block.file)),
);
const others = listFiles('chapters')
  .filter((file) => isScript(file, readFileSync(file, 'utf8')))
  .filter((file) => runs(file) && !quoted.includes(file));

test.concurrent.each(lessons)('$file shows what is true', { timeout: LIMIT }, async ({ file }) => {
  expect(complaint(await readLesson(file, { run: runs(file) }))).toBe('');
});

test.concurrent.each(others)('%s, which no lesson quotes, runs', { timeout: LIMIT }, async (script) => {
  const figures = mkdtempSync(join(tmpdir(), 'figures-'));
  const { code, stderr } = await runScript(script, ['--quick', '--out', figures]);
  rmSync(figures, { recursive: true });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
});

test('there are lessons', () => expect(lessons.length).toBeGreaterThan(0));
