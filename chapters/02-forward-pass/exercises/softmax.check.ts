import { randn, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

export default exercise<typeof import('./solutions/softmax')>({
  title: 'Softmax',
  hints: [
    'For one row: take e to the power of each score, and divide each by the sum of all.',
    'powers.sum(-1) of a [2, 3] is [2], which is no column of sums. { keepdim: true } makes it [2, 1].',
    'Before exp, take the largest score of the row off all of them: x.sub(x.max(-1, { keepdim: true })).',
  ],
  checks: {
    'the network of the lesson': ({ softmax }) =>
      expectClose(softmax(tensor([0.6, 0.67])).dataSync(), [0.48250714, 0.51749286], 'softmax([0.6, 0.67])', 1e-6),
    'a batch, row by row': ({ softmax }) => {
      const p = softmax(tensor([[0, 0, 0], [1, 2, 3]])); // biome-ignore format: two rows
      expectEqual([...p.shape], [2, 3], 'the shape for scores [2, 3]');
      const third = 1 / 3;
      expectClose(p.dataSync(), [third, third, third, 0.09003057, 0.24472847, 0.66524096], 'softmax of two rows');
    },
    'as many rows as columns': ({ softmax }) => {
      const p = softmax(tensor([[1, 2], [5, 3]])); // biome-ignore format: two rows
      expectClose(p.dataSync(), [0.26894142, 0.73105858, 0.88079708, 0.11920292], 'softmax([[1, 2], [5, 3]])');
    },
    'large scores': ({ softmax }) =>
      expectClose(softmax(tensor([1000, 1001])).dataSync(), [0.26894142, 0.73105858], 'softmax([1000, 1001])'),
    'rows far apart': ({ softmax }) => {
      const p = softmax(tensor([[-1000, -1000], [1000, 1000]])); // biome-ignore format: two rows
      expectClose(p.dataSync(), [0.5, 0.5, 0.5, 0.5], 'softmax([[-1000, -1000], [1000, 1000]])');
    },
    'gradients flow through it': ({ softmax }) =>
      expectGradCheck(softmax, [randn([3, 4], { dtype: 'float64', requiresGrad: true })]),
  },
});
