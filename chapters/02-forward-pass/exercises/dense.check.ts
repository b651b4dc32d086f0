import { randn, tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const weight = tensor([
  [1, 2, 3],
  [-1, 0.5, 4],
]); // from 3 to 2
const bias = tensor([10, -20]);

export default exercise<typeof import('./solutions/dense')>({
  title: 'A dense layer for a batch',
  hints: [
    'The inner sizes of a product must agree: [N, in] @ [in, out]. The weight is [out, in].',
    'weight.transpose() is [in, out]. A reshape to [in, out] would have the right shape and the wrong numbers.',
    'x.matmul(weight.transpose()) is [N, out]; adding the bias [out] broadcasts it over the N rows.',
  ],
  checks: {
    'one input': ({ dense }) => {
      const y = dense(tensor([[1, 2, -1]]), weight, bias);
      expectEqual([...y.shape], [1, 2], 'the shape for one input of three numbers');
      expectClose(y.dataSync(), [12, -24], 'dense([[1, 2, -1]], …)');
    },
    'a batch of four': ({ dense }) => {
      const x = tensor([[1, 2, -1], [0, 0, 0], [0.5, 0, 2], [3, -1, 1]]); // biome-ignore format: a batch
      expectClose(dense(x, weight, bias).dataSync(), [12, -24, 10, -20, 16.5, -12.5, 14, -19.5], 'a batch of four');
    },
    'a square weight': ({ dense }) => {
      const y = dense(tensor([[1, 10]]), tensor([[1, 2], [3, 4]]), tensor([0, 0])); // biome-ignore format: a square
      expectClose(y.dataSync(), [21, 43], 'dense([[1, 10]], [[1, 2], [3, 4]], [0, 0])');
    },
    'gradients flow through it': ({ dense }) => {
      const own = { dtype: 'float64', requiresGrad: true } as const;
      expectGradCheck(dense, [randn([4, 3], own), randn([2, 3], own), randn([2], own)]);
    },
  },
});
