/**
 * Tales: quotation marks close, pronouns fit, titles keep their word; a real text takes their place where there is one.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Generator } from '../../core';
import { prose, proseOrFile } from '../../datasets';
import { temporaryFolder } from '../io/folder';

afterEach(() => vi.unstubAllEnvs());

describe('generated', () => {
  const text = prose(60_000, { generator: new Generator(1) });
  const tales = text.split('\n\n\n').slice(0, -1); // the last is cut off

  test('as many characters as asked for, the same from the same generator', () => {
    expect(text).toHaveLength(60_000);
    expect(prose(60_000, { generator: new Generator(1) })).toBe(text);
    expect(prose(500, { generator: new Generator(1) })).toBe(text.slice(0, 500));
    expect(prose(500, { generator: new Generator(2) })).not.toBe(text.slice(0, 500));
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text).not.toContain('undefined');
    expect(() => prose(0)).toThrow('prose: count is a whole number from 1 up, not 0');
  });

  test('each tale is about the thing of its title', () => {
    expect(tales.length).toBeGreaterThan(50);
    for (const tale of tales) {
      const [title, opening, ...rest] = tale.split('\n\n');
      expect(title).toMatch(/^THE [A-Z]+ [A-Z]+$/);
      expect(opening).toContain(title.slice(4).toLowerCase());
      expect(rest.length).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(tales).size).toBe(tales.length);
  });

  test('quotation marks close, and who speaks is one of two', () => {
    for (const tale of tales) {
      for (const paragraph of tale.split('\n')) expect(paragraph.split('"').length % 2).toBe(1);
      const speakers = [...tale.matchAll(/(?:asked|said|thought|Then) ([A-Z]\w+)/g)].map(([, name]) => name);
      expect(new Set(speakers).size).toBeLessThanOrEqual(2);
    }
  });

  test('a pronoun fits its name, in all tales alike', () => {
    const seen = [...text.matchAll(/([A-Z][a-z]+) lived near the [\w ]+\. One day (he|she) lost (his|her)/g)];
    const kept = [...text.matchAll(/to ([A-Z][a-z]+), and (he|she) kept it all (his|her) life/g)];
    expect(seen.length).toBeGreaterThan(5);
    expect(kept.length).toBeGreaterThan(5);
    const genders = new Map<string, string>();
    for (const [, name, he, his] of [...seen, ...kept]) {
      expect(his).toBe(he === 'he' ? 'his' : 'her');
      expect(genders.get(name) ?? he).toBe(he);
      genders.set(name, he);
    }
  });
});

describe('proseOrFile', () => {
  const folder = temporaryFolder();
  const shakespeare = join(folder, 'text', 'tinyshakespeare.txt');

  test('without a file there are tales', async () => {
    vi.stubEnv('DATASETS_DIR', folder);
    rmSync(shakespeare, { force: true });
    const { text, source } = await proseOrFile({ length: 300, generator: new Generator(5) });
    expect(text).toBe(prose(300, { generator: new Generator(5) }));
    expect(source).toBe('300 characters of generated tales (DATASETS_DIR has no text/tinyshakespeare.txt)');
    expect((await proseOrFile()).text).toHaveLength(200_000);
    await expect(proseOrFile({ length: 0 })).rejects.toThrow('proseOrFile: length: count is a whole number from 1 up');
  });

  test('a real text, an own one, and one of DATASETS_DIR', async () => {
    vi.stubEnv('DATASETS_DIR', folder);
    mkdirSync(join(folder, 'text'), { recursive: true });
    writeFileSync(shakespeare, 'To be, or not to be');
    writeFileSync(join(folder, 'text', 'other.txt'), gzipSync('Straße 😀!'));
    expect(await proseOrFile()).toEqual({
      text: 'To be, or not to be',
      source: '19 characters of text/tinyshakespeare.txt',
    });
    expect((await proseOrFile({ length: 5 })).text).toBe('To be');
    expect((await proseOrFile({ path: 'text/other.txt', length: 8 })).text).toBe('Straße 😀');
    const path = join(folder, 'text', 'other.txt');
    expect(await proseOrFile({ path })).toEqual({ text: 'Straße 😀!', source: `9 characters of ${path}` });
  });

  test('missing, empty and foreign files', async () => {
    vi.stubEnv('DATASETS_DIR', folder);
    const path = join(folder, 'bad.txt');
    await expect(proseOrFile({ path })).rejects.toThrow(`cannot read ${path}: there is no such file or folder`);
    await expect(proseOrFile({ path: folder })).rejects.toThrow('it is a folder, not a file');
    writeFileSync(path, '');
    await expect(proseOrFile({ path })).rejects.toThrow(`${path}: it is empty`);
    writeFileSync(path, Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    await expect(proseOrFile({ path })).rejects.toThrow(`${path}: it is no text in UTF-8`);
  });
});
