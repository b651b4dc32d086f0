/**
 * Names: generated ones have a sound to learn; a real file is read, a damaged one refused.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Generator } from '../../core';
import { names, namesOrGenerated } from '../../datasets';
import { temporaryFolder } from '../io/folder';

afterEach(() => vi.unstubAllEnvs());

describe('generated', () => {
  const many = names(4000, { generator: new Generator(1) });

  test('are short words of lower-case letters, most of them different', () => {
    expect(many.filter((name) => !/^[a-z]{2,14}$/.test(name))).toEqual([]);
    expect(new Set(many).size).toBeGreaterThan(2000);
    expect(names(4000, { generator: new Generator(1) })).toEqual(many);
    expect(names(9, { generator: new Generator(2) })).not.toEqual(many.slice(0, 9));
  });

  test('have a sound: a letter tells much about the next', () => {
    const entropy = (counts: Iterable<number>): number => {
      const all = [...counts];
      const total = all.reduce((sum, count) => sum + count, 0);
      return all.reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0);
    };
    const tally = (items: string[]) => {
      const counts = new Map<string, number>();
      for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
      return counts;
    };
    const text = `.${many.join('.')}.`;
    const pairs = Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
    const alone = entropy(tally([...text]).values());
    const afterAnother = entropy(tally(pairs).values()) - alone; // H(b | a) = H(a, b) − H(a)
    expect(alone).toBeGreaterThan(3.5);
    expect(afterAnother).toBeLessThan(alone - 0.8);
  });

  test('bad arguments', () => {
    expect(() => names(0)).toThrow('names: count is a whole number from 1 up, not 0');
  });

  test('stand in for a missing file', async () => {
    vi.stubEnv('DATASETS_DIR', '');
    const { names: made, source } = await namesOrGenerated({ count: 12, generator: new Generator(3) });
    expect([made, source]).toEqual([
      names(12, { generator: new Generator(3) }),
      '12 generated names (DATASETS_DIR has no text/names.txt)',
    ]);
    expect((await namesOrGenerated()).names).toHaveLength(5000);
    await expect(namesOrGenerated({ count: -1 })).rejects.toThrow('count is a whole number from 1 up, not -1');
  });
});

describe('of a file', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'text', 'names.txt');
  const write = (content: string | Uint8Array) => {
    mkdirSync(join(folder, 'text'), { recursive: true });
    writeFileSync(path, content);
    vi.stubEnv('DATASETS_DIR', folder);
  };

  test.each([
    ['plain', "Anna\nZoë\njean-luc\nmary ann\no'neil\n"],
    ['packed, with the line ends of Windows', gzipSync("anna\r\nzoë\r\n\r\njean-luc\r\nmary ann\r\no'neil")],
  ])('%s', async (_, content) => {
    write(content);
    const expected = ['anna', 'zoë', 'jean-luc', 'mary ann', "o'neil"];
    expect(await namesOrGenerated()).toEqual({ names: expected, source: '5 first names from text/names.txt' });
    expect((await namesOrGenerated({ count: 2 })).names).toEqual(expected.slice(0, 2));
    await expect(namesOrGenerated({ count: 6 })).rejects.toThrow(
      `namesOrGenerated: ${path} has 5 names, fewer than the 6 asked for`,
    );
  });

  test.each<[what: string, content: string | Uint8Array, message: string]>([
    ['an empty file', '', 'it holds no names'],
    ['empty lines', '\n\n', 'it holds no names'],
    ['a table', 'anna\nberta,1980\n', 'line 2 is no name: "berta,1980"'],
    ['a page', '<!doctype html>', 'line 1 is no name: "<!doctype html>"'],
    ['a long line', `anna\n${'x'.repeat(41)}\n`, 'line 2 is no name'],
    ['bytes of something else', Uint8Array.of(0xff, 0xd8, 0xff), 'it is no text in UTF-8'],
  ])('%s is refused', async (_, content, message) => {
    write(content);
    await expect(namesOrGenerated()).rejects.toThrow(`${path}: ${message}`);
  });
});
