import { customOperation, Generator, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/sample');

const generator = new Generator(12);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};

/** The draw as it should be, with the answer as its backward. */
const sampleWith = ({ gradientsOfSample }: Answer, chance: Tensor) =>
  customOperation('sample', {
    forward: (mean, L) => mean.add(L.mul(0.5).exp().mul(chance)),
    backward: ([, L]) => ({
      gradients: [(g) => gradientsOfSample(g, L, chance).mean, (g) => gradientsOfSample(g, L, chance).logVariance],
    }),
  });

export default exercise<Answer>({
  title: 'Chance that can be learned through',
  hints: [
    'The deviation is the root of the variance: σ = √exp(L). Which factor in the exponent is a root?',
    'σ = exp(L/2). Along μ the slope of z is 1: what comes in goes on.',
    'Along L: g·ε·σ/2, by the chain rule through exp(L/2).',
  ],
  checks: {
    'without chance a draw is the mean': ({ sample }) =>
      expectClose([...sample(tensor([[3, -1]]), tensor([[2, 5]]), tensor([[0, 0]])).dataSync()], [3, -1], 'z'),
    'a variance of 9 is a deviation of 3': ({ sample }) => {
      const z = sample(tensor([[1, 0]]), tensor([[Math.log(9), Math.log(0.25)]]), tensor([[2, -1]]));
      expectClose([...z.dataSync()], [7, -0.5], 'z', 1e-5);
    },
    'the gradient check': (answer) => {
      const chance = randn([3, 2], { dtype: 'float64', generator });
      expectGradCheck(sampleWith(answer, chance), [random(3, 2), random(3, 2)]);
    },
    'the gradients of what is used further': (answer) => {
      const chance = randn([2, 4], { dtype: 'float64', generator });
      expectGradCheck((mean, L) => sampleWith(answer, chance)(mean, L).tanh(), [random(2, 4), random(2, 4)]);
    },
  },
});
