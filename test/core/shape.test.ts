/**
 * Shapes, strides and broadcasting, against definitions that could not be more naive.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tensor } from '../../core';
import {
  axesOf,
  axisOf,
  broadcastShapes,
  broadcastStrides,
  checkShape,
  contiguousStrides,
  formatShape,
  isContiguous,
  type Shape,
  sameShape,
  sizeOf,
} from '../../core/tensor/shape';

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });

/** Every index of a shape, in row-major order. */
function indicesOf(shape: Shape): number[][] {
  let indices: number[][] = [[]];
  for (const extent of shape) {
    indices = indices.flatMap((index) => Array.from({ length: extent }, (_, i) => [...index, i]));
  }
  return indices;
}

const addressOf = (index: number[], strides: Shape): number =>
  index.reduce((sum, i, axis) => sum + i * strides[axis], 0);
const addressesOf = (shape: Shape, strides: Shape): number[] =>
  indicesOf(shape).map((index) => addressOf(index, strides));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('strides', () => {
  test('of a contiguous tensor walk through memory one by one', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(addressesOf(shape, contiguousStrides(shape))).toEqual(upTo(sizeOf(shape)));
      }),
    );
  });

  test('are contiguous exactly if they walk through memory one by one', () => {
    const pairs = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 })), { maxLength: 3 })
      .map((axes) => [axes.map(([extent]) => extent), axes.map(([, stride]) => stride)]);
    fc.assert(
      fc.property(pairs, ([shape, strides]) => {
        const expected = addressesOf(shape, strides).every((address, i) => address === i);
        expect(isContiguous(shape, strides)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('that are near misses are not contiguous', () => {
    expect(isContiguous([2, 3], [1, 2])).toBe(false);
    expect(isContiguous([2, 3], [3, 0])).toBe(false);
    expect(isContiguous([2, 3], [6, 2])).toBe(false);
    expect(isContiguous([2, 1, 3], [3, 99, 1])).toBe(true);
  });
});

describe('broadcasting', () => {
  /** Pairs of shapes that meet: one shape with axes set to 1 or left out in front, twice. */
  const narrowed = (shape: number[]): fc.Arbitrary<number[]> =>
    fc
      .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
      .map(([start, ones]) => shape.map((extent, axis) => (ones[axis] ? 1 : extent)).slice(start));
  const meetings = shapes.chain((shape) => fc.tuple(narrowed(shape), narrowed(shape)));

  test('gives each axis the extent that is not 1', () => {
    fc.assert(
      fc.property(meetings, ([a, b]) => {
        const rank = Math.max(a.length, b.length);
        const [left, right] = [a, b].map((shape) => [...new Array(rank - shape.length).fill(1), ...shape]);
        const expected = left.map((extent, axis) => (extent === 1 ? right[axis] : extent));
        expect(broadcastShapes('test', a, b)).toEqual(expected);
        expect(broadcastShapes('test', b, a)).toEqual(expected);
      }),
    );
  });

  test('reads the element whose index is 0 where the extent is 1', () => {
    fc.assert(
      fc.property(meetings, ([a, b]) => {
        const target = broadcastShapes('test', a, b);
        const strides = broadcastStrides(a, contiguousStrides(a), target);
        const expected = indicesOf(target).map((index) => {
          const own = index.slice(target.length - a.length).map((i, axis) => (a[axis] === 1 ? 0 : i));
          return addressOf(own, contiguousStrides(a));
        });
        expect(addressesOf(target, strides)).toEqual(expected);
      }),
    );
  });

  test('adds as a naive loop does', () => {
    fc.assert(
      fc.property(meetings, ([shapeA, shapeB]) => {
        const [a, b] = [shapeA, shapeB].map((shape) => tensor(upTo(sizeOf(shape)), { shape, dtype: 'int32' }));
        const sum = a.mul(1000).add(b);
        const target = broadcastShapes('test', shapeA, shapeB);
        const at = (shape: number[], index: number[]): number =>
          addressOf(
            index.slice(index.length - shape.length).map((i, axis) => Math.min(i, shape[axis] - 1)),
            contiguousStrides(shape),
          );
        expect(sum.shape).toEqual(target);
        expect([...sum.dataSync()]).toEqual(
          indicesOf(target).map((index) => 1000 * at(shapeA, index) + at(shapeB, index)),
        );
      }),
    );
  });

  test('refuses extents that differ when neither is 1', () => {
    fc.assert(
      fc.property(shapes, fc.nat(4), fc.integer({ min: 2, max: 9 }), (shape, place, extent) => {
        fc.pre(place < shape.length && shape[place] !== 1 && shape[place] !== extent);
        const other = shape.map((n, axis) => (axis === place ? extent : n));
        expect(() => broadcastShapes('add', shape, other)).toThrow(
          `add: shapes [${shape}] and [${other}] do not broadcast: ` +
            `${shape[place]} against ${extent} at axis ${place - shape.length};`,
        );
      }),
    );
  });

  test('0 meets 1 and 0, and nothing else', () => {
    expect(broadcastShapes('test', [0], [1])).toEqual([0]);
    expect(() => broadcastShapes('test', [0], [2])).toThrow('do not broadcast');
  });
});

describe('axes', () => {
  test('count from either end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (rank) => {
        for (const axis of upTo(rank)) {
          expect(axisOf('test', axis, rank)).toBe(axis);
          expect(axisOf('test', axis - rank, rank)).toBe(axis);
        }
        for (const axis of [rank, -rank - 1, 0.5, Number.NaN])
          expect(() => axisOf('test', axis, rank)).toThrow('test: there is no axis');
      }),
    );
  });

  test('come in ascending order; all of them when none is named, none when the list is empty', () => {
    expect(axesOf('test', [-1, 0], 3)).toEqual([0, 2]);
    expect(axesOf('test', undefined, 3)).toEqual([0, 1, 2]);
    expect(axesOf('test', [], 3)).toEqual([]);
    expect(axesOf('test', -2, 3)).toEqual([1]);
  });

  test('say what is wrong', () => {
    expect(() => axisOf('sum', 3, 2)).toThrow(
      new Error('sum: there is no axis 3 in a tensor of rank 2; axes run from -2 to 1'),
    );
    expect(() => axisOf('sum', 0, 0)).toThrow(
      new Error('sum: there is no axis 0 in a tensor of rank 0; a scalar has no axes'),
    );
    expect(() => axesOf('sum', [1, -1], 2)).toThrow(new Error('sum: an axis is named twice in [1,-1]'));
  });
});

describe('shapes', () => {
  test('are the same when all extents are', () => {
    expect(sameShape([2, 3], [2, 3])).toBe(true);
    expect(sameShape([], [])).toBe(true);
    for (const other of [[3, 2], [2], [2, 3, 1], [6]]) expect(sameShape([2, 3], other)).toBe(false);
  });

  test('are written as in a message', () => {
    expect(formatShape([])).toBe('[]');
    expect(formatShape([2, 3])).toBe('[2,3]');
  });

  test('are lists of whole numbers from 0 up', () => {
    checkShape('zeros', [0, 3]);
    expect(() => checkShape('zeros', [2, -1])).toThrow(
      new Error('zeros: [2,-1] is no shape: extents are whole numbers from 0 up'),
    );
    expect(() => checkShape('zeros', [1.5])).toThrow(
      new Error('zeros: [1.5] is no shape: extents are whole numbers from 0 up'),
    );
    expect(() => checkShape('zeros', 3 as unknown as Shape)).toThrow(
      new Error('zeros: a shape is a list such as [2, 3], not 3'),
    );
  });
});
