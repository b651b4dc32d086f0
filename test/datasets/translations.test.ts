/**
 * English and French: the rules in which they part, seen in many sentences; no test sentence in training.
 */
import { describe, expect, test } from 'vitest';
import { Generator } from '../../core';
import { translations } from '../../datasets';

const { train, test: unseen, about } = translations({ train: 7000, test: 1000, generator: new Generator(1) });
const all = [...train, ...unseen];
const french = new Map(all.map(({ source, target }) => [source, target]));

test('as many as asked for, none twice, the test sentences the same for any training', () => {
  expect([train.length, unseen.length, french.size]).toEqual([7000, 1000, 8000]);
  expect(about).toBe('generated sentences, English to French: 7000 to learn from, 1000 to test on');
  const fewer = translations({ train: 10, test: 1000, generator: new Generator(1) });
  expect(fewer.test).toEqual(unseen);
  expect(fewer.train).toEqual(train.slice(0, 10));
  expect(translations({ generator: new Generator(2) }).train).toHaveLength(4000);
  expect(translations({ train: 5, test: 5, generator: new Generator(2) }).test).not.toEqual(unseen.slice(0, 5));
});

test('three to eight tokens parted by single spaces', () => {
  const wrong = all
    .flatMap(({ source, target }) => [source, target])
    .filter((text) => {
      const count = text.split(' ').length;
      return count < 3 || count > 8 || !/^[a-zà-ÿœI]+'?( [a-zà-ÿœI]+'?)*$/.test(text);
    });
  expect(wrong).toEqual([]);
});

test('words of few kinds, each often enough to be learned', () => {
  const counts = (text: 'source' | 'target') => {
    const found = new Map<string, number>();
    for (const pair of train) for (const token of pair[text].split(' ')) found.set(token, (found.get(token) ?? 0) + 1);
    return found;
  };
  for (const found of [counts('source'), counts('target')]) {
    expect(found.size).toBeLessThan(300);
    expect(Math.min(...found.values())).toBeGreaterThanOrEqual(3);
  }
});

describe('French', () => {
  /** Translations of English sentences that hold the words in this order, side by side. */
  const having = (words: string) =>
    all.filter(({ source }) => ` ${source} `.includes(` ${words} `)).map(({ target }) => ` ${target} `);

  test.each([
    ['white house', 'maison blanche'],
    ['small house', 'petite maison'],
    ['black cats', 'chats noirs'],
    ['old tree', 'vieil arbre'],
    ['old trees', 'vieux arbres'],
    ['this bird', 'cet oiseau'],
    ['my church', 'mon église'],
    ['the islands', 'les îles'],
    ['beautiful donkey', 'bel âne'],
    ['young horse', 'jeune cheval'],
    ['two horses', 'deux chevaux'],
    ['grey mice', 'souris grises'],
    ['expensive cars', 'voitures chères'],
  ])('says %s as %s', (english, said) => {
    const found = having(english);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((target) => !target.includes(` ${said} `))).toEqual([]);
  });

  test('negation stands around the verb, adverbs after it, pronouns before it', () => {
    for (const target of having('does not see')) expect(target).toMatch(/ ne (m' |t' |l' |\S+ )?voit pas /);
    for (const target of having('never love'))
      expect(target).toMatch(/ (n'|ne \S+|ne [mtl]') aim(e|es|ons|ent) jamais /);
    for (const target of having('always finds them')) expect(target).toMatch(/ les trouve toujours $/);
    for (const target of having('do not follow me')) expect(target).toMatch(/ ne me (suis|suivons|suivent) pas $/);
    for (const target of having('not see a')) expect(target).toMatch(/ pas d(e|') /);
  });

  test('no vowel meets what shrinks before it, and nothing shrinks elsewhere', () => {
    const vowel = '[aeiouhâéêîô]';
    const open = new RegExp(` (le|la|je|ne|me|te|de|ma|ce) ${vowel}`);
    const shrunk = new RegExp(` ([ljnmtd]'|cet) (?!${vowel})`);
    expect(all.filter(({ target }) => open.test(` ${target}`) || shrunk.test(` ${target}`))).toEqual([]);
  });

  test('verbs and adjectives agree with who is spoken of', () => {
    for (const { target } of all) {
      expect(target).not.toMatch(/^(les|ces|mes|deux) .* (est|voit|aime|trouve|cherche) /);
      expect(target).not.toMatch(/^(le|la|l'|ce|cet|cette|mon|ma) \S+( \S+)? (sont|voient|aiment) /);
    }
    const being = all.filter(({ target }) => / (sont|sommes) /.test(target));
    expect(being.length).toBeGreaterThan(200);
    expect(being.filter(({ target }) => !/[sx]$/.test(target))).toEqual([]);
  });

  test('no one does anything to himself', () => {
    expect(all.filter(({ target }) => /^(je .*\b(me|m'|nous)|tu .*\b(te|t')|nous (me|nous|m')) /.test(target))).toEqual(
      [],
    );
  });
});

test('English says an before a vowel, does with the third person', () => {
  for (const { source } of all) {
    expect(source).not.toMatch(/\ba [aeiou]|\ban [^aeiou]/);
    expect(source).not.toMatch(/^(he|she|the (?!men|women|mice)\w+[^s]) do |^(I|you|we|they) does /);
  }
});

test('bad arguments', () => {
  expect(() => translations({ train: 0 })).toThrow('translations: train: count is a whole number from 1 up, not 0');
  expect(() => translations({ test: 0.5 })).toThrow('translations: test: count is a whole number from 1 up, not 0.5');
  expect(() => translations({ train: 50_000 })).toThrow(
    'translations: at most 50000 sentences in all, not 50000 + 500',
  );
});
