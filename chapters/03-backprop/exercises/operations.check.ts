import { exercise, expectClose, slope } from '../../shared/exercise';
import { Value } from '../engine';

export default exercise<typeof import('./solutions/operations')>({
  title: 'Two more operations for the engine',
  hints: [
    'The number of softplus is Math.log1p(Math.exp(x.data)). Its slope you know: 0 far left, ½ at 0, 1 far right.',
    'Only the larger input moves the maximum: its slope is 1, the other one 0. The slope of softplus is the sigmoid.',
    "new Value(Math.max(a.data, b.data), 'max', [a, b], a.data > b.data ? [1, 0] : [0, 1])",
  ],
  checks: {
    'softplus of 0': ({ softplus }) => expectClose(softplus(new Value(0)).data, Math.LN2, 'softplus(0)'),
    'softplus agrees with differences': ({ softplus }) => {
      for (const at of [-3, -0.4, 0, 1.5]) {
        const x = new Value(at);
        softplus(x).backward();
        const expected = slope((z) => Math.log1p(Math.exp(z)), at);
        expectClose(x.grad, expected, `the gradient of softplus at ${at}`);
      }
    },
    'the slope passes on what comes from above': ({ softplus }) => {
      const x = new Value(0.7);
      softplus(x.mul(2)).mul(-3).backward();
      const expected = slope((z) => -3 * Math.log1p(Math.exp(2 * z)), 0.7);
      expectClose(x.grad, expected, 'the gradient of −3·softplus(2x) at 0.7');
    },
    'maximum gives the larger': ({ maximum }) => {
      expectClose(maximum(new Value(-2), new Value(3)).data, 3, 'maximum(-2, 3)');
      expectClose(maximum(new Value(5), new Value(3)).data, 5, 'maximum(5, 3)');
    },
    'only the larger gets the gradient': ({ maximum }) => {
      for (const left of [5, -7]) {
        const [a, b] = [new Value(left), new Value(3)];
        maximum(a, b).mul(4).backward();
        expectClose([a.grad, b.grad], left > 3 ? [4, 0] : [0, 4], `the gradients of 4·maximum(${left}, 3)`);
      }
    },
  },
});
