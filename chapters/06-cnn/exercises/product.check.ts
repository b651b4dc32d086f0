import { arange, conv2d, Generator, randn, type Tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const generator = new Generator(16);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};

export default exercise<typeof import('./solutions/product')>({
  title: 'Convolution as a product',
  hints: [
    'Look through one place (u, v) of the window at a time: all windows together see the plane shifted by u and v. ' +
      'Which slice is that?',
    'x.slice(null, null, [u, u + rows], [v, v + columns]) is [N, C, rows, columns]. There are k·k such slices; stack ' +
      'them along a new axis after the channels.',
    'stack(slices, 2) is [N, C, k·k, rows, columns]; reshape it to [N, C·k·k, rows·columns]. Then ' +
      'w.reshape(O, C·k·k).matmul(patches), reshaped to a picture again.',
  ],
  checks: {
    'the patches of a small picture': ({ patches }) => {
      const columns = patches(arange(9).reshape(1, 1, 3, 3), 2);
      expectEqual(columns.shape, [1, 4, 4], 'the shape of patches of 2 × 2 of 3 × 3');
      expectClose([...columns.dataSync()], [0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8], 'the patches of 0 to 8');
    },
    'channels one after the other': ({ patches }) => {
      const columns = patches(arange(24).reshape(1, 2, 3, 4), 2);
      expectEqual(columns.shape, [1, 8, 6], 'the shape of patches of 2 × 2 of 2 × 3 × 4');
      expectClose([...columns.slice(0, null, 0).dataSync()], [0, 1, 4, 5, 12, 13, 16, 17], 'the first window');
    },
    'the product is the convolution': ({ convolve }) => {
      const [x, w] = [randn([2, 3, 5, 7], { generator }), randn([4, 3, 3, 3], { generator })];
      const y = convolve(x, w);
      expectEqual(y.shape, [2, 4, 3, 5], 'the shape of the convolution');
      expectClose([...y.dataSync()], [...conv2d(x, w).dataSync()], 'the convolution', 1e-4);
    },
    'the gradient check': ({ convolve }) => {
      expectGradCheck((x, w) => convolve(x, w), [random(2, 2, 4, 5), random(3, 2, 2, 2)]);
    },
  },
});
