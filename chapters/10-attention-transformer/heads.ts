/**
 * Queries, keys and values, in two heads: one asks what a word is about, the other who did what. The weights are set by
 * hand, and nn.MultiheadAttention with the same weights says the same.
 */
import { nn, tensor } from '../../core';
import { script } from '../shared/script';
import { dot, mixture, softmax } from './four-words';
import { headsFigure } from './pictures/heads';

// #region words
/** Four numbers a word: water, money, is it a thing?, is it a deed? */
export const WORDS: Record<string, number[]> = {
  the: [0, 0, 0, 0],
  river: [2, 0, 1, 0],
  bank: [1, 1, 1, 0],
  flooded: [1.5, 0, 0, 1],
};
export const SENTENCE = ['the', 'river', 'bank', 'flooded'];

/** Another sequence, which asks about that one: the first word wants a thing, as a deed would, the second a deed. */
export const QUESTIONS: Record<string, number[]> = {
  'what?': [0, 0, 0, 1],
  'did what?': [0, 0, 1, 0],
};
// #endregion

// #region heads
const [WATER, MONEY, THING, DEED] = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
const loudly = (row: number[]): number[] => row.map((value) => 6 * value);

/** What a word asks, what it offers to be found by, and what it hands over: each a matrix of two rows, [2, 4]. */
type Head = Record<'query' | 'key' | 'value', number[][]>;

export const HEADS: Record<'topic' | 'who', Head> = {
  topic: { query: [WATER, MONEY], key: [WATER, MONEY], value: [WATER, MONEY] }, // who is about what I am about?
  who: { query: [loudly(DEED), loudly(THING)], key: [THING, DEED], value: [WATER, MONEY] }, // deeds look for things
};
// #endregion

const times = (matrix: number[][], x: number[]): number[] => matrix.map((row) => dot(row, x));

// #region look
/** Those who ask look at a sentence: usually their own. */
export function look({ query, key, value }: Head, sentence: number[][], asking = sentence) {
  const keys = sentence.map((word) => times(key, word));
  const values = sentence.map((word) => times(value, word));
  return asking.map((word) => {
    const q = times(query, word);
    const scores = keys.map((k) => dot(q, k) / Math.sqrt(q.length));
    const weights = softmax(scores);
    return { q, weights, context: mixture(weights, values) };
  });
}
// #endregion

/** Both heads laid over each other, in one of width 4: its scores are the sum of theirs. */
export const ONE_HEAD: Head = {
  query: [...HEADS.topic.query, ...HEADS.who.query],
  key: [...HEADS.topic.key, ...HEADS.who.key],
  value: [...HEADS.topic.value, ...HEADS.who.value],
};

/** The core's layer with these weights: W_q of all heads, then W_k, then W_v; nothing is mixed at the end. */
export function layerOf(heads: Head[]): nn.MultiheadAttention {
  const layer = new nn.MultiheadAttention(4, heads.length);
  const rows = (['query', 'key', 'value'] as const).flatMap((role) => heads.flatMap((head) => head[role]));
  const identity = [WATER, MONEY, THING, DEED];
  layer.loadStateDict({ in_proj_weight: tensor(rows), 'out_proj.weight': tensor(identity) }, { strict: false });
  return layer;
}

script({
  about: 'Two heads by hand: queries, keys and values, and the same from nn.MultiheadAttention.',
  next: 'npx ts-node chapters/10-attention-transformer/masks.ts',
  async run({ section, say, table, figure }) {
    const sentence = SENTENCE.map((word) => WORDS[word]);
    const looks = Object.entries(HEADS).map(([name, head]) => ({ name, looks: look(head, sentence) }));
    for (const { name, looks: rows } of looks) {
      section(name, `The head "${name}"`);
      table(
        ['', 'query', ...SENTENCE, 'gets water', 'money'],
        rows.map(({ q, weights, context }, i) => {
          return [SENTENCE[i], q.join(', '), ...[...weights, ...context].map((value) => value.toFixed(3))];
        }),
      );
    }

    section('core', 'Both side by side, and nn.MultiheadAttention with these weights');
    const layer = layerOf(Object.values(HEADS));
    const x = tensor([sentence]); // [1, 4, 4]
    const [y] = layer.forward(x, x, x);
    const core = ((await y.array()) as number[][][])[0];
    table(
      ['', 'by hand', 'the core'],
      SENTENCE.map((word, i) => {
        const byHand = looks.flatMap(({ looks: rows }) => rows[i].context);
        return [word, ...[byHand, core[i]].map((values) => values.map((value) => value.toFixed(3)).join('  '))];
      }),
    );
    say(`\n${layer.parameterCount()} parameters, all set by hand; in a trained network none is`);

    section('cross', 'Cross-attention: two questions look at the four words');
    const answers = look(HEADS.who, sentence, Object.values(QUESTIONS));
    table(
      ['', ...SENTENCE],
      answers.map(({ weights }, i) => [Object.keys(QUESTIONS)[i], ...weights.map((weight) => weight.toFixed(3))]),
    );

    const one = { name: 'both in one head', looks: look(ONE_HEAD, sentence) };
    await figure('heads', await headsFigure(SENTENCE, [...looks, one]));
  },
});
