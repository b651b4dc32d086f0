import type { View } from '../solutions/strides';
import * as solution from '../solutions/strides';

type Answer = typeof solution;

export const columnsFirst: Answer = {
  ...solution,
  rowMajorStrides: (shape) => shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1)),
};

export const onlyForMatrices: Answer = {
  ...solution,
  rowMajorStrides: (shape) => shape.map((_, axis) => (axis === shape.length - 1 ? 1 : shape[axis + 1])),
};

export const transposesTheShapeOnly: Answer = {
  ...solution,
  transposed: ({ shape, strides, offset }: View) => ({ shape: [...shape].reverse(), strides, offset }),
};

export const forgetsTheOldOffset: Answer = {
  ...solution,
  column: ({ shape, strides }: View, j: number) => ({
    shape: [shape[0]],
    strides: [strides[0]],
    offset: j * strides[1],
  }),
};

export const believesColumnsLieSideBySide: Answer = {
  ...solution,
  column: ({ shape, strides, offset }: View, j: number) => ({
    shape: [shape[0]],
    strides: [strides[0]],
    offset: offset + j,
  }),
};
