/**
 * The numbers of tokens: their order, what is left out, and the way to JSON and back.
 */
import { expect, test } from 'vitest';
import { Vocabulary } from '../../datasets';

const texts = [['b', 'a', 'c'], ['a', 'd', 'b', 'a'], []];
const all = (vocabulary: Vocabulary) => Array.from({ length: vocabulary.length }, (_, id) => vocabulary.token(id));

test('the most frequent come first, and of equals the first seen', () => {
  const vocabulary = Vocabulary.of(texts);
  expect(all(vocabulary)).toEqual(['<pad>', '<unk>', 'a', 'b', 'c', 'd']);
  expect(vocabulary.encode(['a', 'nowhere', 'd'])).toEqual([2, 1, 5]);
  expect(vocabulary.decode([0, 3, 1])).toEqual(['<pad>', 'b', '<unk>']);
  expect(vocabulary.decode(Int32Array.of(2, 3))).toEqual(['a', 'b']);
  expect(vocabulary.id('c')).toBe(4);
});

test('size counts everything, minCount drops what is rare, markers have numbers from 2 up', () => {
  expect(all(Vocabulary.of(texts, { size: 4 }))).toEqual(['<pad>', '<unk>', 'a', 'b']);
  expect(all(Vocabulary.of(texts, { minCount: 2 }))).toEqual(['<pad>', '<unk>', 'a', 'b']);
  const markers = ['<start>', '<end>'];
  expect(all(Vocabulary.of(texts, { size: 5, markers }))).toEqual(['<pad>', '<unk>', '<start>', '<end>', 'a']);
  expect(all(Vocabulary.of([], { markers }))).toEqual(['<pad>', '<unk>', '<start>', '<end>']);
});

test('a marker that stands in a text has its one number', () => {
  const vocabulary = Vocabulary.of([['<end>', 'a', '<end>', '<pad>']], { markers: ['<end>'] });
  expect(all(vocabulary)).toEqual(['<pad>', '<unk>', '<end>', 'a']);
  expect(vocabulary.encode(['<end>', '<pad>'])).toEqual([2, 0]);
});

test('names of what every object has are tokens like others', () => {
  const vocabulary = Vocabulary.of([['constructor', '__proto__']]);
  expect(vocabulary.encode(['constructor', '__proto__', 'toString'])).toEqual([2, 3, 1]);
});

test('to JSON and back', () => {
  const vocabulary = Vocabulary.of(texts, { markers: ['<start>'] });
  const copy = Vocabulary.fromJSON(JSON.parse(JSON.stringify(vocabulary)));
  expect(all(copy)).toEqual(all(vocabulary));
  expect(copy.encode(['d', 'x'])).toEqual(vocabulary.encode(['d', 'x']));
});

test.each<[what: string, json: unknown, message: string]>([
  ['nothing', null, 'expected { tokens: […] } with a list of texts'],
  ['a list', ['<pad>', '<unk>'], 'expected { tokens: […] }'],
  ['numbers', { tokens: ['<pad>', '<unk>', 7] }, 'expected { tokens: […] }'],
  ['another beginning', { tokens: ['a', 'b'] }, 'the tokens begin with <pad> and <unk>, not a,b'],
  ['a token twice', { tokens: ['<pad>', '<unk>', 'a', 'a'] }, 'the token "a" is there twice'],
])('JSON of %s is refused', (_, json, message) => {
  expect(() => Vocabulary.fromJSON(json)).toThrow(message);
});

test('bad arguments', () => {
  expect(() => Vocabulary.of(texts, { size: 2, markers: ['<end>'] })).toThrow(
    'Vocabulary: a size of 2 has no room for <pad>, <unk>, <end>; give at least 3',
  );
  expect(() => Vocabulary.of(texts, { size: Number.NaN })).toThrow('a size of NaN');
  expect(() => Vocabulary.of(texts, { markers: ['<unk>'] })).toThrow('the token "<unk>" is there twice');
  expect(() => Vocabulary.of(texts).token(6)).toThrow('there is no token 6; the numbers go from 0 to 5');
  expect(() => Vocabulary.of(texts).decode([-1])).toThrow('there is no token -1');
});
