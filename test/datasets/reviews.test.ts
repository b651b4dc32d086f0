/**
 * Generated reviews: what a writer says is always of the tone of the label, and counting words does not find it out.
 */
import { describe, expect, test } from 'vitest';
import { Generator } from '../../core';
import { reviews, words } from '../../datasets';
import { contrasts, direct, hearsay, neutral, tones, turned } from '../../datasets/reviews-grammar';

type Tone = keyof typeof tones;

/** What finds a sentence of the grammar, said in this tone, where a sentence begins. */
function pattern(sentence: string, tone: Tone): RegExp {
  const other = tone === 'praise' ? 'blame' : 'praise';
  const source = sentence.replace(/[.?]/g, '\\$&').replace(/\{(-?)(\w+)\}/g, (_, minus: string, slot: string) => {
    const choices: Record<string, string[]> = { ...neutral, ...tones[minus ? other : tone] };
    return `(?:${choices[slot].flatMap((word) => [word, word[0].toUpperCase() + word.slice(1)]).join('|')})`;
  });
  return new RegExp(`(?<=^|[.!] )${source.replace(/\ba /g, 'an? ')}`, 'g');
}

const patterns = (sentences: readonly string[], tone: Tone) => sentences.map((sentence) => pattern(sentence, tone));
const opinions = [direct, turned, contrasts].flat();
const count = (text: string, all: readonly RegExp[]) =>
  all.reduce((sum, each) => sum + (text.match(each)?.length ?? 0), 0);

/** The share that naive Bayes on sets of words gets right. */
function bayes(train: ReturnType<typeof reviews>, unseen: ReturnType<typeof reviews>): number {
  const sets = ({ texts }: { texts: string[] }) => texts.map((text) => new Set(words(text)));
  const seen = [new Map<string, number>(), new Map<string, number>()];
  const labels = train.y.dataSync();
  sets(train).forEach((set, i) => {
    const counts = seen[labels[i]];
    for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  });
  const evidence = (word: string) => Math.log(((seen[1].get(word) ?? 0) + 1) / ((seen[0].get(word) ?? 0) + 1));
  const right = sets(unseen).filter((set, i) => {
    const sum = [...set].reduce((total, word) => total + evidence(word), 0);
    return sum > 0 === (unseen.y.dataSync()[i] === 1);
  });
  return right.length / unseen.texts.length;
}

test('so many, liked and disliked in turns, the same from the same generator', () => {
  const { texts, y, source } = reviews(7, { generator: new Generator(1) });
  expect([texts.length, [...y.dataSync()], y.dtype]).toEqual([7, [0, 1, 0, 1, 0, 1, 0], 'int32']);
  expect(source).toBe('7 generated film reviews');
  expect(reviews(7, { generator: new Generator(1) }).texts).toEqual(texts);
  expect(reviews(7, { generator: new Generator(2) }).texts).not.toEqual(texts);
  expect(() => reviews(0)).toThrow('reviews: count is a whole number from 1 up, not 0');
});

describe('of many', () => {
  const { texts, y } = reviews(1500, { generator: new Generator(3) });
  const labels = y.dataSync();

  test('each has 20 to 150 words, in whole sentences without a slot left open', () => {
    const lengths = texts.map((text) => text.split(' ').length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(150);
    expect(lengths.filter((length) => length > 100).length).toBeGreaterThan(150);
    expect(texts.filter((text) => /[{}]|undefined|\ba [aeiou]|\s{2}|[.!] [a-z]|[^.!]$/.test(text))).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('at least two opinions are of the tone of the label, and none is of the other', () => {
    const [praise, blame] = [patterns(opinions, 'praise'), patterns(opinions, 'blame')];
    const found = texts.slice(0, 400).map((text) => [count(text, blame), count(text, praise)]);
    expect(found.filter((counts, i) => counts[labels[i]] < 2 || counts[1 - labels[i]] > 0)).toEqual([]);
  });

  test('what others say is of either tone', () => {
    const praise = patterns(hearsay, 'praise');
    const blame = patterns(hearsay, 'blame');
    for (const label of [0, 1]) {
      const own = texts.filter((_, i) => labels[i] === label).join('\n');
      expect(count(own, praise) / (count(own, praise) + count(own, blame))).toBeCloseTo(0.5, 1);
    }
  });

  test('negation and contrast come in both, so that they alone tell nothing', () => {
    for (const word of ['not', 'but', 'never', 'although', 'still', 'nobody']) {
      const share = (label: number) =>
        texts.filter((text, i) => labels[i] === label && words(text).includes(word)).length / (texts.length / 2);
      expect(share(0)).toBeGreaterThan(0.03);
      expect(Math.abs(share(0) - share(1))).toBeLessThan(0.1);
    }
  });

  test('word by word most, but by far not all, can be told', () => {
    const share = bayes(reviews(2000, { generator: new Generator(4) }), { texts, y, source: '' });
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.82);
  });
});
