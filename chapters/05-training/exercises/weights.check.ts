import { bceWithLogitsLoss, customOperation, Generator, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/weights');

const generator = new Generator(3);
const scores = (...shape: number[]): Tensor => {
  const z = randn(shape, { dtype: 'float64', generator });
  z.requiresGrad = true;
  return z;
};
const TARGETS = tensor([[1], [0], [0], [1], [0]], { dtype: 'float64' });

/** The loss written differently: a target of 1 stands there `weight` times. */
function repeated(z: Tensor, weight: number): Tensor {
  const each = bceWithLogitsLoss(z, TARGETS, { reduction: 'none' }); // [5, 1]
  const counts = TARGETS.mul(weight - 1).add(1);
  return each
    .mul(counts)
    .sum()
    .div(2 * weight + 3);
}

/** The loss, with the answer as its backward. */
const lossWith = ({ gradientOfScores }: Answer, weight: number) =>
  customOperation('weightedLoss', {
    forward: (z) => repeated(z, weight),
    backward: ([z]) => ({ saves: [z], gradients: [(g) => gradientOfScores(g, z, TARGETS, weight)] }),
  });

export default exercise<Answer>({
  title: 'A loss in which frauds count more',
  hints: [
    'w is a tensor like t: 1 where t is 0, weight where t is 1. One multiplication and one addition make it from t.',
    'The gradient of each along z is σ(z) − t. In the loss it is multiplied by w and divided by the sum of all w.',
    'gradient = g · (σ(z) − t) · w / w.sum(); everything broadcasts.',
  ],
  checks: {
    'with weight 1 it is the usual loss': ({ weightedLoss }) => {
      const z = scores(5, 1);
      const expected = bceWithLogitsLoss(z, TARGETS).itemSync();
      expectClose(weightedLoss(z, TARGETS, 1).itemSync(), expected, 'the loss');
    },
    'a fraud that counts three times': ({ weightedLoss }) => {
      const loss = weightedLoss(tensor([0.4, -1.1]), tensor([1, 0]), 3);
      const [fraud, honest] = [Math.log(1 + Math.exp(-0.4)), Math.log(1 + Math.exp(-1.1))];
      expectClose(loss.itemSync(), (3 * fraud + honest) / 4, 'the loss of one fraud and one honest payment');
    },
    'the shape of the gradient': ({ gradientOfScores }) => {
      const g = gradientOfScores(tensor(1, { dtype: 'float64' }), scores(5, 1), TARGETS, 4);
      expectEqual([...g.shape], [5, 1], 'the shape of the gradient');
    },
    'the gradient check': (answer) => expectGradCheck(lossWith(answer, 4), [scores(5, 1)]),
    'a loss that is used further': (answer) =>
      expectGradCheck((z) => lossWith(answer, 2.5)(z).mul(3).exp(), [scores(5, 1)]),
  },
});
