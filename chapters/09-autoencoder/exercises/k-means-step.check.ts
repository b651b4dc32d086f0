import { exercise, expectClose, expectEqual } from '../../shared/exercise';

type Answer = typeof import('./solutions/k-means-step');

const POINTS = [
  [1, 9, 2],
  [2, -3, 0],
  [8, 1, 1],
  [0, 7, 3],
  [7, 2, -4],
];

export default exercise<Answer>({
  title: 'One step of k-means',
  hints: [
    'Two halves: first a list with the number of the nearest centre for each point, then the means.',
    'The squared distance will do: who is nearest by the square is nearest by the distance. indexOf finds the first.',
    'For centre k: points.filter((_, i) => nearest[i] === k), then for each axis the sum over them, divided by length.',
  ],
  checks: {
    'two centres on a line': ({ kMeansStep }) =>
      expectClose(kMeansStep([[1], [2], [9], [12]], [[0], [10]]), [[1.5], [10.5]], 'the centres after 0 and 10'),
    'three coordinates': ({ kMeansStep }) => {
      const after = kMeansStep(POINTS, [
        [1, 8, 0],
        [6, 0, 0],
      ]);
      expectClose(
        after,
        [
          [0.5, 8, 2.5],
          [17 / 3, 0, -1],
        ],
        'the centres',
      );
    },
    'a centre without points stays': ({ kMeansStep }) => {
      const after = kMeansStep(
        [
          [1, 1],
          [3, 2],
        ],
        [
          [2, 2],
          [50, -50],
        ],
      );
      expectClose(
        after,
        [
          [2, 1.5],
          [50, -50],
        ],
        'the centres, of which the second has no point',
      );
    },
    'of two equally near the first gets the point': ({ kMeansStep }) =>
      expectClose(kMeansStep([[5], [6]], [[4], [6]]), [[5], [6]], 'the centres after 4 and 6, for points 5 and 6'),
    'what was given stays as it was': ({ kMeansStep }) => {
      const [points, centres] = [
        [
          [1, 5],
          [2, 7],
        ],
        [
          [0, 0],
          [9, 9],
        ],
      ];
      kMeansStep(points, centres);
      expectEqual(
        [points, centres],
        [
          [
            [1, 5],
            [2, 7],
          ],
          [
            [0, 0],
            [9, 9],
          ],
        ],
        'the lists that were given',
      );
    },
  },
});
