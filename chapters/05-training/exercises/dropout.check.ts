import { bernoulli, customOperation, Generator, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/dropout');

const generator = new Generator(8);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};
const maskFor = (p: number, ...shape: number[]): Tensor => bernoulli(1 - p, shape, { generator }).to('float64');

/** Dropout as it should be, with the answer as its backward. */
const dropoutWith = ({ gradientOfDropout }: Answer, mask: Tensor, p: number) =>
  customOperation('dropout', {
    forward: (x) => x.mul(mask.div(1 - p)),
    backward: () => ({ gradients: [(g) => gradientOfDropout(g, mask, p)] }),
  });

export default exercise<Answer>({
  title: 'Dropout',
  hints: [
    'If p of the signals are dropped, 1 − p stay. Divided by what, do those have the old sum on average?',
    'While learning: y = x · mask / (1 − p). Otherwise y = x, whatever the mask.',
    'y is x times a number for each place, and the slope of that along x is this number.',
  ],
  checks: {
    'a quarter is dropped, the others grow by a third': ({ dropout }) => {
      const y = dropout(tensor([3, -6, 9, 1.5]), tensor([1, 1, 0, 1]), 0.25, true);
      expectClose([...y.dataSync()], [4, -8, 0, 2], 'dropout of [3, -6, 9, 1.5]');
    },
    'after training it does nothing': ({ dropout }) => {
      const y = dropout(tensor([3, -6, 9]), tensor([1, 0, 0]), 0.4, false);
      expectClose([...y.dataSync()], [3, -6, 9], 'dropout when not training');
    },
    'the mean stays': ({ dropout }) => {
      const x = randn([400, 250], { generator }).add(2);
      const mask = bernoulli(0.3, [400, 250], { generator }).to('float32');
      expectClose(dropout(x, mask, 0.7, true).mean().itemSync(), x.mean().itemSync(), 'the mean of y', 0.02);
    },
    'the gradient check': (answer) => {
      const mask = maskFor(0.4, 3, 5);
      expectGradCheck(dropoutWith(answer, mask, 0.4), [random(3, 5)]);
    },
    'the gradient of what is used further': (answer) => {
      const mask = maskFor(0.2, 2, 7);
      expectGradCheck((x) => dropoutWith(answer, mask, 0.2)(x).sigmoid().mul(x), [random(2, 7)]);
    },
  },
});
