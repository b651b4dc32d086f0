import { randn, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const random = (...shape: number[]) => randn(shape, { dtype: 'float64', requiresGrad: true });

export default exercise<typeof import('./solutions/log-sum-exp')>({
  title: 'Log-sum-exp, and the logarithm of softmax',
  hints: [
    'With m the largest score: Σ e^z = e^m · Σ e^(z − m). What is the logarithm of the right side?',
    'm must be subtracted from every score of its row: z.max(-1, { keepdim: true }). Without keepdim it is added back.',
    'log softmax(z) = z − logSumExp(z): no fraction, no probability, nothing to underflow. Divide z by T before.',
  ],
  checks: {
    'two equal scores': ({ logSumExp }) =>
      expectClose(logSumExp(tensor([[0, 0]])).dataSync(), [Math.LN2], 'logSumExp([[0, 0]])'),
    'the shape': ({ logSumExp }) => {
      expectEqual([...logSumExp(random(2, 3)).shape], [2], 'the shape for scores [2, 3]');
      expectEqual([...logSumExp(random(5, 2, 3)).shape], [5, 2], 'the shape for scores [5, 2, 3]');
    },
    'row by row': ({ logSumExp }) => {
      const scores = [
        [1, 2, 4],
        [3, 3, -1],
      ];
      expectClose(logSumExp(tensor(scores)).dataSync(), [4.16984602, 3.70226332], 'logSumExp of two rows');
    },
    'scores of 1000, and of −1000 in the next row': ({ logSumExp }) => {
      const scores = [
        [1000, 1000],
        [-1000, -1000],
      ];
      const expected = [1000 + Math.LN2, -1000 + Math.LN2];
      expectClose(logSumExp(tensor(scores)).dataSync(), expected, 'logSumExp of large scores');
    },
    'log of softmax': ({ logSoftmax }) => {
      const p = logSoftmax(tensor([1, 2, 4]), 1)
        .exp()
        .dataSync();
      expectClose(p, [0.04201007, 0.1141952, 0.84379473], 'softmax of 1, 2, 4');
    },
    'a probability of nearly 0': ({ logSoftmax }) =>
      expectClose(logSoftmax(tensor([0, 1000]), 1).dataSync(), [-1000, 0], 'logSoftmax([0, 1000], 1)'),
    'the temperature': ({ logSoftmax }) => {
      const scores = [
        [0, 4],
        [6, 0],
      ];
      const p = logSoftmax(tensor(scores), 4).exp();
      expectClose(p.dataSync(), [0.26894142, 0.73105858, 0.81757448, 0.18242552], 'two rows at temperature 4');
    },
    'the gradient check': ({ logSumExp, logSoftmax }) => {
      expectGradCheck(logSumExp, [random(3, 4)]);
      expectGradCheck((z) => logSoftmax(z, 1.7), [random(3, 4)]);
    },
  },
});
