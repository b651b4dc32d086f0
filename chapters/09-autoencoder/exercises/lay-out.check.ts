import { conv1d, convTranspose1d, grad, tensor, zeros } from '../../../core';
import { exercise, expectClose } from '../../shared/exercise';

type Answer = typeof import('./solutions/lay-out');

const X = [2, -1, 0.5, 3, 1];
const KERNEL = [0.5, 2, -1, 4];

export default exercise<Answer>({
  title: 'Transposed convolution',
  hints: [
    'How long is the result? The last copy of the kernel begins at (x.length − 1)·stride.',
    'Fill a list with zeros; two loops, over x and over the kernel; the place is i·stride + k, and += adds.',
    'At the end y.slice(padding, y.length − padding).',
  ],
  checks: {
    'no overlap': ({ layOut }) =>
      expectClose(layOut([2, 3], [1, 10], 2, 0), [2, 20, 3, 30], 'layOut([2, 3], [1, 10], 2, 0)'),
    'an overlap is added': ({ layOut }) =>
      expectClose(layOut([2, 3], [1, 10, 100], 2, 0), [2, 20, 203, 30, 300], 'layOut([2, 3], [1, 10, 100], 2, 0)'),
    'padding is cut off': ({ layOut }) =>
      expectClose(layOut([2, 3], [1, 10, 100], 2, 1), [20, 203, 30], 'layOut([2, 3], [1, 10, 100], 2, 1)'),
    'as in the core': ({ layOut }) => {
      for (const [stride, padding] of [
        [1, 0],
        [2, 1],
        [3, 0],
        [3, 2],
      ]) {
        const y = convTranspose1d(tensor([[X]]), tensor([[KERNEL]]), null, { stride, padding });
        expectClose(
          layOut(X, KERNEL, stride, padding),
          [...y.dataSync()],
          `stride ${stride}, padding ${padding}`,
          1e-5,
        );
      }
    },
    'it is how a gradient comes back through conv1d': ({ layOut }) => {
      const input = zeros([1, 1, 12]);
      input.requiresGrad = true;
      const y = conv1d(input, tensor([[KERNEL]]), null, { stride: 2 }); // [1, 1, 5]
      const [g] = grad([y], [input], { gradOutputs: [tensor([[X]])] });
      expectClose(layOut(X, KERNEL, 2, 0), [...g.dataSync()], 'the gradient along the input of conv1d', 1e-5);
    },
  },
});
