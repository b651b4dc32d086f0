/**
 * `npm run lessons [part of a path …]`: writes into the lessons what their scripts print and their files say now.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { listFiles } from './files';
import { findBlocks, replaceBlocks } from './lessons/blocks';
import { readLesson } from './lessons/lesson';

async function main(names: string[]): Promise<void> {
  const lessons = listFiles()
    .filter((file) => file.endsWith('README.md') && (names.length === 0 || names.some((name) => file.includes(name))))
    .filter((file) => findBlocks(readFileSync(file, 'utf8'), file).length > 0);
  if (lessons.length === 0) throw new Error(`no lesson with quoted blocks matches "${names.join(' ')}"`);
  await Promise.all(lessons.map(rewrite));
}

async function rewrite(file: string): Promise<void> {
  const { text, blocks, stale, errors } = await readLesson(file);
  if (stale.length > 0) writeFileSync(file, replaceBlocks(text, stale));
  console.log(`${file}: ${stale.length} of ${blocks} blocks rewritten`);
  for (const error of errors) console.error(error);
  if (errors.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
