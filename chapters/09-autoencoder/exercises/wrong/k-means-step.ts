import type * as Solution from '../solutions/k-means-step';

type Answer = typeof Solution;

const squaredDistance = (a: number[], b: number[]) => a.reduce((sum, ai, axis) => sum + (ai - b[axis]) ** 2, 0);

const nearestBy = (points: number[][], centres: number[][], far: (a: number[], b: number[]) => number): number[] =>
  points.map((point) => {
    const distances = centres.map((centre) => far(point, centre));
    return distances.indexOf(Math.min(...distances));
  });

const means = (points: number[][], nearest: number[], centres: number[][], ifEmpty: (centre: number[]) => number[]) =>
  centres.map((centre, k) => {
    const own = points.filter((_, i) => nearest[i] === k);
    if (own.length === 0) return ifEmpty(centre);
    return centre.map((_, axis) => own.reduce((sum, point) => sum + point[axis], 0) / own.length);
  });

const stay = (centre: number[]) => centre;

export const emptyBecomesNaN: Answer = {
  kMeansStep: (points, centres) =>
    means(points, nearestBy(points, centres, squaredDistance), centres, (centre) => centre.map(() => Number.NaN)),
};

export const looksAtTheFirstCoordinateOnly: Answer = {
  kMeansStep: (points, centres) =>
    means(
      points,
      nearestBy(points, centres, (a, b) => Math.abs(a[0] - b[0])),
      centres,
      stay,
    ),
};

export const forgetsToSquare: Answer = {
  kMeansStep: (points, centres) =>
    means(
      points,
      nearestBy(points, centres, (a, b) => a.reduce((sum, ai, i) => sum + ai - b[i], 0)),
      centres,
      stay,
    ),
};

export const dividesByAllPoints: Answer = {
  kMeansStep: (points, centres) => {
    const nearest = nearestBy(points, centres, squaredDistance);
    return centres.map((centre, k) =>
      centre.map((_, axis) => points.reduce((sum, p, i) => sum + (nearest[i] === k ? p[axis] : 0), 0) / points.length),
    );
  },
};
