/** Saves that cannot be lost: a writer is killed again and again, and the file is always whole. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../core/io';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const drafts = (inside = folder) => readdirSync(inside).filter((name) => name.endsWith('.tmp'));

test('writes text and bytes, over what was there, into folders that are not there yet', async () => {
  await writeAtomically(join(folder, 'a/b/text'), 'one');
  await writeAtomically(join(folder, 'a/b/text'), 'two');
  await writeAtomically(join(folder, 'bytes'), [Buffer.from('12'), new Uint8Array(0), Buffer.from('3')]);
  expect(read('a/b/text')).toBe('two');
  expect(read('bytes')).toBe('123');
});

test('keeps the old file when the new one cannot be finished', async () => {
  const path = join(folder, 'kept');
  await writeAtomically(path, 'old');
  const content = (function* () {
    yield Buffer.from('half of the');
    throw new Error('the tensors ran out');
  })();
  await expect(writeAtomically(path, content)).rejects.toThrow(`cannot write ${path}: the tensors ran out`);
  expect(read('kept')).toBe('old');
  expect(drafts()).toEqual([]);
});

test('writes through a link', async () => {
  writeFileSync(join(folder, 'behind'), 'old');
  symlinkSync('behind', join(folder, 'link'));
  await writeAtomically(join(folder, 'link'), 'new');
  expect(readlinkSync(join(folder, 'link'))).toBe('behind');
  expect(read('behind')).toBe('new');
});

test('two saves at the same time leave one of the two files', async () => {
  const contents = ['a', 'b', 'c'].map((letter) => letter.repeat(100_000));
  await Promise.all(contents.map((content) => writeAtomically(join(folder, 'contested'), content)));
  expect(contents).toContain(read('contested'));
  expect(drafts()).toEqual([]);
});

test('clears away the drafts of the dead, and only those', async () => {
  const inside = join(folder, 'drafts');
  mkdirSync(inside);
  const dead = 2 ** 22 + 1; // no process has a number as high as that
  const others = [`x.${process.pid}-99.tmp`, `xy.${dead}-1.tmp`, `x.${dead}-1.tmp.old`, 'x.tmp'];
  for (const name of [...others, `x.${dead}-1.tmp`]) writeFileSync(join(inside, name), '');
  await writeAtomically(join(inside, 'x'), '');
  expect(readdirSync(inside).sort()).toEqual([...others, 'x'].sort());
});

test('says what is in the way', async () => {
  await expect(writeAtomically(join(folder, 'bytes', 'x'), '')).rejects.toThrow(
    /cannot write .*bytes.x: .*(file|folder)/,
  );
});

/* ------------------------------------------------------------------------------------- a killed process */

const KILLS = 20;
const SIZE = 400_000;

/** A program that overwrites the file for ever, with a's and b's in turns, and prints a dot after every save. */
function writeProgram(): string {
  for (const name of ['atomic', 'files']) {
    const source = readFileSync(join('core/io', `${name}.ts`), 'utf8');
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
    writeFileSync(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText);
  }
  const program = join(folder, 'program.js');
  const body = `
    const { writeAtomically } = require('./atomic.js');
    const chunks = (letter) => Array.from({ length: 10 }, () => Buffer.alloc(${SIZE / 10}, letter));
    (async () => {
      for (let i = 0; ; i++) {
        await writeAtomically(process.argv[2], chunks('ab'[i % 2]));
        process.stdout.write('.');
      }
    })();`;
  writeFileSync(program, body);
  return program;
}

/** Waits for the first save, then for so many milliseconds, and kills. */
function killAfter(child: ChildProcess, delay: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr?.on('data', (text) => {
      errors += text;
    });
    child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), delay));
    child.on('close', (_, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(errors))));
  });
}

test(`${KILLS} times killed in the middle of saving: the file is whole`, async () => {
  const inside = join(folder, 'killed');
  mkdirSync(inside);
  const path = join(inside, 'weights');
  const program = writeProgram();
  let caught = 0; // kills that fell into a save
  for (let kill = 0; kill < KILLS; kill++) {
    await killAfter(spawn(process.execPath, [program, path]), (kill * 7) % 11);
    const text = readFileSync(path, 'latin1');
    expect(text.length).toBe(SIZE);
    expect(['a', 'b']).toContain(text[0]);
    expect(text).toBe(text[0].repeat(SIZE));
    expect(drafts(inside).length).toBeLessThanOrEqual(1);
    caught += drafts(inside).length;
  }
  expect(caught).toBeGreaterThan(0);
  await writeAtomically(path, 'at last');
  expect(readdirSync(inside)).toEqual(['weights']);
});
