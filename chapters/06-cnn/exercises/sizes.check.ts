import { conv1d, nn, zeros } from '../../../core';
import { exercise, expectEqual } from '../../shared/exercise';

/** What the core makes of a line of n places. */
const sizeInTheCore = (n: number, k: number, stride: number, padding: number | 'same') =>
  conv1d(zeros([1, 1, n]), zeros([1, 1, k]), null, { stride, padding }).shape[2];

export default exercise<typeof import('./solutions/sizes')>({
  title: 'Sizes',
  hints: [
    'The first window leaves n + zeros − k places behind it. How many whole strides fit into those?',
    'One window more than strides: ⌊(n + zeros − k) / stride⌋ + 1. For "same", ask it backwards: how far do so many ' +
      'windows reach, and how much of that is missing?',
    'w = ⌈n / stride⌉ windows reach (w − 1)·stride + k places. What that is more than n is missing, at least 0; half ' +
      'of it, rounded down, stands before. A filter has inputs·k·k weights and one bias.',
  ],
  checks: {
    'the network of the lesson': ({ outputSize }) => {
      expectEqual(outputSize(32, 3, 1, 0), 30, 'outputSize(32, 3, 1, 0)');
      expectEqual(outputSize(30, 2, 2, 0), 15, 'outputSize(30, 2, 2, 0)');
      expectEqual(outputSize(13, 2, 2, 0), 6, 'outputSize(13, 2, 2, 0)');
    },
    'as many windows as the core has': ({ outputSize }) => {
      for (const [n, k, stride, side] of [
        [11, 4, 3, 1],
        [7, 7, 5, 0],
        [10, 3, 2, 2],
      ]) {
        const expected = sizeInTheCore(n, k, stride, side);
        expectEqual(outputSize(n, k, stride, 2 * side), expected, `outputSize(${n}, ${k}, ${stride}, ${2 * side})`);
      }
    },
    'same: an even and an odd number of zeros': ({ samePadding }) => {
      expectEqual(samePadding(5, 3, 1), [1, 1], 'samePadding(5, 3, 1)');
      expectEqual(samePadding(32, 3, 2), [0, 1], 'samePadding(32, 3, 2)');
      expectEqual(samePadding(9, 4, 1), [1, 2], 'samePadding(9, 4, 1)');
    },
    'same: never less than nothing': ({ samePadding }) =>
      expectEqual(samePadding(8, 1, 4), [0, 0], 'samePadding(8, 1, 4)'),
    'same: the two agree': ({ outputSize, samePadding }) => {
      for (const [n, k, stride] of [
        [17, 5, 3],
        [8, 2, 1],
        [23, 7, 4],
      ]) {
        const [before, after] = samePadding(n, k, stride);
        const expected = sizeInTheCore(n, k, stride, 'same');
        expectEqual(outputSize(n, k, stride, before + after), expected, `windows of ${k} on ${n}, stride ${stride}`);
      }
    },
    'parameters, biases too': ({ parameters }) => {
      expectEqual(parameters(3, 32, 3), 896, 'parameters(3, 32, 3)');
      expectEqual(parameters(5, 7, 4), new nn.Conv2d(5, 7, 4).parameterCount(), 'parameters(5, 7, 4)');
    },
  },
});
