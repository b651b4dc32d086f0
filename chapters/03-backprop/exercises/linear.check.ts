import { customOperation, Generator, linear, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const generator = new Generator(3);
const random = (...shape: number[]): Tensor => {
  const t = randn(shape, { dtype: 'float64', generator });
  t.requiresGrad = true;
  return t;
};

type Answer = typeof import('./solutions/linear');

/** The layer, with the answer as its backward. */
const layerWith = ({ gradientsOfLinear }: Answer) =>
  customOperation('linear', {
    forward: (x, w, b) => linear(x, w, b),
    backward: ([x, w]) => ({ saves: [x, w], gradients: (gY: Tensor) => gradientsOfLinear(gY, x, w) }),
  });

export default exercise<Answer>({
  title: 'Backward through a layer',
  hints: [
    'Look at one number first: y = x·w + b has gx = g·w, gw = g·x, gb = g. For matrices the shapes say the rest.',
    'gW must be [out, in] and is made of gY [N, out] and X [N, in]: which of the two has to be transposed?',
    'gX = gY·W and gW = gYᵀ·X. And b was added to every row of the batch: its gradient sums over the rows, sum(0).',
  ],
  checks: {
    'one example, one neuron': ({ gradientsOfLinear }) => {
      const gradients = gradientsOfLinear(tensor([[2]]), tensor([[3]]), tensor([[5]]));
      const values = gradients.map((g) => g.itemSync());
      expectClose(values, [10, 6, 2], 'gX, gW and gb for gY = 2, x = 3, w = 5');
    },
    'the shapes': ({ gradientsOfLinear }) => {
      const gradients = gradientsOfLinear(random(5, 2), random(5, 3), random(2, 3));
      const shapes = gradients.map((g) => `[${g.shape}]`).join(' ');
      expectEqual(shapes, '[5,3] [2,3] [2]', 'the shapes of gX, gW and gb for X [5, 3] and W [2, 3]: they');
    },
    'the gradient check': (answer) => expectGradCheck(layerWith(answer), [random(5, 3), random(2, 3), random(2)]),
    'as many outputs as inputs': (answer) =>
      expectGradCheck(layerWith(answer), [random(4, 3), random(3, 3), random(3)]),
  },
});
