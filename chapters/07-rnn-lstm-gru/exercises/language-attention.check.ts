import { customOperation, Generator, noGrad, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/language-attention');

const generator = new Generator(7);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};
const MASK = tensor(
  [
    [1, 1, 1, 1],
    [0, 0, 1, 1],
  ],
  { dtype: 'int32' },
);

/** Shares as they should be. */
const sharesOf = (queries: Tensor, states: Tensor): Tensor =>
  states.mul(queries.unsqueeze(1)).sum(2).where(MASK, -1e9).softmax(); // [2, 4]

/** The mixture, with the answer as its backward. */
const attentionWith = ({ gradients }: Answer) =>
  customOperation('attention', {
    forward: (queries, states) => sharesOf(queries, states).unsqueeze(2).mul(states).sum(1),
    backward: ([queries, states]) => {
      const shares = noGrad(() => sharesOf(queries, states));
      return {
        saves: [queries, states, shares],
        gradients: [
          (g) => gradients(g, queries, states, shares).ofQueries,
          (g) => gradients(g, queries, states, shares).ofStates,
        ],
      };
    },
  });

export default exercise<Answer>({
  title: 'Attention over the states of an encoder',
  hints: [
    'The scores [N, S] are a batched product of [N, S, H] and [N, H, 1]. where(mask, −1e9) leaves no share to padding.',
    'Backwards in the same steps: mixture → shares → scores → query and state. ∂share = g · state.',
    '∂score = share · (∂share − Σ share · ∂share). A state gets something from its score, and from the mixture.',
  ],
  checks: {
    'two states, one agrees': ({ attend }) => {
      const states = tensor([
        [
          [Math.log(3), 0],
          [0, 5],
        ],
      ]);
      const { mixture, shares } = attend(tensor([[1, 0]]), states, tensor([[1, 1]], { dtype: 'int32' }));
      expectClose([...shares.dataSync()], [0.75, 0.25], 'the shares', 1e-6);
      expectClose([...mixture.dataSync()], [0.75 * Math.log(3), 1.25], 'the mixture', 1e-6);
    },
    'padding gets nothing': ({ attend }) => {
      const [queries, states] = [random(2, 3), random(2, 4, 3)];
      const { shares, mixture } = noGrad(() => attend(queries, states, MASK));
      const expected = noGrad(() => sharesOf(queries, states));
      expectClose([...shares.dataSync()], [...expected.dataSync()], 'the shares');
      const mixed = noGrad(() => expected.unsqueeze(2).mul(states).sum(1));
      expectClose([...mixture.dataSync()], [...mixed.dataSync()], 'the mixture');
    },
    'the gradient of the queries': (answer) => {
      const states = random(2, 4, 3).detach();
      expectGradCheck((queries) => attentionWith(answer)(queries, states), [random(2, 3)]);
    },
    'the gradient of both': (answer) => expectGradCheck(attentionWith(answer), [random(2, 3), random(2, 4, 3)]),
  },
});
