/**
 * Attention on four words, with nothing but lists of numbers: scores, softmax, context. The same word, in two
 * sentences, becomes two different things.
 */
import { numbers, script } from '../shared/script';
import { meaningFigure, weightsFigure } from './pictures/four-words';

// #region words
/** Two numbers a word: how much it has to do with water, and how much with money. */
export const WORDS: Record<string, number[]> = {
  the: [0, 0],
  river: [2, 0],
  savings: [0, 2],
  bank: [1, 1],
  flooded: [1.5, 0],
  failed: [0, 1.5],
};
// #endregion

export const SENTENCES = ['the river bank flooded', 'the savings bank failed'].map((text) => text.split(' '));

// #region attention
export const dot = (a: number[], b: number[]): number => a.reduce((sum, ai, i) => sum + ai * b[i], 0);

export function softmax(scores: number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

export const mixture = (weights: number[], vectors: number[][]): number[] =>
  vectors[0].map((_, i) => weights.reduce((sum, weight, j) => sum + weight * vectors[j][i], 0));

/** What one word gets from all words of its sentence. */
export function attend(word: number[], sentence: number[][]) {
  const scores = sentence.map((other) => dot(word, other)); //        how well do we agree?
  const weights = softmax(scores); //                                 in proportions that sum to 1
  const context = mixture(weights, sentence); //                      and of all a little of each
  return { scores, weights, context };
}
// #endregion

const pair = (values: number[]): string => values.map((value) => value.toFixed(4)).join(', ');

script({
  about: 'Attention by hand on four words: scores, softmax, context.',
  options: { bank: numbers(WORDS.bank, { help: 'what the word bank is before it looks around: water, money' }) },
  next: 'npx ts-node chapters/10-attention-transformer/scaling.ts',
  async run({ options, say, section, table, figure }) {
    const words: typeof WORDS = { ...WORDS, bank: options.bank };
    const readings = SENTENCES.map((sentence) => {
      const vectors = sentence.map((word) => words[word]);
      return { sentence, vectors, looks: vectors.map((vector) => attend(vector, vectors)) };
    });

    for (const [i, { sentence, vectors, looks }] of readings.entries()) {
      const { scores, weights, context } = looks[2];
      const powers = scores.map(Math.exp);
      const total = powers.reduce((sum, power) => sum + power, 0);
      section(`bank-${i + 1}`, `What does "bank" look at in "${sentence.join(' ')}"?`);
      table(
        ['word', 'water, money', 'score', 'e to that', `over ${total.toFixed(4)}`],
        sentence.map((word, j) => {
          const worked = [scores[j], powers[j], weights[j]].map((value) => value.toFixed(4));
          return [word, vectors[j].join(', '), ...worked];
        }),
      );
      say(`\nbank was ${pair(words.bank)} and becomes ${pair(context)}`);
    }

    section('all', 'The same for every word of the first sentence, in one go');
    const [{ sentence, looks }] = readings;
    table(
      ['', ...sentence, 'water', 'money'],
      looks.map(({ weights, context }, i) => [
        sentence[i],
        ...[...weights, ...context].map((value) => value.toFixed(4)),
      ]),
    );
    await figure('four-words', await weightsFigure(readings));
    await figure('meaning', await meaningFigure(words, readings));
  },
});
