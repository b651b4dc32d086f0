import { exercise, expectEqual } from '../../shared/exercise';

export default exercise<typeof import('./solutions/language-padding')>({
  title: 'One length for all',
  hints: [
    'First cut, then fill. How many numbers are missing is known only after cutting.',
    'sequence.slice(start) keeps the end. Where does it start for a sequence of 7 and a length of 5? And of 3?',
    'The mask is filled in the same way as the numbers, with a 1 in the place of each number that was kept.',
  ],
  checks: {
    'one that fits': ({ fill }) => {
      const { tokens, mask } = fill([[4, 7, 2]], 3);
      expectEqual(tokens, [[4, 7, 2]], 'the numbers');
      expectEqual(mask, [[1, 1, 1]], 'the mask');
    },
    'one that is too short': ({ fill }) => {
      const { tokens, mask } = fill([[4, 7]], 5);
      expectEqual(tokens, [[0, 0, 0, 4, 7]], 'the numbers');
      expectEqual(mask, [[0, 0, 0, 1, 1]], 'the mask');
    },
    'one that is too long': ({ fill }) => {
      const { tokens, mask } = fill([[4, 7, 2, 9, 8]], 2);
      expectEqual(tokens, [[9, 8]], 'the numbers');
      expectEqual(mask, [[1, 1]], 'the mask');
    },
    'several, and one of nothing': ({ fill }) => {
      const { tokens, mask } = fill([[5, 6, 7, 8], [], [3]], 3);
      expectEqual(
        tokens,
        [
          [6, 7, 8],
          [0, 0, 0],
          [0, 0, 3],
        ],
        'the numbers',
      );
      expectEqual(
        mask,
        [
          [1, 1, 1],
          [0, 0, 0],
          [0, 0, 1],
        ],
        'the mask',
      );
    },
    'a 0 that was there takes part': ({ fill }) => {
      expectEqual(fill([[0, 5]], 4).mask, [[0, 0, 1, 1]], 'the mask of [0, 5]');
    },
  },
});
