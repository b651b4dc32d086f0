import { customOperation, Generator, ops, randn, stack, type Tensor, tensor, zeros } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/through-time');

const generator = new Generator(11);
const random = (...shape: number[]): Tensor => {
  const t = randn(shape, { dtype: 'float64', generator });
  t.requiresGrad = true;
  return t;
};

/** All states [N, T, H]. */
function statesOf(x: Tensor, W: Tensor, U: Tensor): Tensor {
  let h: Tensor = zeros([x.shape[0], U.shape[0]], { dtype: x.dtype });
  const seen: Tensor[] = [];
  for (let t = 0; t < x.shape[1]; t++) {
    h = ops.linear(x.slice(null, t), W).add(ops.linear(h, U)).tanh();
    seen.push(h);
  }
  return stack(seen, 1);
}

/** The RNN as one operation, with the answer as its backward. */
const rnnWith = ({ throughTime }: Answer, x: Tensor) =>
  customOperation('rnn', {
    forward: (W, U) => statesOf(x, W, U),
    backward: ([W, U], h) => ({ saves: [x, h, W, U], gradients: (gH: Tensor) => throughTime(gH, x, h, W, U) }),
  });

const [N, I, H] = [3, 2, 4];
const data = (steps: number): Tensor => randn([N, steps, I], { dtype: 'float64', generator });

export default exercise<Answer>({
  title: 'Backward through time',
  hints: [
    'Go from the last step to the first. To hₜ come two gradients: gH at t, and what step t + 1 sends back.',
    'Through tanh: ga = (gH + gLater) · (1 − h²). Then each step adds gaᵀ·xₜ to gW and gaᵀ·hₜ₋₁ to gU.',
    'What goes one step back in time is ga·U (chapter 03: gX = gY·W). Before the first step the state is 0.',
  ],
  checks: {
    'one unit, four steps, as in the lesson': ({ throughTime }) => {
      const [W, U] = [tensor([[0.8]]), tensor([[0.9]])];
      const x = tensor([[[1], [0], [0], [0]]]);
      const h = statesOf(x, W, U);
      const gH = tensor([[[0], [0], [0], [h.slice(0, 3, 0).itemSync() - 1]]]);
      const [gW, gU] = throughTime(gH, x, h, W, U);
      expectClose([gW.itemSync(), gU.itemSync()], [-0.122559, -0.600892], 'the gradients of w and u', 1e-5);
    },
    'the shapes': ({ throughTime }) => {
      const [x, W, U] = [data(5), random(H, I).detach(), random(H, H).detach()];
      const h = statesOf(x, W, U);
      const shapes = throughTime(h, x, h, W, U).map(({ shape }) => `[${shape}]`);
      expectEqual(shapes.join(' '), `[${H},${I}] [${H},${H}]`, 'the shapes of gW and gU');
    },
    'the gradient check': (answer) => expectGradCheck(rnnWith(answer, data(5)), [random(H, I), random(H, H)]),
    'as many inputs as units': (answer) => {
      const x = randn([N, 3, H], { dtype: 'float64', generator });
      expectGradCheck(rnnWith(answer, x), [random(H, H), random(H, H)]);
    },
  },
});
