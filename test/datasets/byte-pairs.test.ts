/**
 * Byte pairs: the merges are those that counting anew after each would give, and any string comes back as it was.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Generator } from '../../core';
import { BytePairs, prose } from '../../datasets';

/** By the book: all pairs of all pieces counted again after each merge. */
function trainSlowly(text: string, size: number): number[][] {
  const cut = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
  let pieces = (text.match(cut) ?? []).map((piece) => [...new TextEncoder().encode(piece)]);
  const merges: number[][] = [];
  while (256 + merges.length < size) {
    const counts = new Map<string, number>();
    for (const ids of pieces)
      for (let i = 1; i < ids.length; i++) {
        const pair = `${ids[i - 1]},${ids[i]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    const order = [...counts].map(([pair, count]) => ({ pair: pair.split(',').map(Number), count }));
    order.sort((a, b) => b.count - a.count || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]);
    if (order.length === 0 || order[0].count < 2) break;
    const [left, right] = order[0].pair;
    pieces = pieces.map((ids) => {
      const joined: number[] = [];
      for (const id of ids) {
        // what was just joined is a new token, so it cannot be the left half again
        if (id === right && joined[joined.length - 1] === left) joined[joined.length - 1] = 256 + merges.length;
        else joined.push(id);
      }
      return joined;
    });
    merges.push([left, right]);
  }
  return merges;
}

describe('training', () => {
  test('joins what stands side by side most often', () => {
    const pairs = BytePairs.train('low low low lower newest newest', { size: 262 });
    expect(Array.from({ length: 6 }, (_, i) => pairs.token(256 + i))).toEqual(['lo', 'low', ' low', ' n', 'es', 'ew']);
    expect(pairs.encode('low lower').map((id) => pairs.token(id))).toEqual(['low', ' low', 'e', 'r']);
  });

  test.each([
    ['prose', prose(4000, { generator: new Generator(1) }), 400],
    ['one letter again and again', 'a'.repeat(37), 300],
    ['overlapping pairs', 'aaabaaabaaaa aab aaab', 300],
    ['other alphabets', 'Жизнь жизнь 你好你好 😀😀 😀😀', 300],
  ])('finds the merges that counting anew finds: %s', (_, text, size) => {
    expect(BytePairs.train(text, { size }).toJSON().merges).toEqual(trainSlowly(text, size));
  });

  test('and on any small text', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', ' ', 'aab'), { maxLength: 60 });
    fc.assert(
      fc.property(letters, fc.integer({ min: 256, max: 280 }), (parts, size) => {
        const text = parts.join('');
        expect(BytePairs.train(text, { size }).toJSON().merges).toEqual(trainSlowly(text, size));
      }),
    );
  });

  test('ends when no pair comes twice', () => {
    expect(BytePairs.train('', { size: 1000 })).toHaveLength(256);
    expect(BytePairs.train('abc', { size: 1000 })).toHaveLength(256);
    expect(BytePairs.train('abab', { size: 1000 })).toHaveLength(257);
  });

  test.each([255, 65_537, 300.5, Number.NaN])('size %s', (size) => {
    expect(() => BytePairs.train('abc', { size })).toThrow(
      `BytePairs: size is a whole number from 256 to 65536, not ${size}`,
    );
  });
});

describe('encoding and decoding', () => {
  const text = prose(20_000, { generator: new Generator(2) });
  const pairs = BytePairs.train(text, { size: 500 });

  test('frequent text gets short', () => {
    const ids = pairs.encode(text);
    expect(ids.length).toBeLessThan(text.length / 2);
    expect(pairs.decode(ids)).toBe(text);
    expect(pairs.encode(text)).toEqual(ids);
  });

  test.each([
    ['nothing', ''],
    ['spaces', '  a \n\n b\t '],
    ['contractions', "I'll say it's what they've done, don't you?"],
    ['emoji, also joined ones', 'ok 😀👩‍👩‍👧 🇫🇷!'],
    ['a mark of byte order', '\ufeffa\ufeff'],
    ['the sign for what is no character', '\ufffd'],
    ['every Latin-1 character', Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')],
    ['half a surrogate pair', 'a\ud83db\ude00c'],
    ['halves the wrong way round', '\ude00\ud83d'],
    ['first and last characters of each length', '\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}'],
    ['a long word', 'ab'.repeat(20_000)],
  ])('%s come back', (_, given) => {
    expect(pairs.decode(pairs.encode(given))).toBe(given);
  });

  test.each([
    ['any string', 0, 0xffff],
    ['any string around the halves of pairs', 0xd7f0, 0xe010],
  ])('%s comes back', (_, min, max) => {
    const strings = fc.array(fc.integer({ min, max })).map((codes) => String.fromCharCode(...codes));
    fc.assert(fc.property(strings, (given) => pairs.decode(pairs.encode(given)) === given));
  });

  test('bytes are those of UTF-8', () => {
    const plain = BytePairs.train('', { size: 256 });
    const given = 'aé你😀';
    expect(plain.encode(given)).toEqual([...new TextEncoder().encode(given)]);
  });

  test('tokens that make no characters, as a model may give them', () => {
    expect(pairs.decode([0x61, 0xf0, 0x9f, 0x62, 0x80, 0xed])).toBe('a\ufffdb\ufffd\ufffd');
    expect(() => pairs.decode([500])).toThrow('BytePairs: there is no token 500; the numbers go from 0 to 499');
    expect(() => pairs.token(-1)).toThrow('there is no token -1');
  });

  test('tokens are shown as text, or as bytes where they are none', () => {
    expect(pairs.token(0x61)).toBe('a');
    expect(pairs.token(0xe2)).toBe('\\xe2');
    const faces = BytePairs.train('😀😁😂😃', { size: 258 });
    expect([256, 257].map((id) => faces.token(id))).toEqual(['\\x9f\\x98', '\\xf0\\x9f\\x98']);
  });

  test('to JSON and back', () => {
    const copy = BytePairs.fromJSON(JSON.parse(JSON.stringify(pairs)));
    expect(copy).toHaveLength(pairs.length);
    expect(copy.encode(text)).toEqual(pairs.encode(text));
  });

  test.each<[what: string, json: unknown, message: string]>([
    ['nothing', null, 'expected { merges: [[left, right], …] }'],
    ['a text', { merges: 'ab' }, 'expected { merges: [[left, right], …] }'],
    ['a merge of one', { merges: [[97]] }, 'merge 0 joins no two tokens before it: [97]'],
    [
      'a merge of later tokens',
      {
        merges: [
          [97, 98],
          [97, 257],
        ],
      },
      'merge 1 joins no two tokens before it: [97,257]',
    ],
    ['texts for numbers', { merges: [['a', 'b']] }, 'merge 0 joins no two tokens'],
    ['null for a merge', { merges: [null] }, 'merge 0 joins no two tokens before it: null'],
    [
      'tokens that double and double again',
      { merges: Array.from({ length: 60 }, (_, i) => (i === 0 ? [97, 97] : [255 + i, 255 + i])) },
      'the tokens together are longer than 64 MiB',
    ],
  ])('JSON of %s is refused', (_, json, message) => {
    expect(() => BytePairs.fromJSON(json)).toThrow(message);
  });
});
