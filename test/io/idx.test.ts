/** IDX: every type of number, and nothing believed that does not add up. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseIdx, readIdx } from '../../core/io';
import { flipped, oversized, truncated } from './damage';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe('parseIdx', () => {
  test.each<[what: string, hex: string, shape: number[], values: number[]]>([
    ['bytes', '00000802 00000002 00000003 000102 03feff', [2, 3], [0, 1, 2, 3, 254, 255]],
    ['signed bytes', '00000901 00000002 7f80', [2], [127, -128]],
    ['16 bits', '00000b01 00000002 0102 fffe', [2], [258, -2]],
    ['32 bits', '00000c01 00000002 00010203 80000000', [2], [66051, -(2 ** 31)]],
    ['floats', '00000d01 00000002 3f800000 c0200000', [2], [1, -2.5]],
    ['doubles', '00000e01 00000001 400921fb54442d18', [1], [Math.PI]],
    ['a single number', '00000800 07', [], [7]],
    ['nothing', '00000802 00000000 ffffffff', [0, 2 ** 32 - 1], []],
  ])('%s', (_, hex, shape, values) => {
    const idx = parseIdx(bytesOf(hex));
    expect(idx.shape).toEqual(shape);
    expect([...idx.values]).toEqual(values);
  });

  test('reads from the middle of a larger buffer, as small files lie in one', () => {
    const bytes = Buffer.from([9, ...bytesOf('00000b01 00000001 0102')]).subarray(1);
    expect([...parseIdx(bytes).values]).toEqual([258]);
  });

  test.each([
    ['nothing', ''],
    ['a part of the beginning', '000008'],
    ['another beginning', '50000801 00000000'],
    ['an unknown type', '00000a01 00000000'],
    ['fewer extents than its rank', '00000802 00000000'],
  ])('%s', (_, hex) => {
    expect(() => parseIdx(bytesOf(hex), 'x')).toThrow('x: it does not begin as an IDX file; the file is damaged');
  });

  test.each([
    ['too little', '00000b02 00000002 00000003 0000', '2 × 3 numbers take 12 bytes, but it holds 2'],
    ['too much', '00000801 00000001 0000', '1 numbers take 1 bytes, but it holds 2'],
    ['giant extents', `000008ff ${'ffffffff'.repeat(255)}`, 'bytes, but it holds 0'],
  ])('%s', (_, hex, message) => {
    expect(() => parseIdx(bytesOf(hex), 'x')).toThrow(message);
  });
});

describe('readIdx', () => {
  const path = join(folder, 'numbers');
  const plain = bytesOf('00000802 00000002 00000003 000102 03feff');

  test('reads plain and packed files', async () => {
    for (const bytes of [plain, gzipSync(plain)]) {
      writeFileSync(path, bytes);
      expect(await readIdx(path)).toEqual({ shape: [2, 3], values: Uint8Array.of(0, 1, 2, 3, 254, 255) });
    }
  });

  test('refuses damage in one line; without a checksum it gives as many numbers as it should', async () => {
    const answerTo = async (bytes: Uint8Array) => {
      writeFileSync(path, bytes);
      return readIdx(path).catch((error: Error) => {
        expect(error.message).toMatch(
          /^\S+numbers: .+; the file is damaged or of another kind: fetch or write it again$/,
        );
        return null;
      });
    };
    for (const bytes of [plain, gzipSync(plain)]) {
      for (const { what, bytes: cut } of truncated(bytes)) expect(await answerTo(cut), what).toBeNull();
      for (const { what, bytes: turned } of flipped(bytes)) {
        const answer = await answerTo(turned);
        if (bytes === plain && answer) expect([answer.shape, answer.values.length], what).toEqual([[2, 3], 6]);
        else if (answer) expect([...answer.values], what).toEqual([0, 1, 2, 3, 254, 255]);
      }
    }
    for (const { what, bytes } of oversized(plain)) expect(await answerTo(bytes), what).toBeNull();
  });
});
