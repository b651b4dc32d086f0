import { customOperation, Generator, randn, scaledDotProductAttention, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

type Answer = typeof import('./solutions/attention');

const generator = new Generator(12);
const random = (...shape: number[]): Tensor => {
  const x = randn(shape, { dtype: 'float64', generator });
  x.requiresGrad = true;
  return x;
};
const inputs = (): Tensor[] => [random(2, 3, 5), random(2, 4, 5), random(2, 4, 6)];

/** Attention as it should be, with the answer as its backward. */
const attentionWith = ({ gradientsOfAttention }: Answer) =>
  customOperation('attention', {
    forward: (q, k, v) => scaledDotProductAttention(q, k, v),
    backward: ([q, k, v]) => ({ saves: [q, k, v], gradients: (g: Tensor) => gradientsOfAttention(g, q, k, v) }),
  });

export default exercise<Answer>({
  title: 'Attention, there and back',
  hints: [
    'k.transpose() exchanges the last two axes: q.matmul(k.transpose()) is [N, Tq, Tk]; softmax() goes over the last.',
    'A product Y = A·B sends back gA = gY·Bᵀ and gB = Aᵀ·gY. Here there are two products, and a softmax between them.',
    'y = P·v gives gv = Pᵀ·g and gP = g·vᵀ. The softmax makes gS of gP; sum(-1, { keepdim: true }) is its sum.',
    'S = q·kᵀ / √d gives gq = gS·k / √d and gk = gSᵀ·q / √d.',
  ],
  checks: {
    'one query, two keys, by hand': ({ attention }) => {
      // scores 2·1/√4 and 0: e¹ and e⁰
      const y = attention(
        tensor([[[2, 0, 0, 0]]]),
        tensor([
          [
            [1, 3, 0, 0],
            [0, 5, 0, 1],
          ],
        ]),
        tensor([[[1], [0]]]),
      );
      expectClose(y.itemSync(), Math.E / (Math.E + 1), 'attention that looks at 1 with e¹ and at 0 with e⁰');
    },
    "the core's": ({ attention }) => {
      const [q, k, v] = inputs();
      const expected = scaledDotProductAttention(q, k, v);
      expectEqual([...attention(q, k, v).shape], [2, 3, 6], 'the shape of attention for v [2, 4, 6]');
      expectClose([...attention(q, k, v).dataSync()], [...expected.dataSync()], 'attention');
    },
    'the gradient check': (answer) => expectGradCheck(attentionWith(answer), inputs()),
    'self-attention: one tensor in all three places': (answer) =>
      expectGradCheck((x) => attentionWith(answer)(x, x, x).sigmoid().mul(x), [random(2, 4, 3)]),
  },
});
