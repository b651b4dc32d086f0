import { Generator, randn, scaledDotProductAttention, type Tensor } from '../../../core';
import { exercise, expectClose, expectEqual } from '../../shared/exercise';

const generator = new Generator(10);
const random = (...shape: number[]): Tensor => randn(shape, { dtype: 'float64', generator });
const rows = (mask: Tensor): unknown => mask.arraySync();

export default exercise<typeof import('./solutions/causal')>({
  title: 'Who may look where',
  hints: [
    'tril keeps what lies on and below a diagonal; tril(1) keeps one diagonal more.',
    'With 2 queries and 5 keys the first query is word 4 of 5 and sees four keys. How far is the diagonal moved?',
    'ones([queries, keys], { dtype: "int32" }).tril(keys − queries).',
    'For the padding: places 0, 1, 2 … against lengths. arange(…).lt(…), with the lengths shaped [N, 1, 1].',
  ],
  checks: {
    'three words': ({ causal }) =>
      expectEqual(
        rows(causal(3, 3)),
        [
          [1, 0, 0],
          [1, 1, 0],
          [1, 1, 1],
        ],
        'causal(3, 3)',
      ),
    'two new words after three known ones': ({ causal }) =>
      expectEqual(
        rows(causal(2, 5)),
        [
          [1, 1, 1, 1, 0],
          [1, 1, 1, 1, 1],
        ],
        'causal(2, 5)',
      ),
    'rows of 3, 1 and 4 words': ({ padding }) =>
      expectEqual(
        rows(padding([3, 1, 4], 4)),
        [[[1, 1, 1, 0]], [[1, 0, 0, 0]], [[1, 1, 1, 1]]],
        'padding([3, 1, 4], 4)',
      ),
    'attention with it is causal attention': ({ causal }) => {
      const [q, k, v] = [random(2, 3, 4), random(2, 7, 4), random(2, 7, 5)];
      const masked = scaledDotProductAttention(q, k, v, { mask: causal(3, 7) });
      const expected = scaledDotProductAttention(q, k, v, { causal: true });
      expectClose([...masked.dataSync()], [...expected.dataSync()], 'attention with your mask');
    },
  },
});
