import { exercise, expectClose } from '../../shared/exercise';
import { Value } from '../engine';

export default exercise<typeof import('./solutions/walk')>({
  title: 'The walk backwards',
  hints: [
    'The result rises with itself at a slope of 1. An input gets the slope along it times the grad of the value above.',
    'Where two paths meet, their gradients add up. So a value may pass its grad on only when all values above it have.',
    'Collect all values below the result in a Set, sort them by order, latest first, and visit each once.',
  ],
  checks: {
    'one product': ({ walk }) => {
      const [a, b] = [new Value(3), new Value(-5)];
      const y = a.mul(b);
      walk(y);
      expectClose([y.grad, a.grad, b.grad], [1, -5, 3], 'the gradients of y, a and b in y = a·b');
    },
    'a chain': ({ walk }) => {
      const x = new Value(0.3);
      walk(x.mul(2).tanh().mul(5));
      expectClose(x.grad, 10 * (1 - Math.tanh(0.6) ** 2), 'the gradient of 5·tanh(2x) at 0.3');
    },
    'a value used twice': ({ walk }) => {
      const x = new Value(2);
      walk(x.mul(x).add(x.mul(3)).add(2));
      expectClose(x.grad, 7, 'the gradient of x² + 3x + 2 at 2');
    },
    'a short path and a long one': ({ walk }) => {
      const x = new Value(1.5);
      const y = x.mul(2); // is used now, and again much later
      walk(y.mul(y.add(1).mul(3).add(x)));
      expectClose(x.grad, 2 * (7 * 1.5 + 3) + 2 * 1.5 * 7, 'the gradient of 2x·(3·(2x + 1) + x) at 1.5');
    },
    'a diamond upon a diamond, forty times': ({ walk }) => {
      const x = new Value(1);
      let y = x;
      for (let i = 0; i < 40; i++) y = y.add(y).mul(0.5); // 2⁴⁰ paths, one gradient
      walk(y);
      expectClose(x.grad, 1, 'the gradient of y = (y + y)·½, forty times over');
    },
    'a chain of 100,000 additions': ({ walk }) => {
      const x = new Value(1);
      let y = x;
      for (let i = 0; i < 100_000; i++) y = y.add(1);
      walk(y);
      expectClose(x.grad, 1, 'the gradient through 100,000 additions');
    },
  },
});
