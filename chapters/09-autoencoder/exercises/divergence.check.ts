import { customOperation, Generator, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/divergence');

const generator = new Generator(11);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};

/** The divergence as it should be, with the answer as its backward. */
const divergenceWith = ({ gradientsOfDivergence }: Answer) =>
  customOperation('divergence', {
    forward: (mean, L) => mean.mul(mean).add(L.exp()).sub(L).sub(1).sum(1).mul(0.5),
    backward: ([mean, L]) => ({
      gradients: [(g) => gradientsOfDivergence(g, mean, L).mean, (g) => gradientsOfDivergence(g, mean, L).logVariance],
    }),
  });

export default exercise<Answer>({
  title: 'The price of a cloud',
  hints: [
    'σ² is exp(L), and log σ² is L itself. What is the divergence when μ = 0 and L = 0?',
    'sum(1) adds up the numbers of each picture. Along μ the slope of ½μ² is μ.',
    'Along L: ½(exp(L) − 1). g has one number a picture: g.unsqueeze(1) spreads it over the K numbers.',
  ],
  checks: {
    'the standard cloud costs nothing': ({ divergence }) =>
      expectClose([...divergence(tensor([[0, 0]]), tensor([[0, 0]])).dataSync()], [0], 'the divergence'),
    'μ = 1.5 and σ = 0.5, and another': ({ divergence }) => {
      const L = [2 * Math.log(0.5), 1];
      const d = divergence(
        tensor([
          [1.5, 0],
          [0, -2],
        ]),
        tensor([
          [L[0], 0],
          [0, L[1]],
        ]),
      );
      expectClose([...d.dataSync()], [1.4431472, 2.3591409], 'the divergences', 1e-5);
    },
    'the gradient check': (answer) => expectGradCheck(divergenceWith(answer), [random(3, 2), random(3, 2)]),
    'the gradients of what is used further': (answer) =>
      expectGradCheck((mean, L) => divergenceWith(answer)(mean, L).sin(), [random(2, 4), random(2, 4)]),
  },
});
