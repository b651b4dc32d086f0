import { customOperation, Generator, layerNorm as ofTheCore, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/layer-norm');

const generator = new Generator(11);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator }).mul(1.7).add(0.4);
  x.requiresGrad = true;
  return x;
};

/** Layer norm as it should be, with the answer as its backward. */
const normWith = ({ gradientOfLayerNorm }: Answer, eps: number) =>
  customOperation('layer norm', {
    forward: (x) => ofTheCore(x, [x.shape[1]], null, null, { eps }),
    backward: ([x]) => ({ saves: [x], gradients: [(g) => gradientOfLayerNorm(g, x, eps)] }),
  });

export default exercise<Answer>({
  title: 'Layer norm',
  hints: [
    'mean(-1, { keepdim: true }) is a mean for each row, [N, 1], which broadcasts.',
    'The gradient has three parts: g itself, what goes through the mean, what goes through the variance.',
    'Through the mean: every x lowers all y a little, so the mean of g is taken off.',
    'gx = (g − mean(g) − y · mean(g · y)) / √(v + eps), the means over each row.',
  ],
  checks: {
    'a row worked by hand': ({ layerNorm }) => {
      // mean 3, variance (4 + 0 + 4 + 0) / 4 = 2
      const y = layerNorm(tensor([[1, 3, 5, 3]]), 0);
      expectClose([...y.dataSync()], [-Math.SQRT2, 0, Math.SQRT2, 0], 'layer norm of [1, 3, 5, 3] with eps 0');
    },
    "the core's, with a large eps": ({ layerNorm }) => {
      const x = random(3, 5);
      const expected = ofTheCore(x, [5], null, null, { eps: 0.3 }).dataSync();
      expectClose([...layerNorm(x, 0.3).dataSync()], [...expected], 'layer norm of a 3 by 5 matrix');
    },
    'the gradient check': (answer) => expectGradCheck(normWith(answer, 0.01), [random(3, 5)]),
    'the gradient of what is used further': (answer) =>
      expectGradCheck((x) => normWith(answer, 0.2)(x).sigmoid().mul(x), [random(2, 7)]),
  },
});
