import * as solution from '../solutions/slide';

type Answer = typeof solution;

const turned = (plane: number[][]) => [...plane].reverse().map((row) => [...row].reverse());
const transposed = (plane: number[][]) => plane[0].map((_, j) => plane.map((row) => row[j]));

/** What mathematicians call convolution: the filter is turned by half a circle first. */
export const turnsTheFilter: Answer = {
  slide: (plane, filter, stride, padding) => solution.slide(plane, turned(filter), stride, padding),
};

export const exchangesRowsAndColumns: Answer = {
  slide: (plane, filter, stride, padding) => solution.slide(plane, transposed(filter), stride, padding),
};

export const ignoresTheStride: Answer = {
  slide: (plane, filter, _, padding) => solution.slide(plane, filter, 1, padding),
};

export const ignoresThePadding: Answer = {
  slide: (plane, filter, stride) => solution.slide(plane, filter, stride, 0),
};

/** Thins out a result that has been computed everywhere, but along the rows only. */
export const stridesDownOnly: Answer = {
  slide: (plane, filter, stride, padding) =>
    solution.slide(plane, filter, 1, padding).filter((_, i) => i % stride === 0),
};
