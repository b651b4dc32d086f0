/**
 * Rows of core/ops/attention.ts.
 */
import { scaledDotProductAttention as attention, type Tensor, tensor } from '../../core';
import type { AttentionOptions } from '../../core/ops/attention';
import { between, fixed, given, givenWhole, type Input, mask, reals, whole } from './inputs';
import { operation, type Run, refuses, row } from './row';

const NAME = 'scaledDotProductAttention';

const attend =
  (options: AttentionOptions = {}): Run =>
  (q, k, v) =>
    attention(q, k, v, options);

/** The fourth input is a mask. */
const masked =
  (options: AttentionOptions = {}): Run =>
  (q, k, v, seen) =>
    attention(q, k, v, { mask: seen, ...options });

const threeOf = (...shape: number[]) => [reals(...shape), reals(...shape), reals(...shape)];

const FOUR_BY_FIVE = [reals(2, 4, 3), reals(2, 5, 3), reals(2, 5, 2)];
const PADDED = givenWhole([
  [1, 1, 1, 0, 0],
  [1, 1, 1, 1, 1],
]);
/** The second query sees nothing, the third only the last key. */
const SOME_SEE_NOTHING = [
  [1, 0, 1],
  [0, 0, 0],
  [0, 0, 1],
];
const LOW = SOME_SEE_NOTHING.map((line) => line.map((seen) => (seen ? 0.5 : -Infinity)));
const atEnd = (input: Input, ...shape: number[]): Input => ({ ...input, shape });

