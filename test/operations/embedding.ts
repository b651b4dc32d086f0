/**
 * Rows of embedding, which stands in core/ops/indexing.ts.
 */
import { embedding } from '../../core';
import { givenWhole, places, reals, whole } from './inputs';
import { operation, type Run, refuses, row } from './row';

const look =
  (paddingIdx?: number): Run =>
  (index, weight) =>
    embedding(index, weight, { paddingIdx });

/** By decree: the values do depend on the row. */
const UNMOVED = { noDifferences: 'the row of the padding learns nothing' };

const AGAIN = givenWhole([
  [2, 0, 2, 3],
  [2, 1, 0, 0],
]);

export const embeddings = [
  operation(
    'embedding',
    row('a sentence', [places(5, 7), reals(5, 3)], look(), 'F.embedding(a, b)'),
    row('a batch of sentences', [AGAIN, reals(5, 3)], (a, b) => embedding(a, b), 'F.embedding(a, b)'),
    row('one word', [places(5), reals(5, 3)], look(), 'F.embedding(a, b)'),
    row('rank 3', [places(5, 2, 1, 3), reals(5, 2)], look(), 'F.embedding(a, b)'),
    row('padding', [AGAIN, reals(4, 3)], look(0), 'F.embedding(a, b, padding_idx=0)', UNMOVED),
    row('padding counted from the end', [AGAIN, reals(4, 3)], look(-2), 'F.embedding(a, b, padding_idx=-2)', UNMOVED),
    row(
      'nothing but padding',
      [givenWhole([1, 1, 1]), reals(3, 2)],
      look(1),
      'F.embedding(a, b, padding_idx=1)',
      UNMOVED,
    ),
    row('no words', [places(5, 2, 0), reals(5, 3)], look(0), 'F.embedding(a, b, padding_idx=0)'),
    row('vectors of one', [places(5, 7), reals(5, 1)], look(), 'F.embedding(a, b)'),
    row('a table of whole numbers', [places(5, 7), whole(5, 2)], look(), 'F.embedding(a, b)'),
    row('a transposed table', [AGAIN, reals(3, 4)], (a, b) => embedding(a, b.transpose()), 'F.embedding(a, b.T)'),
    refuses(
      'float indices',
      [reals(3), reals(5, 3)],
      look(),
      "embedding: the index must be int32, not float64; convert with to('int32')",
    ),
    refuses(
      'a word beyond the last',
      [givenWhole([0, 5]), reals(5, 3)],
      look(),
      'embedding: index 5 at position 1 is outside 0..4',
    ),
    refuses(
      'a word below 0',
      [givenWhole([[0], [-1]]), reals(5, 3)],
      look(),
      'embedding: index -1 at position 1 is outside 0..4',
    ),
    refuses(
      'a table that is none',
      [places(5, 3), reals(5)],
      look(),
      'embedding: the weight is a table [rows, D], not of shape [5]',
    ),
    refuses(
      'padding beyond the last',
      [places(5, 3), reals(5, 3)],
      look(5),
      'embedding: paddingIdx 5 is none of the 5 rows',
    ),
    refuses(
      'padding before the first',
      [places(5, 3), reals(5, 3)],
      look(-6),
      'embedding: paddingIdx -6 is none of the 5 rows',
    ),
  ),
];
