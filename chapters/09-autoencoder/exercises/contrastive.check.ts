import { contrastiveLoss, customOperation, Generator, rand, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/contrastive');

const generator = new Generator(5);
const MARGIN = 1.7;
const distances = (): Tensor => tensor([0.3, 2.9, 1.1, 0.8, 1.4, 2.2, 0.6], { dtype: 'float64', requiresGrad: true });
const isDifferent = tensor([1, 1, 0, 1, 0, 0, 1]);

/** The loss as it should be, with the answer as its backward. */
const lossWith = ({ gradientOfContrastive }: Answer) =>
  customOperation('contrastive', {
    forward: (d) => contrastiveLoss(d, isDifferent, { margin: MARGIN }),
    backward: ([d]) => ({ gradients: [(g) => gradientOfContrastive(g, d, isDifferent, MARGIN)] }),
  });

export default exercise<Answer>({
  title: 'The contrastive loss',
  hints: [
    'd.neg().add(margin).relu() is what is missing to the margin: 0 for all that are far enough apart.',
    'a.where(condition, b) takes a where the condition holds and b elsewhere. Condition: isDifferent.eq(1).',
    'The slope of d² is 2d, of (margin − d)² it is −2(margin − d). The mean divides by the number of pairs.',
  ],
  checks: {
    'pairs that belong together cost their squared distance': ({ contrastive }) =>
      expectClose(contrastive(tensor([3, 1]), tensor([0, 0]), 2).itemSync(), 5, 'the loss of 3 and 1'),
    'pairs that do not cost what is missing to the margin': ({ contrastive }) =>
      expectClose(contrastive(tensor([0.5, 1, 7]), tensor([1, 1, 1]), 2).itemSync(), 3.25 / 3, 'the loss of 0.5, 1, 7'),
    'as in the core': ({ contrastive }) => {
      const [d, y] = [rand([50], { generator }).mul(3), rand([50], { generator }).gt(0.4)];
      expectClose(
        contrastive(d, y, 1.3).itemSync(),
        contrastiveLoss(d, y, { margin: 1.3 }).itemSync(),
        'the loss',
        1e-5,
      );
    },
    'the gradient check': (answer) => expectGradCheck(lossWith(answer), [distances()]),
    'the gradient of what is used further': (answer) =>
      expectGradCheck((d) => lossWith(answer)(d).mul(3).pow(2), [distances()]),
  },
});
