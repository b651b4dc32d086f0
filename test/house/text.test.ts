/**
 * What every text file must keep: no trace of the machine it was written on, and lines that fit a screen.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../tools/files';

const texts = listFiles()
  .filter((file) => !/\.(png|jpg|wasm|safetensors|bin)$/.test(file))
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n') }));

/** `file:line: text` for every line the predicate picks. */
const find = (files: typeof texts, picks: (line: string) => boolean): string[] =>
  files.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (picks(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 160)}`] : [])),
  );

const LONGEST = 120;
const homeOrWorkFolder = /(?<![\w.~-])\/(home|Users|root|work)\/[\w.-]+/;
const registryHost = /\bregistry\.[\w-]+\.\w+/;

describe('the patterns', () => {
  test.each(['see /home/ada/x', '"/Users/ada"', 'at /work/ada/core', 'file:///root/a'])('find %s', (line) => {
    expect(line).toMatch(homeOrWorkFolder);
  });
  test.each(['network/work/x', '../work/x', 'https://example.org/work'])('let %s pass', (line) => {
    expect(line).not.toMatch(homeOrWorkFolder);
  });
  test('find a registry', () => expect(['https://registry', 'npmjs.org/a'].join('.')).toMatch(registryHost));
});

describe('every text file', () => {
  const others = texts.filter(({ file }) => file !== 'test/house/text.test.ts');

  test('names no home or work folder', () => {
    expect(find(others, (line) => homeOrWorkFolder.test(line) || line.includes(process.cwd()))).toEqual([]);
  });

  test('names no package registry', () => {
    expect(find(texts, (line) => registryHost.test(line))).toEqual([]);
  });

  test(`of code has lines of at most ${LONGEST} characters`, () => {
    const code = texts.filter(({ file }) => /\.(ts|mts|js|mjs|wgsl|sh|py)$/.test(file));
    expect(find(code, (line) => [...line].length > LONGEST)).toEqual([]);
  });

  test(`of prose has lines of at most ${LONGEST} characters, tables and links apart`, () => {
    const prose = texts.filter(({ file }) => file.endsWith('.md'));
    const mayBeLong = (line: string) => line.startsWith('|') || line.includes('](') || line.startsWith('<!--');
    expect(find(prose, (line) => [...line].length > LONGEST && !mayBeLong(line))).toEqual([]);
  });
});
