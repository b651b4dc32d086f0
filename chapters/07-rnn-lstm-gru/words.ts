/**
 * From words to numbers: a text is cut into tokens, a vocabulary gives every token a number, texts are brought to one
 * length, and an embedding turns each number into a vector.
 */
import { nn, noGrad, ops, type Tensor, tensor, train } from '../../core';
import { imdbOrReviews, Vocabulary, words } from '../../datasets';
import { integer, script } from '../shared/script';
import { wordsFigure } from './language/pictures/words';

const CORPUS = [
  'A good film.',
  'The plot is not good, and the end is bad!',
  "I didn't like the film: the plot is bad.",
  'Bad, bad, bad.<br />But the end is good.',
];
export const REVIEWS = ['The film is bad, but the end is terrific.', 'Not bad.'];
const LENGTH = 8;

// #region numbers
/** Texts as one block of numbers [N, T]: what is too long is cut at the front, and what is too short filled there. */
export function toNumbers(texts: readonly string[], vocabulary: Vocabulary, length: number) {
  const sequences = texts.map((text) => vocabulary.encode(words(text)));
  return train.padSequences(sequences, { length, side: 'before' }); // { tokens, mask }
}
// #endregion

// #region lookup
/** The same rows of a table in two ways: multiplied by one-hot vectors, and simply taken. */
export function lookUp(tokens: Tensor, { weight }: nn.Embedding) {
  const oneHot = ops.oneHot(tokens, weight.shape[0]).to('float32'); // [T, V], a single 1 in each row
  return { product: oneHot.matmul(weight), taken: ops.embedding(tokens, weight) }; // [T, D] each
}
// #endregion

/** Of the running words of some texts, the share that a vocabulary does not know. */
export function shareUnknown(texts: readonly string[][], vocabulary: Vocabulary): number {
  const ids = texts.flatMap((text) => vocabulary.encode(text));
  return ids.filter((id) => id === vocabulary.id('<unk>')).length / ids.length;
}

/** Vocabularies of several sizes, made of the training texts and tried on the others. */
function sizeRows(training: string[][], fresh: string[][]): string[][] {
  const whole = Vocabulary.of(training);
  const sizes = [30, 100, 300, 1000, 3000, 10_000, 30_000].filter((size) => size < whole.length);
  return [...sizes, whole.length].map((size) => {
    const unknown = shareUnknown(fresh, Vocabulary.of(training, { size }));
    return [String(size), `${(100 * unknown).toFixed(1)} %`];
  });
}

script({
  about: 'From words to numbers: tokens, a vocabulary, padding and cutting at the front, the embedding.',
  options: {
    reviews: integer(2000, { min: 0, help: 'to make a vocabulary of, and to try it on; 0 takes all there are' }),
  },
  settings: { quick: { reviews: 500 }, full: { reviews: 0 } },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/masking.ts',
  async run({ options, say, section, table, figure }) {
    const vocabulary = Vocabulary.of(CORPUS.map(words));
    section('tokens', 'A text as tokens, tokens as numbers');
    const tokens = words(REVIEWS[0]);
    const ids = vocabulary.encode(tokens);
    say(`"${REVIEWS[0]}"\n`);
    table(
      ['token', ...tokens],
      [
        ['number', ...ids],
        ['read back', ...vocabulary.decode(ids)],
      ],
    );

    section('padding', `Brought to a length of ${LENGTH}`);
    const sheet = toNumbers(REVIEWS, vocabulary, LENGTH);
    const [rows, masks] = [(await sheet.tokens.array()) as number[][], (await sheet.mask.array()) as number[][]];
    for (const [i, row] of rows.entries()) {
      say(`numbers  ${row.map((id) => String(id).padStart(3)).join('')}   ${vocabulary.decode(row).join(' ')}`);
      say(`mask     ${masks[i].map((one) => String(one).padStart(3)).join('')}`);
    }

    section('embedding', 'One vector for each word');
    const embedding = new nn.Embedding(vocabulary.length, 4, { paddingIdx: 0 });
    const { product, taken } = noGrad(() => lookUp(tensor(Int32Array.from(ids.slice(0, 4))), embedding));
    const vectors = (await taken.array()) as number[][];
    table(
      ['word', 'number', 'vector'],
      vectors.map((vector, i) => [tokens[i], ids[i], vector.map((v) => v.toFixed(2).padStart(5)).join('  ')]),
    );
    const sheetOfVectors = (await noGrad(() => embedding.forward(sheet.tokens)).array()) as number[][][]; // [2, 8, 4]
    const lines = REVIEWS.map(words).map((tokens, i) => ({
      tokens,
      ids: vocabulary.encode(tokens),
      vectors: sheetOfVectors[i],
    }));
    await figure('words', wordsFigure(lines, LENGTH));
    say(`\nfrom one-hot vectors by a product: differs by ${await product.sub(taken).abs().max().item()}`);

    section('sizes', 'How many words a vocabulary needs');
    const count = options.reviews || undefined;
    const data = await imdbOrReviews({ train: count, test: count });
    say(`${data.source}\n`);
    table(
      ['vocabulary', 'unknown words in fresh reviews'],
      sizeRows(data.train.texts.map(words), data.test.texts.map(words)),
    );
  },
});
