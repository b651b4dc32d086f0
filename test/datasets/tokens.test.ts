/**
 * Text cut into words and characters.
 */
import { expect, test } from 'vitest';
import { characters, words } from '../../datasets';

test.each<[text: string, pieces: string[]]>([
  ['', []],
  [' \n\t', []],
  ['It is good.', ['it', 'is', 'good', '.']],
  ["It isn't <b>bad</b>!", ['it', "isn't", 'bad', '!']],
  ['one<br /><br />two<BR>three', ['one', 'two', 'three']],
  ['<a href="x.html">seen</a>', ['seen']],
  ['1 < 2 and 3 > 2, <3', ['1', '<', '2', 'and', '3', '>', '2', ',', '<', '3']],
  ["the actors' 'best' film", ['the', 'actors', "'", "'", 'best', "'", 'film']],
  ['Don’t', ["don't"]],
  ['well-made... (8/10)', ['well', '-', 'made', '.', '.', '.', '(', '8', '/', '10', ')']],
  ['Ünïcode Élan naïve', ['ünïcode', 'élan', 'naïve']],
  ['e\u0301te\u0301', ['e\u0301te\u0301']],
  ['好 😀!', ['好', '😀', '!']],
])('words of %j', (text, pieces) => {
  expect(words(text)).toEqual(pieces);
});

test('words of a long text of unclosed tags take no longer than others', () => {
  expect(words('<a'.repeat(100_000))).toHaveLength(200_000);
});

test('characters', () => {
  expect(characters('aß\n😀')).toEqual(['a', 'ß', '\n', '😀']);
  expect(characters('')).toEqual([]);
});
