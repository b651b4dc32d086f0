import { exercise, expectEqual } from '../../shared/exercise';
import type { View } from './solutions/strides';

const memory = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

/** The numbers that a view visits, in its order. */
function walk({ shape, strides, offset }: View): number[] {
  const places = shape.reduce<number[]>(
    (starts, extent, axis) =>
      starts.flatMap((start) => Array.from({ length: extent }, (_, i) => start + i * strides[axis])),
    [offset],
  );
  return places.map((place) => memory[place]);
}

const matrix = (): View => ({ shape: [3, 4], strides: [4, 1], offset: 0 });
/** Every second column of the lower two rows of a [3, 5]. */
const piece = (): View => ({ shape: [2, 3], strides: [5, 2], offset: 5 });

export default exercise<typeof import('./solutions/strides')>({
  title: 'Strides',
  hints: [
    'One row down in a [3, 4] is a step over four numbers. And from block to block in a [2, 3, 4]?',
    'The stride of an axis is the product of all extents behind it; for the last axis that product is empty: 1.',
    'Transposed: extents and strides change places. Column j starts j·strides[1] further on and walks by strides[0].',
  ],
  checks: {
    'a matrix': ({ rowMajorStrides }) => expectEqual(rowMajorStrides([3, 4]), [4, 1], 'rowMajorStrides([3, 4])'),
    'a vector': ({ rowMajorStrides }) => expectEqual(rowMajorStrides([5]), [1], 'rowMajorStrides([5])'),
    'four axes': ({ rowMajorStrides }) =>
      expectEqual(rowMajorStrides([2, 3, 4, 5]), [60, 20, 5, 1], 'rowMajorStrides([2, 3, 4, 5])'),
    'a matrix transposed': ({ transposed }) => {
      const view = transposed(matrix());
      expectEqual(view.shape, [4, 3], 'the shape of a [3, 4] transposed');
      expectEqual(walk(view), [10, 14, 18, 11, 15, 19, 12, 16, 20, 13, 17, 21], 'what it shows, row by row,');
    },
    'transposed twice': ({ transposed }) =>
      expectEqual(transposed(transposed(piece())), piece(), 'a view transposed twice'),
    'a column': ({ column }) => {
      expectEqual(column(matrix(), 2).shape, [3], 'the shape of a column of a [3, 4]');
      expectEqual(walk(column(matrix(), 2)), [12, 16, 20], 'column 2');
    },
    'a column of a view': ({ column }) =>
      expectEqual(walk(column(piece(), 2)), [19, 24], 'column 2 of the view {shape [2, 3], strides [5, 2], offset 5}'),
    'a column of the transposed is a row': ({ column, transposed }) =>
      expectEqual(walk(column(transposed(matrix()), 1)), [14, 15, 16, 17], 'column 1 of the transposed'),
  },
});
