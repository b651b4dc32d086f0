import { Generator, grad, ops, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/gru-step');

const generator = new Generator(9);
const random = (...shape: number[]): Tensor => {
  const t = randn(shape, { dtype: 'float64', generator });
  t.requiresGrad = true;
  return t;
};

const [N, I, H] = [3, 2, 4];
const inputs = (): Tensor[] => [
  random(N, I),
  random(N, H),
  random(3 * H, I),
  random(3 * H, H),
  random(3 * H),
  random(3 * H),
];

const WEIGHTING = randn([N, H], { dtype: 'float64', generator }); // a plain sum hides errors that cancel

/** A sequence of one step through the layer of the core. */
const byCore: Answer['gruStep'] = (x, h, { W, U, b, d }) =>
  ops.gru(x.unsqueeze(1), h, { weightIh: W, weightHh: U, biasIh: b, biasHh: d })[1];

const column = (...values: number[]): Tensor => tensor(values.map((value) => [value]));

export default exercise<Answer>({
  title: 'One step of a GRU',
  hints: [
    'Keep what comes from x apart from what comes from h: two products, each cut into three pieces of [N, H].',
    'r and z are sigmoids of sums. In n, the whole part from the state, its bias too, is multiplied by r.',
    "n = tanh(xn + r·hn), and h' = (1 − z)·n + z·h. z.neg().add(1) is 1 − z.",
  ],
  checks: {
    'the step of the lesson': ({ gruStep }) => {
      const weights = {
        W: column(0.4, 0.2, 0.8),
        U: column(0.2, 0.8, -0.6),
        b: tensor([-0.1, 0.4, 0]),
        d: tensor([0, 0, 0]),
      };
      const h = gruStep(tensor([[1]]), tensor([[0.5]]), weights);
      expectClose(h.itemSync(), 0.5138, "h' of the lesson's step", 1e-4);
    },
    'the shape': ({ gruStep }) => {
      const [x, h, W, U, b, d] = inputs();
      expectEqual([...gruStep(x, h, { W, U, b, d }).shape], [N, H], "the shape of h'");
    },
    'as the core computes it': ({ gruStep }) => {
      const [x, h, W, U, b, d] = inputs();
      const [own, expected] = [gruStep, byCore].map((step) => step(x, h, { W, U, b, d }).arraySync() as number[][]);
      expectClose(own, expected, "h'");
    },
    'the same gradients as the core': ({ gruStep }) => {
      const all = inputs();
      const gradients = [gruStep, byCore].map((step) => {
        const [x, h, W, U, b, d] = all;
        return grad(step(x, h, { W, U, b, d }).mul(WEIGHTING).sum(), all);
      });
      for (const [k, name] of ['x', 'h', 'W', 'U', 'b', 'd'].entries())
        expectClose([...gradients[0][k].dataSync()], [...gradients[1][k].dataSync()], `the gradient of ${name}`);
    },
    'the gradient check': ({ gruStep }) =>
      expectGradCheck((x, h, W, U, b, d) => gruStep(x, h, { W, U, b, d }), inputs()),
  },
});
