import type * as Solution from '../solutions/gain';

type Answer = typeof Solution;

function meanOf(f: (z: number) => number): number {
  let [sum, weights] = [0, 0];
  for (let z = -8; z <= 8; z += 0.01) {
    const weight = Math.exp((-z * z) / 2);
    sum += weight * f(z);
    weights += weight;
  }
  return sum / weights;
}

export const alwaysHe: Answer = { gainOf: () => Math.SQRT2 };

export const alwaysXavier: Answer = { gainOf: () => 1 };

export const forgetsTheRoot: Answer = { gainOf: (f) => 1 / meanOf((z) => f(z) ** 2) };

/** The spread is not the size: a mean of f(z) that is not 0 is signal, too. */
export const takesTheVariance: Answer = {
  gainOf: (f) => 1 / Math.sqrt(meanOf((z) => f(z) ** 2) - meanOf(f) ** 2),
};

export const everyPlaceCountsAlike: Answer = {
  gainOf(f) {
    const places = Array.from({ length: 601 }, (_, i) => (i - 300) / 100);
    return 1 / Math.sqrt(places.reduce((sum, z) => sum + f(z) ** 2, 0) / places.length);
  },
};
