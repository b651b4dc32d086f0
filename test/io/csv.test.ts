/** CSV: fields as RFC 4180 has them, and one line about anything else. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv, readCsv } from '../../core/io';
import { readBytes } from '../../core/io/files';
import { flipped, truncated } from './damage';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const path = join(folder, 'table.csv');

describe('parseCsv', () => {
  test.each<[what: string, text: string, rows: string[][]]>([
    ['nothing', '', []],
    ['one field', 'a', [['a']]],
    [
      'rows',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a line break at the end', 'a,b\n', [['a', 'b']]],
    ['line breaks of Windows and of old Macs', 'a\r\nb\rc\r\n', [['a'], ['b'], ['c']]],
    [
      'empty fields',
      ',\n,x\n',
      [
        ['', ''],
        ['', 'x'],
      ],
    ],
    ['an empty last field', 'a,', [['a', '']]],
    ['empty lines of one field', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['spaces, which belong to the field', ' a , b ', [[' a ', ' b ']]],
    [
      'quoted fields',
      '"a","b c"\r\n"",x',
      [
        ['a', 'b c'],
        ['', 'x'],
      ],
    ],
    ['commas and line breaks in quotes', '"a,b","c\r\nd\n"', [['a,b', 'c\r\nd\n']]],
    ['quotes in quotes', '"""a"" ""b""",""""', [['"a" "b"', '"']]],
  ])('%s', (_, text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  test('every table comes back', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü'), maxLength: 6 });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((n) => fc.array(fc.array(field, { minLength: n, maxLength: n })));
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, lineEnd) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => row.map(quoted).join(',') + lineEnd).join('');
        expect(parseCsv(text)).toEqual(rows);
      }),
    );
  });

  test.each([
    ['fewer fields', 'a,b\n1,2\n\n3,4\n', 'line 3 has 1 field, the first line 2'],
    ['more fields', '"a\n",b\n1,2,3', 'line 3 has 3 fields, the first line 2'],
    ['a field that never ends', 'a,b\n1,"2\n3,4', 'line 2: a double quote opens a field that never ends'],
    ['text after a quoted field', 'a\n"b"c', 'line 2: a double quote stands inside a field'],
    ['a quote inside a plain field', 'a\n5" disk', 'line 2: a double quote stands inside a field'],
  ])('%s', (_, text, message) => {
    expect(() => parseCsv(text, 'x.csv')).toThrow(`x.csv: ${message}`);
  });

  test.each([['"'.repeat(2_000_001)], ['"a'.repeat(1_000_000)], [','.repeat(2_000_000)], ['"\n'.repeat(1_000_001)]])(
    'is quick about much of the same',
    (text) => {
      const start = performance.now();
      try {
        parseCsv(text);
      } catch (error) {
        expect((error as Error).message).toMatch(/^the text: line \d+.*double quote/);
      }
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});

describe('readCsv', () => {
  const text = 'name,größe\n"a, b",1\n';
  const rows = [
    ['name', 'größe'],
    ['a, b', '1'],
  ];

  test('reads plain and packed files, with and without a mark of order', async () => {
    for (const content of [text, `\ufeff${text}`, gzipSync(text)]) {
      writeFileSync(path, content);
      expect(await readCsv(path)).toEqual(rows);
    }
  });

  test('refuses other encodings and other files', async () => {
    writeFileSync(path, Buffer.from('größe', 'latin1'));
    await expect(readCsv(path)).rejects.toThrow(
      `${path}: it is no text in UTF-8; the file is damaged or of another kind`,
    );
    await expect(readCsv(join(folder, 'none'))).rejects.toThrow(
      /^cannot read .*none: there is no such file or folder$/,
    );
    await expect(readCsv(folder)).rejects.toThrow(/^cannot read .*: it is a folder, not a file$/);
  });

  test('believes no damaged gzip file', async () => {
    const packed = gzipSync(text);
    for (const damage of [truncated, flipped]) {
      for (const { what, bytes } of damage(packed)) {
        if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) continue; // then it is read as text
        writeFileSync(path, bytes);
        const answer = await readCsv(path).catch((error: Error) => error.message);
        if (typeof answer === 'string') expect(answer, what).toMatch(/gzip cannot unpack it; the file is damaged/);
        else expect(answer, what).toEqual(rows); // a bit of the name or the time in the head of the file
      }
    }
  });

  test('does not fill the memory from a small file', async () => {
    writeFileSync(path, gzipSync(Buffer.alloc(2 ** 21)));
    expect((await readBytes(path, 2 ** 21)).length).toBe(2 ** 21);
    await expect(readBytes(path, 2 ** 20)).rejects.toThrow(`${path}: unpacks to more than 1 MiB`);
  });
});
