import { Generator, grad, ops, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/lstm-step');

const generator = new Generator(7);
const random = (...shape: number[]): Tensor => {
  const t = randn(shape, { dtype: 'float64', generator });
  t.requiresGrad = true;
  return t;
};

const [N, I, H] = [3, 2, 4];
const inputs = (): Tensor[] => [
  random(N, I),
  random(N, H),
  random(N, H),
  random(4 * H, I),
  random(4 * H, H),
  random(4 * H),
];

const WEIGHTING = randn([N, 2 * H], { dtype: 'float64', generator }); // a plain sum hides errors that cancel

/** A sequence of one step through the layer of the core, which has a second bias. */
const byCore: Answer['lstmStep'] = (x, h, c, { W, U, b }) => {
  const biasHh = b.detach().mul(0);
  return ops.lstm(x.unsqueeze(1), [h, c], { weightIh: W, weightHh: U, biasIh: b, biasHh })[1];
};

const column = (...values: number[]): Tensor => tensor(values.map((value) => [value]));

export default exercise<Answer>({
  title: 'One step of an LSTM',
  hints: [
    'All four scores at once: x·Wᵀ + h·Uᵀ + b is [N, 4·H]. scores.split(H, 1) cuts it into four pieces of [N, H].',
    'σ of i, f and o, tanh of g. The new memory is f·c + i·g; the new state is o · tanh of the new memory.',
    'const [i, f, g, o] = x.matmul(W.transpose()).add(h.matmul(U.transpose())).add(b).split(h.shape[1], 1)',
  ],
  checks: {
    'the step of the lesson': ({ lstmStep }) => {
      const weights = { W: column(0.5, 0.1, 0.8, 0.3), U: column(0.4, 0.2, -0.6, 0.9), b: tensor([0, 1, 0, -0.2]) };
      const [h, c] = lstmStep(tensor([[1]]), tensor([[0.5]]), tensor([[0.8]]), weights);
      expectClose([h.itemSync(), c.itemSync()], [0.4614, 0.9236], "h' and c' of the lesson's step", 1e-4);
    },
    'the shapes': ({ lstmStep }) => {
      const [x, h, c, W, U, b] = inputs();
      const shapes = lstmStep(x, h, c, { W, U, b }).map(({ shape }) => `[${shape}]`);
      expectEqual(shapes.join(' '), `[${N},${H}] [${N},${H}]`, "the shapes of h' and c'");
    },
    'as the core computes it': ({ lstmStep }) => {
      const [x, h, c, W, U, b] = inputs();
      const expected = byCore(x, h, c, { W, U, b });
      const states = lstmStep(x, h, c, { W, U, b });
      for (const [k, name] of ["h'", "c'"].entries())
        expectClose(states[k].arraySync() as number[][], expected[k].arraySync() as number[][], name);
    },
    'the same gradients as the core': ({ lstmStep }) => {
      const all = inputs();
      const gradients = [lstmStep, byCore].map((step) => {
        const [x, h, c, W, U, b] = all;
        return grad(
          ops
            .concat(step(x, h, c, { W, U, b }), 1)
            .mul(WEIGHTING)
            .sum(),
          all,
        );
      });
      for (const [k, name] of ['x', 'h', 'c', 'W', 'U', 'b'].entries())
        expectClose([...gradients[0][k].dataSync()], [...gradients[1][k].dataSync()], `the gradient of ${name}`);
    },
    'the gradient check': ({ lstmStep }) =>
      expectGradCheck((x, h, c, W, U, b) => ops.concat(lstmStep(x, h, c, { W, U, b }), 1), inputs()),
  },
});
