import { customOperation, Generator, ops, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/depthwise');

const generator = new Generator(81);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};

/** The convolution as it should be, with the answer as its backward. */
const depthwiseWith = ({ gradientsOfDepthwise }: Answer) =>
  customOperation('depthwise', {
    forward: (x, w) => ops.conv2d(x, w.unsqueeze(1), null, { padding: 1, groups: w.shape[0] }),
    backward: ([x, w]) => ({
      gradients: [(g) => gradientsOfDepthwise(g, x, w).gx, (g) => gradientsOfDepthwise(g, x, w).gw],
    }),
  });

export default exercise<Answer>({
  title: 'The depthwise convolution',
  hints: [
    'Nine places of the window, nine products: what does the place in the upper left corner see of x?',
    'Pad x by one on both sides of the last two axes. Place (u, v) sees rows u to u + H and columns v to v + W.',
    'Place (u, v) has one weight a map: w.slice(null, u, v).reshape(-1, 1, 1) broadcasts over [N, C, H, W].',
    'gw: what a weight has met, times g, summed over all but the maps. gx: the same convolution of g, w flipped.',
  ],
  checks: {
    'one map, one number': ({ depthwise }) => {
      const x = tensor([0, 0, 0, 0, 5, 0, 0, 0, 0], { shape: [1, 1, 3, 3] });
      const w = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], { shape: [1, 3, 3] });
      const y = depthwise(x, w);
      expectEqual([...y.shape], [1, 1, 3, 3], 'the shape of y');
      expectClose([...y.dataSync()], [45, 40, 35, 30, 25, 20, 15, 10, 5], 'a window from 1 to 9 around a 5');
    },
    'agrees with conv2d in groups': ({ depthwise }) => {
      const [x, w] = [random(2, 3, 5, 4).detach(), random(3, 3, 3).detach()];
      const expected = ops.conv2d(x, w.unsqueeze(1), null, { padding: 1, groups: 3 });
      expectClose([...depthwise(x, w).dataSync()], [...expected.dataSync()], 'depthwise(x, w)', 1e-9);
    },
    'the gradient check': (answer) => expectGradCheck(depthwiseWith(answer), [random(2, 3, 4, 5), random(3, 3, 3)]),
  },
});
