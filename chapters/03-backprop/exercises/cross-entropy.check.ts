import { crossEntropy, customOperation, Generator, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const generator = new Generator(5);
const random = (...shape: number[]): Tensor => {
  const t = randn(shape, { dtype: 'float64', generator });
  t.requiresGrad = true;
  return t;
};

const LABELS = tensor([2, 0, 1, 2, 2], { dtype: 'int32' });

type Answer = typeof import('./solutions/cross-entropy');

/** The loss, with the answer as its backward. */
const lossWith = ({ gradientOfScores }: Answer) =>
  customOperation('crossEntropy', {
    forward: (scores) => crossEntropy(scores, LABELS),
    backward: ([scores]) => ({ saves: [scores], gradients: [(g) => gradientOfScores(g, scores, LABELS)] }),
  });

export default exercise<Answer>({
  title: 'Backward through softmax and cross-entropy',
  hints: [
    'For sigmoid and binary cross-entropy the gradient along the score was p − t. What is p here, and what is t?',
    'p is softmax over the classes (axis 1), t the one-hot target: oneHot(labels, C) makes it from the labels.',
    'The loss is a mean over N examples, so divide by N; and multiply by g, for whatever comes after the loss.',
  ],
  checks: {
    'two classes, no preference': ({ gradientOfScores }) => {
      const g = gradientOfScores(tensor(1), tensor([[0, 0]]), tensor([1], { dtype: 'int32' }));
      expectEqual([...g.shape], [1, 2], 'the shape of the gradient');
      expectClose(g.arraySync() as number[][], [[0.5, -0.5]], 'the gradient for scores 0 and 0, label 1');
    },
    'the gradient check': (answer) => expectGradCheck(lossWith(answer), [random(5, 3)]),
    'a loss that is used further': (answer) =>
      expectGradCheck((scores) => lossWith(answer)(scores).mul(3).exp(), [random(5, 3)]),
  },
});