export const attentions = [
  operation(
    NAME,
    row('more keys than queries', FOUR_BY_FIVE, attend(), 'attention(a, b, c)'),
    row('no batch', [reals(3, 2), reals(5, 2), reals(5, 3)], attend(), 'attention(a, b, c)'),
    row('heads', threeOf(2, 3, 2, 2), attend(), 'attention(a, b, c)'),
    row('three axes in front', threeOf(2, 1, 2, 3, 1), attend(), 'attention(a, b, c)'),
    row('itself', [reals(3, 2)], (a) => attention(a, a, a), 'attention(a, a, a)'),
    row('keys that are values', [reals(2, 3), reals(5, 3)], (a, b) => attention(a, b, b), 'attention(a, b, b)'),
    row(
      'heads taken from rows',
      [reals(2, 3, 4)],
      (a) => {
        const heads = a.reshape(2, 3, 2, 2).permute(0, 2, 1, 3);
        return attention(heads, heads, heads);
      },
      'attention(*[a.reshape(2, 3, 2, 2).permute(0, 2, 1, 3)] * 3)',
    ),
    row('one query', [reals(2, 1, 3), reals(2, 5, 3), reals(2, 5, 3)], attend(), 'attention(a, b, c)'),
    row('one key', [reals(3, 2), reals(1, 2), reals(1, 2)], attend(), '(a - a) @ b.mT + c'),
    row('vectors of one', threeOf(3, 1), attend(), 'attention(a, b, c)'),
    row('no queries', [reals(0, 2), reals(3, 2), reals(3, 2)], attend(), 'attention(a, b, c)'),
    row('no keys', [reals(3, 2), reals(0, 2), reals(0, 2)], attend(), 'attention(a, b, c)'),
    row('an empty batch', threeOf(0, 3, 2), attend(), 'attention(a, b, c)'),
    row('values without elements', [reals(3, 2), reals(3, 2), reals(3, 0)], attend(), 'attention(a, b, c)'),
    row('a scale of its own', FOUR_BY_FIVE, attend({ scale: 0.7 }), 'attention(a, b, c, scale=0.7)'),
    row('a scale of 0', FOUR_BY_FIVE, attend({ scale: 0 }), 'attention(a, b, c, scale=0.)'),
    row(
      'large scores',
      [between(16, 18, 3, 2), between(17, 17.25, 5, 2), reals(5, 2)],
      attend({ scale: 0.5 }), // near 300: e³⁰⁰ is infinite in float32
      'attention(a, b, c, scale=0.5)',
      { looser: { times: 20, why: 'a score of 300 has five digits left after the point of float32' } },
    ),

    row(
      'scores that rise',
      [fixed(given([[20]])), fixed(given([[-20], [-10], [0], [19.9375], [20]])), fixed(reals(5, 2))],
      attend(), // from −400 to 400: e⁸⁰⁰, by which they differ, is infinite in float64 too
      'attention(a, b, c)',
    ),

    row('queries that broadcast', [reals(3, 2), reals(2, 5, 2), reals(2, 5, 2)], attend(), 'attention(a, b, c)'),
    row(
      'keys and values that broadcast',
      [reals(2, 3, 2, 2), reals(2, 1, 3, 2), reals(3, 2)],
      attend(),
      'attention(a, b, c)',
    ),

    row('causal', threeOf(2, 4, 3), attend({ causal: true }), 'attention(a, b, c, causal=True)'),
    row('causal, more keys', FOUR_BY_FIVE, attend({ causal: true }), 'attention(a, b, c, causal=True)'),
    row(
      'causal, more queries',
      [reals(5, 2), reals(3, 2), reals(3, 2)],
      attend({ causal: true }),
      'attention(a, b, c, causal=True)',
    ),
    row(
      'causal, the last query',
      [reals(1, 2), reals(5, 2), reals(5, 2)],
      attend({ causal: true }),
      'attention(a, b, c, causal=True)',
    ),

    row('a choice', [...FOUR_BY_FIVE, mask(4, 5)], masked(), 'attention(a, b, c, d)'),
    row('a choice for each example', [...FOUR_BY_FIVE, mask(2, 4, 5)], masked(), 'attention(a, b, c, d)'),
    row('padding', [...FOUR_BY_FIVE, atEnd(PADDED, 2, 1, 5)], masked(), 'attention(a, b, c, d)'),
    row(
      'padding, with heads',
      [reals(2, 3, 2, 1), reals(2, 3, 5, 1), reals(2, 3, 5, 2), atEnd(PADDED, 2, 1, 1, 5)],
      masked(),
      'attention(a, b, c, d)',
    ),
    row('keys for all', [...FOUR_BY_FIVE, givenWhole([0, 1, 1, 0, 1])], masked(), 'attention(a, b, c, d)'),
    row('queries left out', [...FOUR_BY_FIVE, givenWhole([[1], [0], [1], [1]])], masked(), 'attention(a, b, c, d)'),
    row('some see nothing', [...threeOf(3, 2), givenWhole(SOME_SEE_NOTHING)], masked(), 'attention(a, b, c, d)'),
    row('a choice, causal', [...threeOf(2, 4, 2), mask(4, 4)], masked({ causal: true }), 'attention(a, b, c, d, True)'),
    row(
      'a choice in front of three axes',
      [...threeOf(2, 1, 2, 3, 1), mask(2, 1, 1, 1, 3)],
      masked(),
      'attention(a, b, c, d)',
    ),
    row('a choice that adds a batch', [...threeOf(3, 2), mask(2, 3, 3)], masked(), 'attention(a, b, c, d)'),
    row('a choice of one', [...threeOf(3, 2), givenWhole(1)], masked(), 'attention(a, b, c, d)'),

    row('added', [...FOUR_BY_FIVE, fixed(reals(4, 5))], masked(), 'attention(a, b, c, d)'),
    row('added for each head', [...threeOf(2, 3, 2, 2), fixed(reals(3, 2, 2))], masked(), 'attention(a, b, c, d)'),
    row('added, −∞', [...threeOf(3, 2), fixed(given(LOW))], masked(), 'attention(a, b, c, d)'),
    row(
      'added, causal',
      [...threeOf(4, 2), fixed(reals(4, 4))],
      masked({ causal: true }),
      'attention(a, b, c, d, True)',
    ),
    row('added and learned', [...FOUR_BY_FIVE, reals(4, 5)], masked(), 'attention(a, b, c, d)'),
    row(
      'added and learned, causal',
      [...threeOf(2, 4, 2), reals(2, 1, 4)],
      masked({ causal: true }),
      'attention(a, b, c, d, True)',
    ),
    row('added and learned, −∞', [...threeOf(3, 2), given(LOW)], masked(), 'attention(a, b, c, d)', {
      noDifferences: 'nothing is near −∞',
    }),

    refuses(
      'queries of another length',
      [reals(3, 4), reals(5, 2), reals(5, 2)],
      attend(),
      `${NAME}: queries and keys need one length from 1 up: 4 and 2 in [3,4], [5,2], [5,2]`,
    ),
    refuses(
      'vectors without elements',
      [reals(3, 0), reals(5, 0), reals(5, 2)],
      attend(),
      `${NAME}: queries and keys need one length from 1 up: 0 and 0 in [3,0], [5,0], [5,2]`,
    ),
    refuses(
      'a value too few',
      [reals(3, 2), reals(5, 2), reals(4, 2)],
      attend(),
      `${NAME}: each key needs its value: 5 keys and 4 values in [3,2], [5,2], [4,2]`,
    ),
    refuses(
      'a vector',
      [reals(2), reals(5, 2), reals(5, 2)],
      attend(),
      `${NAME}: q, k and v are [..., T, D], not [2], [5,2], [5,2]; unsqueeze(0) makes one vector a row`,
    ),
    refuses(
      'batches that do not meet',
      [reals(2, 3, 2), reals(3, 5, 2), reals(3, 5, 2)],
      attend(),
      `${NAME}: shapes [2] and [3] do not broadcast: 2 against 3 at axis -1; ` +
        'aligned at the right, extents must be equal or 1 (unsqueeze or reshape one side)',
    ),
    refuses(
      'a mask of examples and keys',
      [...FOUR_BY_FIVE, mask(2, 5)],
      masked(),
      `${NAME}: a mask of shape [2,5] does not broadcast to 4 queries and 5 keys; ` +
        'one that only says which keys of an example take part is [N, 1, Tk], with heads [N, 1, 1, Tk]',
    ),
    refuses(
      'a mask of other keys',
      [...FOUR_BY_FIVE, mask(4)],
      masked(),
      `${NAME}: a mask of shape [4] does not broadcast to 4 queries and 5 keys; ` +
        'one that only says which keys of an example take part is [N, 1, Tk], with heads [N, 1, 1, Tk]',
    ),
    refuses(
      'a mask of another batch',
      [...FOUR_BY_FIVE, mask(3, 4, 5)],
      masked(),
      `${NAME}: shapes [2] and [3] do not broadcast: 2 against 3 at axis -1; ` +
        'aligned at the right, extents must be equal or 1 (unsqueeze or reshape one side)',
    ),
    refuses(
      'whole numbers',
      [whole(3, 2), reals(3, 2), reals(3, 2)],
      attend(),
      `${NAME}: int32 has no fractions; convert with to('float32') first`,
    ),
    refuses(
      'precisions that differ',
      [reals(1, 2), reals(1, 2)],
      (a, b) => attention(a, b, tensor([[1, 2]])),
      `${NAME}: float32 and float64 do not mix; convert one side with to('float64') or to('float32')`,
    ),
    refuses(
      'a list as mask',
      threeOf(3, 2),
      (a, b, c) => attention(a, b, c, { mask: [1, 0, 1] as unknown as Tensor }),
      `${NAME}: expected a tensor, got a list; tensor(list) makes one`,
    ),
    refuses(
      'a scale without end',
      threeOf(3, 2),
      attend({ scale: Infinity }),
      `${NAME}: scale is a finite number, not Infinity`,
    ),
  ),
];
