import { exercise, expectClose, expectEqual } from '../../shared/exercise';

const AND = [
  { x: [0, 0], y: 0 },
  { x: [0, 1], y: 0 },
  { x: [1, 0], y: 0 },
  { x: [1, 1], y: 1 },
];

const THREE = [
  { x: [0.5, -2, 3], y: 1 },
  { x: [1.5, 0.25, -1], y: 1 },
  { x: [-1, 2, 0.75], y: 0 },
  { x: [2, -0.5, 1], y: 1 },
  { x: [-3, 1, 2], y: 0 },
];

export default exercise<typeof import('./solutions/learn')>({
  title: 'The perceptron rule',
  hints: [
    'For each example: z, then the answer (1 or 0), then the error y − answer. What are its three possible values?',
    'The error says which way to move, the input how much; a weight whose input was 0 stays. The bias: rate · error.',
    'weights = weights.map((weight, i) => weight + rate * error * x[i]), and a mistake is an error that is not 0.',
  ],
  checks: {
    'no mistake, no change': ({ onePass }) =>
      expectEqual(
        onePass(AND, [2, 1], -2, 1),
        { weights: [2, 1], bias: -2, mistakes: 0 },
        'onePass of a neuron that knows AND',
      ),
    'the first pass at AND': ({ onePass }) =>
      expectEqual(onePass(AND, [0, 0], 0, 1), { weights: [1, 1], bias: 1, mistakes: 1 }, 'onePass(AND, [0, 0], 0, 1)'),
    'the second pass at AND': ({ onePass }) =>
      expectEqual(onePass(AND, [1, 1], 1, 1), { weights: [2, 1], bias: 0, mistakes: 3 }, 'onePass(AND, [1, 1], 1, 1)'),
    'three inputs and another rate': ({ onePass }) => {
      const { weights, bias, mistakes } = onePass(THREE, [-0.2, 0.4, 0.1], 0.3, 0.5);
      expectEqual(mistakes, 3, 'the number of mistakes');
      expectClose(weights, [1.3, -1.475, 0.725], 'the weights');
      expectClose(bias, 0.8, 'the bias');
    },
    'the given weights stay as they are': ({ onePass }) => {
      const weights = [0, 0];
      onePass(AND, weights, 0, 1);
      expectEqual(weights, [0, 0], 'the list of weights that was given');
    },
  },
});
