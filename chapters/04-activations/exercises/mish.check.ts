import { gradGradCheck, randn, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const random = (...shape: number[]) => randn(shape, { dtype: 'float64', requiresGrad: true });

export default exercise<typeof import('./solutions/mish')>({
  title: 'An activation of your own, as an operation',
  hints: [
    'Begin with the forward alone: z.mul(z.softplus().tanh()). Softplus has the slope sigmoid, tanh has 1 − tanh².',
    'A product, and a chain inside: slope = tanh(s) + z·(1 − tanh²(s))·sigmoid(z), with s = softplus(z).',
    'gradients: [(g) => { const t = z.softplus().tanh(); return g.mul(t.add(z.mul(t.mul(t).neg().add(1)).mul(…))); }]',
  ],
  checks: {
    'the curve': ({ mish }) => {
      const y = mish(tensor([-2, 0, 1, 3])).dataSync();
      expectClose(y, [-0.25250148, 0, 0.86509839, 2.98653501], 'mish of −2, 0, 1, 3');
    },
    'it is one operation': ({ mish }) => {
      const z = random(3);
      expectEqual(mish(z).node?.name, 'mish', 'the name of the operation on the tape');
    },
    'the gradient check': ({ mish }) => expectGradCheck(mish, [random(4, 3)]),
    'gradients of gradients': ({ mish }) => {
      const { passed, message } = gradGradCheck(mish, [random(2, 3)]);
      if (!passed) throw new Error(message);
    },
  },
});
