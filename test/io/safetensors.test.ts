/** safetensors: what others write is read, what we write comes back to the bit, and damage is never believed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arange, randn, type Tensor, tensor, zeros } from '../../core';
import { loadSafetensors, saveSafetensors } from '../../core/io';
import { flipped, oversized, truncated } from './damage';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const path = join(folder, 'file.safetensors');
const fixture = join(__dirname, 'fixtures', 'dtypes');

/** A tensor as plain values that differ when a bit does. */
const exactly = (t: Tensor) => ({ shape: [...t.shape], dtype: t.dtype, bytes: Buffer.from(t.dataSync().buffer) });
const allExactly = (tensors: Record<string, Tensor>) => Object.entries(tensors).map(([name, t]) => [name, exactly(t)]);

/** A file of this header and so many bytes of data. */
function write(header: unknown, dataBytes = 0): string {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(path, Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
  return path;
}

const f32 = (shape: unknown, start: unknown, end: unknown) => ({ dtype: 'F32', shape, data_offsets: [start, end] });

describe('a file from elsewhere', () => {
  const expected = JSON.parse(readFileSync(`${fixture}.json`, 'utf8')) as Record<
    string,
    { shape: number[]; values: (number | string)[] }
  >;

  test.each(Object.keys(expected))('gives its %s', async (name) => {
    const { tensors } = await loadSafetensors(`${fixture}.safetensors`);
    const t = tensors[name];
    const float = {
      f64: 'float64',
      f32: 'float32',
      f16: 'float32',
      bf16: 'float32',
      empty: 'float32',
      scalar: 'float32',
    };
    expect(t.dtype).toBe(float[name as keyof typeof float] ?? 'int32');
    expect(t.shape).toEqual(expected[name].shape);
    expect([...t.dataSync()]).toEqual(expected[name].values.map(Number));
  });

  test('gives all tensors and the metadata', async () => {
    const { tensors, metadata } = await loadSafetensors(`${fixture}.safetensors`);
    expect(Object.keys(tensors).sort()).toEqual(Object.keys(expected).sort());
    expect(metadata).toEqual({ 'made by': "the format's own library" });
  });
});

describe('a file of our own', () => {
  const tensors = () => ({
    '0.weight': randn([3, 5]),
    '0.bias': tensor([NaN, -0, Infinity, 1e-45]),
    steps: tensor([2 ** 31 - 1, -(2 ** 31)], { dtype: 'int32' }),
    precise: tensor([Math.PI, -0, 5e-324], { dtype: 'float64' }),
    'a view': arange(12).reshape(3, 4).to('float32').transpose(0, 1).slice(null, [1, 3]),
    empty: zeros([0, 3]),
    scalar: tensor(0.1),
    'Größe "1"\n': tensor([1]),
    ['__proto__']: tensor([2]),
    constructor: tensor([3]),
  });

  test('comes back to the bit', async () => {
    const saved = tensors();
    await saveSafetensors(path, saved, { epoch: '7', note: 'ä\n"' });
    const loaded = await loadSafetensors(path);
    const sorted = (list: Record<string, Tensor>) => allExactly(list).sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(loaded.tensors)).toEqual(sorted(saved));
    expect(loaded.metadata).toEqual({ epoch: '7', note: 'ä\n"' });
  });

  test('has the same bytes each time, every tensor at a multiple of its element’s size', async () => {
    const saved = tensors();
    await saveSafetensors(path, saved);
    const bytes = readFileSync(path);
    await saveSafetensors(path, saved);
    expect(readFileSync(path)).toEqual(bytes);

    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    const { __metadata__: _, ...header } = JSON.parse(bytes.toString('utf8', 8, 8 + length));
    const entries = Object.values<{ dtype: string; data_offsets: [number, number] }>(header);
    for (const { dtype, data_offsets } of entries) expect(data_offsets[0] % (dtype === 'F64' ? 8 : 4)).toBe(0);
    expect(entries.length).toBe(10);
  });

  test('may hold nothing', async () => {
    await saveSafetensors(path, {});
    expect(await loadSafetensors(path)).toEqual({ tensors: {}, metadata: {} });
  });

  test('leaves the format’s own names alone', async () => {
    await expect(saveSafetensors(path, { __metadata__: tensor(1) })).rejects.toThrow(
      "'__metadata__' is the format's own",
    );
    await expect(saveSafetensors(path, {}, { sha256: '' })).rejects.toThrow("'sha256' is the format's own");
  });

  test.each([
    ['truncated', truncated],
    ['bit-flipped', flipped],
    ['oversized', oversized],
  ])('is refused in one line or read as it was when %s', async (_, damage) => {
    const saved = { weight: tensor([[1, 2, 3]]), bias: tensor([7], { dtype: 'int32' }) };
    await saveSafetensors(path, saved, { epoch: '3' });
    const before = allExactly((await loadSafetensors(path)).tensors);
    let refused = 0;
    for (const { what, bytes } of damage(readFileSync(path))) {
      writeFileSync(path, bytes);
      try {
        const { tensors } = await loadSafetensors(path);
        expect(allExactly(tensors), what).toEqual(before);
      } catch (error) {
        expectOneLine(error, what);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(4);
  });
});

function expectOneLine(error: unknown, what: string): void {
  expect(Object.getPrototypeOf(error), what).toBe(Error.prototype); // not a TypeError or its like
  expect((error as Error).message, what).toMatch(/^.+: .+$/); // the dot is no line break
  expect((error as Error).message, what).toContain(path);
}

describe('a hostile header is refused:', () => {
  const hostile: [what: string, header: unknown, dataBytes: number, message: string][] = [
    ['no JSON', '{"a":', 0, 'its header is no JSON'],
    ['text after the JSON', '{} {}', 0, 'its header is no JSON'],
    ['a number', '7', 0, 'its header is no list of tensors'],
    ['a list', '[]', 0, 'its header is no list of tensors'],
    ['a very deep one', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 0, 'the tensor "a" has no dtype'],
    ['a tensor that is a number', { a: 7 }, 0, 'the tensor "a" has no dtype'],
    ['a tensor that is null', { a: null }, 0, 'the tensor "a" has no dtype'],
    [
      'a dtype that is none',
      { a: { dtype: 'F8', shape: [], data_offsets: [0, 1] } },
      1,
      'is of dtype "F8", which is none of F64, F32',
    ],
    [
      'a dtype from the prototype',
      { a: { dtype: 'constructor', shape: [], data_offsets: [0, 1] } },
      1,
      'which is none of',
    ],
    ['no shape', { a: { dtype: 'F32', data_offsets: [0, 4] } }, 4, 'the tensor "a" has no shape'],
    ['a negative extent', { a: f32([-1], 0, 4) }, 4, 'the tensor "a" has no shape'],
    ['a broken extent', { a: f32([0.5], 0, 2) }, 2, 'the tensor "a" has no shape'],
    ['an extent in quotes', { a: f32(['1'], 0, 4) }, 4, 'the tensor "a" has no shape'],
    ['an extent that overflows', { a: f32([2 ** 62], 0, 4) }, 4, 'the tensor "a" has no shape'],
    ['extents that overflow', { a: f32([2 ** 32, 2 ** 32, 0], 0, 0) }, 0, 'the tensor "a" is larger than any memory'],
    ['no offsets', { a: { dtype: 'F32', shape: [1] } }, 4, 'does not say where its bytes lie'],
    ['one offset', { a: { dtype: 'F32', shape: [1], data_offsets: [0] } }, 4, 'does not say where its bytes lie'],
    ['negative offsets', { a: f32([1], -4, 0) }, 4, 'does not say where its bytes lie'],
    ['offsets that are null', { a: f32([1], null, null) }, 4, 'does not say where its bytes lie'],
    ['offsets in reverse', { a: f32([1], 4, 0) }, 4, 'needs 4 bytes, but its offsets are 4 to 0'],
    ['offsets too near', { a: f32([2], 0, 4) }, 4, 'needs 8 bytes, but its offsets are 0 to 4'],
    ['offsets out of range', { a: f32([2], 0, 8) }, 4, 'the tensor "a" ends at byte 8 of 4'],
    ['offsets far out of range', { a: f32([2 ** 50], 0, 2 ** 52) }, 4, `ends at byte ${2 ** 52} of 4`],
    ['overlapping tensors', { a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12, 'the tensor "b" overlaps the one before it'],
    [
      'one tensor over another',
      { a: f32([1], 0, 4), b: f32([1], 0, 4) },
      4,
      'the tensor "b" overlaps the one before it',
    ],
    ['bytes of no tensor', { a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12, 'the bytes 4 to 8 belong to no tensor'],
    ['bytes before the first', { a: f32([1], 4, 8) }, 8, 'the bytes 0 to 4 belong to no tensor'],
    ['trailing bytes', { a: f32([1], 0, 4) }, 7, '3 bytes follow the last tensor'],
    ['data without tensors', {}, 5, '5 bytes follow the last tensor'],
    ['metadata of numbers', { __metadata__: { a: 7 } }, 0, 'its __metadata__ is not a list of texts'],
    ['metadata that are null', { __metadata__: null }, 0, 'its __metadata__ is not a list of texts'],
  ];
  test.each(hostile)('%s', async (_, header, dataBytes, message) => {
    await expect(loadSafetensors(write(header, dataBytes))).rejects.toThrow(message);
  });

  const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
  test.each([
    ['a tensor', `{"a":${entry},"a":${entry}}`, 'says "a" twice'],
    ['a tensor, spelt in another way', `{"a":${entry}, "\\u0061" : ${entry}}`, 'says "a" twice'],
    ['a field', '{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}', 'says "shape" twice'],
    ['a text of the metadata', '{"__metadata__":{"b":"","b":"{\\"c\\":1}"}}', 'says "b" twice'],
    ['the metadata', '{"__metadata__":{},"__metadata__":{}}', 'says "__metadata__" twice'],
  ])('%s that is named twice', async (_, header, message) => {
    await expect(loadSafetensors(write(header, 4))).rejects.toThrow(message);
  });

  test('names that only look alike are left alone', async () => {
    const header = `{"a":${entry},"b":${entry.replace('0,4', '4,8')},"__metadata__":{"a":"{\\"a\\":","c":"a"}}`;
    expect(Object.keys((await loadSafetensors(write(header, 8))).tensors)).toEqual(['a', 'b']);
  });

  test.each([2n ** 64n - 1n, 2n ** 63n, 2n ** 53n + 1n, 100_000_001n, 10n])('a length of %s', async (length) => {
    write({});
    const bytes = readFileSync(path);
    bytes.writeBigUInt64LE(length);
    writeFileSync(path, bytes);
    await expect(loadSafetensors(path)).rejects.toThrow('it says that its header has');
  });

  test('text that is not UTF-8', async () => {
    write('{"a":1}');
    const bytes = readFileSync(path);
    bytes[10] = 0xff;
    writeFileSync(path, bytes);
    await expect(loadSafetensors(path)).rejects.toThrow('its header is no JSON');
  });

  test('a name of many characters is cut in the message', async () => {
    const error = await loadSafetensors(write({ [`${'n'.repeat(1e6)}\n`]: 7 })).catch((e: Error) => e);
    expect((error as Error).message.length).toBeLessThan(400);
  });

  test('anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(40), async (header, dataBytes) => {
        await loadSafetensors(write(header, dataBytes)).then(
          ({ tensors }) => expect([tensors, header.trim(), dataBytes]).toEqual([{}, '{}', 0]),
          (error) => expectOneLine(error, header),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('values without a place in our dtypes are refused:', () => {
  test.each([
    ['I64', 2n ** 31n, 'holds 2147483648, which does not fit into int32'],
    ['I64', -(2n ** 63n), 'holds -9223372036854775808, which does not fit into int32'],
    ['BOOL', 2n, 'is of truth values, 0 or 1, but holds 2'],
  ])('%s %s', async (dtype, value, message) => {
    const count = dtype === 'I64' ? 1 : 8;
    write({ a: { dtype, shape: [count], data_offsets: [0, 8] } }, 8);
    const bytes = readFileSync(path);
    bytes.writeBigInt64LE(value, bytes.length - 8);
    writeFileSync(path, bytes);
    await expect(loadSafetensors(path)).rejects.toThrow(`${path}: the tensor "a" ${message}`);
  });
});

test('what is not there or no file is told in one line', async () => {
  await expect(loadSafetensors(join(folder, 'none'))).rejects.toThrow(
    /^cannot read .*none: there is no such file or folder$/,
  );
  await expect(loadSafetensors(folder)).rejects.toThrow(/^cannot read .*: it is a folder, not a file$/);
  await expect(saveSafetensors(folder, {})).rejects.toThrow(/^cannot write .*: it is a folder, not a file$/);
});
