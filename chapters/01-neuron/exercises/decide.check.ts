import { exercise, expectClose, expectEqual } from '../../shared/exercise';

export default exercise<typeof import('./solutions/decide')>({
  title: 'A neuron of your own',
  hints: [
    'Start with a variable z that holds the bias, and add one product after the other.',
    'A loop over the places: for (let i = 0; i < weights.length; i++). The step is one comparison, z > 0.',
    'e⁻ᶻ is Math.exp(-z): return 1 / (1 + Math.exp(-z)).',
  ],
  checks: {
    'the first movie': ({ score }) => expectClose(score([0.6, 0.3, 0.1], [1, 0, 1], -0.5), 0.2, 'the score'),
    'the second movie': ({ score }) =>
      expectClose(score([0.6, 0.3, 0.1], [0.5, 0.2, 0.8], -0.5), -0.06, 'the score of [0.5, 0.2, 0.8]'),
    'other numbers of inputs': ({ score }) => {
      expectClose(score([2], [3], 1), 7, 'score([2], [3], 1)');
      expectClose(score([1, -2, 3, -4], [5, 6, 7, 8], 9), -9, 'score([1, -2, 3, -4], [5, 6, 7, 8], 9)');
    },
    'the step': ({ step }) => {
      for (const z of [0.2, -0.06, 31]) expectEqual(step(z), z > 0 ? 1 : 0, `step(${z})`);
      expectEqual(step(0), 0, 'step(0), which is not above 0,');
    },
    'the sigmoid': ({ sigmoid }) => {
      expectClose(sigmoid(0), 0.5, 'sigmoid(0)');
      expectClose(sigmoid(0.2), 0.549833997312478, 'sigmoid(0.2)');
      expectClose(sigmoid(-0.06), 0.4850044985168, 'sigmoid(-0.06)');
      expectClose(sigmoid(-5), 0.0066928509242848554, 'sigmoid(-5)');
    },
  },
});
