import { conv2d, customOperation, Generator, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/backward');

const generator = new Generator(26);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};

/** The core's convolution, with the answer as its backward. */
const convolutionWith = ({ gradientAlongX, gradientAlongW }: Answer) =>
  customOperation('convolution', {
    forward: (x, w) => conv2d(x, w),
    backward: ([x, w]) => ({
      saves: [x, w],
      gradients: [(g) => gradientAlongX(g, w), (g) => gradientAlongW(x, g)],
    }),
  });

export default exercise<Answer>({
  title: 'The way back through a convolution',
  hints: [
    'On a line: y0 = w0·x0 + w1·x1, y1 = w0·x1 + w1·x2. Which outputs has x1 been in, and with which weights? In ' +
      'which order do the weights come?',
    'Along x: pad g with k − 1 zeros on every side, and slide the filters over it, turned by half a circle and with ' +
      'input and output channels exchanged. Along w: each weight has met a plane of x as large as g.',
    'conv2d(g, w.transpose(0, 1).flip(2, 3), null, { padding: k − 1 }), and ' +
      'conv2d(x.transpose(0, 1), g.transpose(0, 1)).transpose(0, 1): the batch stands where the channels were.',
  ],
  checks: {
    'on a line of three': ({ gradientAlongX, gradientAlongW }) => {
      const g = tensor([[[[10, 100]]]]); // as if H were 1: only the first row of the filter counts
      const x = tensor([
        [
          [
            [3, 5, 7],
            [0, 0, 0],
          ],
        ],
      ]);
      const w = tensor([
        [
          [
            [2, 4],
            [0, 0],
          ],
        ],
      ]);
      const gx = gradientAlongX(g, w);
      expectEqual(gx.shape, [1, 1, 2, 3], 'the shape of the gradient along x');
      expectClose([...gx.dataSync()], [20, 240, 400, 0, 0, 0], 'the gradient along x');
      const gw = gradientAlongW(x, g);
      expectEqual(gw.shape, [1, 1, 2, 2], 'the shape of the gradient along w');
      expectClose([...gw.dataSync()], [530, 750, 0, 0], 'the gradient along w');
    },
    'the gradient check, one channel': (answer) => {
      expectGradCheck(convolutionWith(answer), [random(1, 1, 5, 4), random(1, 1, 3, 3)]);
    },
    'the gradient check, channels and a batch': (answer) => {
      expectGradCheck(convolutionWith(answer), [random(2, 3, 4, 5), random(4, 3, 2, 2)]);
    },
  },
});
