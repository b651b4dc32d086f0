import { nn, zeros } from '../../../core';
import { exercise, expectClose } from '../../shared/exercise';

export default exercise<typeof import('./solutions/positions')>({
  title: 'Where a word stands',
  hints: [
    'Numbers 2i and 2i + 1 have the same angle: one is its sine, the other its cosine.',
    'For number d the exponent is (d − d % 2) / width.',
    'School has it: sin(a + b) = sin a · cos b + cos a · sin b, cos(a + b) = cos a · cos b − sin a · sin b.',
  ],
  checks: {
    'place 0 is 0, 1, 0, 1': ({ positions }) => expectClose(positions(1, 4)[0], [0, 1, 0, 1], 'positions(1, 4)[0]'),
    'place 1 of width 4': ({ positions }) => {
      const expected = [Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)];
      expectClose(positions(2, 4)[1], expected, 'positions(2, 4)[1]');
    },
    "the core's table": ({ positions }) => {
      const layer = new nn.SinusoidalPositions(10);
      const expected = layer.forward(zeros([1, 23, 10], { dtype: 'float64' })).dataSync();
      expectClose(positions(23, 10).flat(), [...expected], 'positions(23, 10), row after row');
    },
    'further on is a rotation': ({ further }) => {
      for (const [a, b] of [
        [0.3, 0.5],
        [2, 1.7],
        [-1, 0.2],
      ]) {
        const turned = further([Math.sin(a), Math.cos(a)], b);
        expectClose(turned, [Math.sin(a + b), Math.cos(a + b)], `the pair of angle ${a}, ${b} further,`);
      }
    },
  },
});
