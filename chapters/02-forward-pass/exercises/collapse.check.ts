import { randn, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';
import type { Layer } from './solutions/collapse';

const first: Layer = {
  weight: tensor([
    [1, 2],
    [0, -1],
    [3, 0.5],
  ]), // from 2 to 3
  bias: tensor([1, 0, -2]),
};
const second: Layer = {
  weight: tensor([
    [2, 1, 0],
    [1, 1, -1],
  ]), // from 3 to 2
  bias: tensor([0.5, 4]),
};

export default exercise<typeof import('./solutions/collapse')>({
  title: 'Two layers in one',
  hints: [
    'Write it down: h = x·W₁ᵀ + b₁, y = h·W₂ᵀ + b₂. Put the first into the second and multiply out.',
    'y = x·(W₁ᵀW₂ᵀ) + (b₁·W₂ᵀ + b₂). The one layer computes x·Wᵀ + b, so Wᵀ = W₁ᵀW₂ᵀ.',
    'Wᵀ = W₁ᵀW₂ᵀ means W = W₂W₁. And b₁·W₂ᵀ for a vector b₁ is second.weight.matmul(first.bias).',
  ],
  checks: {
    'the shapes': ({ collapse }) => {
      const wide: Layer = { weight: randn([5, 3]), bias: randn([5]) }; // from 3 to 5
      const narrow: Layer = { weight: randn([2, 5]), bias: randn([2]) }; // from 5 to 2
      const { weight, bias } = collapse(wide, narrow);
      expectEqual([...weight.shape], [2, 3], 'the shape of the weight for 3 → 5 → 2');
      expectEqual([...bias.shape], [2], 'the shape of the bias for 3 → 5 → 2');
    },
    'the weight': ({ collapse }) =>
      expectClose(collapse(first, second).weight.dataSync(), [2, 3, -2, 0.5], 'the weight of the one layer'),
    'the bias': ({ collapse }) =>
      expectClose(collapse(first, second).bias.dataSync(), [2.5, 7], 'the bias of the one layer'),
    'the same outputs': ({ collapse }) => {
      const x = randn([4, 2]);
      const through = (input: typeof x, { weight, bias }: Layer) => input.matmul(weight.transpose()).add(bias);
      const expected = through(through(x, first), second).dataSync();
      expectClose(through(x, collapse(first, second)).dataSync(), expected, 'the outputs of the one layer', 1e-5);
    },
    'gradients flow through it': ({ collapse }) => {
      const own = { dtype: 'float64', requiresGrad: true } as const;
      expectGradCheck(
        (w1, b1, w2, b2) => {
          const { weight, bias } = collapse({ weight: w1, bias: b1 }, { weight: w2, bias: b2 });
          return [weight, bias];
        },
        [randn([3, 2], own), randn([3], own), randn([4, 3], own), randn([4], own)],
      );
    },
  },
});
