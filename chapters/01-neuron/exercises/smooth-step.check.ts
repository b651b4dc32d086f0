import { customOperation, Generator, randn, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

export default exercise<typeof import('./solutions/smooth-step')>({
  title: 'The sigmoid, with a gradient of its own',
  hints: [
    'Forward, from the inside out: change the sign, take the exponential, add 1, and one divided by all that.',
    'One divided by t is t.pow(-1). One minus y is y.neg().add(1).',
    'The slope is y·(1 − y), and the gradient g times that: g.mul(y).mul(y.neg().add(1)).',
  ],
  checks: {
    'forward: the values': ({ forward }) => {
      const y = forward(tensor([0.2, -0.06, 0, -5], { shape: [2, 2] }));
      expectEqual(y.shape, [2, 2], 'the shape of forward(x)');
      expectClose(Array.from(y.dataSync()), [0.549834, 0.4850045, 0.5, 0.0066929], 'forward of 0.2, -0.06, 0 and -5');
    },
    'gradient: agrees with differences': ({ forward, gradient }) => {
      const smoothStep = customOperation('smoothStep', {
        forward,
        backward: (_, y) => ({ saves: [y], gradients: [(g) => gradient(y, g)] }),
      });
      const x = randn([3, 5], { dtype: 'float64', generator: new Generator(1), requiresGrad: true });
      expectGradCheck(smoothStep, [x]);
    },
  },
});
