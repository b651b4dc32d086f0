import * as solution from '../solutions/positions';

type Answer = typeof solution;

/** Each number with a wavelength of its own: no pairs, and no rotation. */
const table = (angle: (t: number, d: number, width: number) => number, start = 0): Answer['positions'] => {
  return (length, width) =>
    Array.from({ length }, (_, t) =>
      Array.from({ length: width }, (_, d) => (d % 2 === 0 ? Math.sin : Math.cos)(angle(t + start, d, width))),
    );
};

export const withoutPairs: Answer = { ...solution, positions: table((t, d, width) => t / 10000 ** (d / width)) };

export const pairsTooSlow: Answer = {
  ...solution,
  positions: table((t, d, width) => t / 10000 ** (Math.floor(d / 2) / width)),
};

export const countsFromOne: Answer = {
  ...solution,
  positions: table((t, d, width) => t / 10000 ** ((d - (d % 2)) / width), 1),
};

/** Some programs do it so, and it serves as well; but weights trained with one table do not fit the other. */
export const sinesThenCosines: Answer = {
  ...solution,
  positions: (length, width) =>
    solution.positions(length, width).map((row) => {
      const [even, odd] = [0, 1].map((rest) => row.filter((_, d) => d % 2 === rest));
      return [...even, ...odd];
    }),
};

export const turnsBack: Answer = { ...solution, further: (pair, angle) => solution.further(pair, -angle) };

export const addsTheAngle: Answer = {
  ...solution,
  further: ([sin, cos], angle) => [sin + Math.sin(angle), cos + Math.cos(angle)],
};
