/**
 * k-means: three centres look for three clouds, without anybody saying which point belongs to which.
 */
import { Generator, rand, type Tensor } from '../../core';
import { blobs } from '../../datasets';
import { integer, number, script } from '../shared/script';
import { badStartFigure, stepsFigure } from './pictures/k-means';

export type Point = readonly number[];

// #region step
const squaredDistance = (a: Point, b: Point): number => a.reduce((sum, ai, i) => sum + (ai - b[i]) ** 2, 0);

/** For each point, which centre is nearest. */
export const assign = (points: readonly Point[], centres: readonly Point[]): number[] =>
  points.map((point) => {
    const distances = centres.map((centre) => squaredDistance(point, centre));
    return distances.indexOf(Math.min(...distances));
  });

/** Each centre goes to the mean of its points; one without any stays where it is. */
export const move = (points: readonly Point[], nearest: number[], centres: readonly Point[]): Point[] =>
  centres.map((centre, k) => {
    const own = points.filter((_, i) => nearest[i] === k);
    return own.length === 0 ? centre : centre.map((_, axis) => own.reduce((sum, p) => sum + p[axis], 0) / own.length);
  });
// #endregion

/** The mean squared distance of the points from their centres: what each half of a step makes smaller. */
export const spread = (points: readonly Point[], nearest: number[], centres: readonly Point[]): number =>
  points.reduce((sum, point, i) => sum + squaredDistance(point, centres[nearest[i]]), 0) / points.length;

export interface Stage {
  centres: readonly Point[];
  nearest: number[];
  spread: number;
}

// #region loop
/** Assign, move, assign, move, until nothing changes: every stage on the way. */
export function kMeans(points: readonly Point[], start: readonly Point[]): Stage[] {
  const stages: Stage[] = [];
  for (let centres = start; ; ) {
    const nearest = assign(points, centres);
    const before = stages[stages.length - 1]?.nearest;
    stages.push({ centres, nearest, spread: spread(points, nearest, centres) });
    if (before?.every((k, i) => k === nearest[i])) return stages;
    centres = move(points, nearest, centres);
  }
}
// #endregion

/** Numbers from 0 to 1, one at a time. */
type Chance = () => number;

export function chances(generator: Generator): Chance {
  let pool: number[] = [];
  return () => {
    if (pool.length === 0) pool = [...rand([256], { generator, device: 'cpu' }).dataSync()];
    return pool.pop()!;
  };
}

// #region starts
/** As many of the points, none twice, as there shall be centres. */
export function anyPoints(points: readonly Point[], k: number, chance: Chance): Point[] {
  const left = [...points];
  return Array.from({ length: k }, () => left.splice(Math.floor(chance() * left.length), 1)[0]);
}

/** k-means++: the further a point is from the centres so far, the likelier it becomes the next. */
export function farPoints(points: readonly Point[], k: number, chance: Chance): Point[] {
  const centres = anyPoints(points, 1, chance);
  while (centres.length < k) {
    const weights = points.map((point) => Math.min(...centres.map((centre) => squaredDistance(point, centre))));
    let left = chance() * weights.reduce((sum, weight) => sum + weight);
    const lot = weights.findIndex((weight) => {
      left -= weight;
      return left <= 0;
    });
    centres.push(points[lot]);
  }
  return centres;
}
// #endregion

/** Two clouds near each other and one apart. */
const CLOUDS = [
  [-4, -1],
  [0, 2],
  [7, -1],
];

export async function threeClouds(count: number, std: number): Promise<{ points: Point[]; cloud: Tensor }> {
  const { x, y } = blobs(count, { centers: CLOUDS, std });
  return { points: (await x.array()) as number[][], cloud: y };
}

/** Where many starts end: the last stage of each. */
export function manyStarts(points: readonly Point[], starts: readonly Point[][]): { first: Point[]; last: Stage }[] {
  return starts.map((first) => {
    const stages = kMeans(points, first);
    return { first, last: stages[stages.length - 1] };
  });
}

/** How many of them ended in the best place: with a spread within a tenth of the smallest. */
export function foundBest(ends: { last: Stage }[]): number {
  const best = Math.min(...ends.map(({ last }) => last.spread));
  return ends.filter(({ last }) => last.spread < 1.1 * best).length;
}

const CHOICES = ['all 100', 'about 90', 'about 75', 'about 50'] as const;
const COUNTS = [100, 90, 75, 50];
const nearestChoice = (count: number) => {
  const distances = COUNTS.map((choice) => Math.abs(choice - count));
  return CHOICES[distances.indexOf(Math.min(...distances))];
};

const show = (value: number): string => value.toFixed(2);

script({
  about: 'k-means on three clouds: the steps, bad starts, and how many centres there should be.',
  options: {
    points: integer(300, { min: 10, max: 10_000, help: 'how many' }),
    std: number(0.7, { min: 0.1, max: 5, help: 'how wide the clouds are' }),
    starts: integer(100, { min: 2, max: 10_000, help: 'how many starts to try' }),
  },
  predict: {
    question:
      'Three clear clouds, three centres that start on three points drawn by lot. Of 100 starts, how many end well?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/09-autoencoder/autoencoder.ts',
  async run({ options: { seed, points: count, std, starts }, say, section, table, figure, predict, verdict }) {
    const guess = await predict();
    const { points } = await threeClouds(count, std);
    const chance = chances(new Generator(seed + 1));
    const lots = Array.from({ length: starts }, () => anyPoints(points, 3, chance));
    const ends = manyStarts(points, lots).sort((a, b) => a.last.spread - b.last.spread);

    section('steps', `${count} points, 3 centres`);
    const good = ends.slice(0, foundBest(ends)).map(({ first }) => kMeans(points, first));
    const stages = good.sort((a, b) => b.length - a.length)[0]; // the longest way to a good end
    table(
      ['step', 'centre 1', 'centre 2', 'centre 3', 'mean squared distance'],
      stages.map(({ centres, spread }, step) => [
        step,
        ...centres.map(([x, y]) => `${show(x)}, ${show(y)}`),
        spread.toFixed(3),
      ]),
    );
    await figure('k-means', await stepsFigure(points, stages, assign));

    section('starts', `${starts} starts`);
    const careful = manyStarts(
      points,
      Array.from({ length: starts }, () => farPoints(points, 3, chance)),
    );
    const row = (name: string, some: typeof ends) => {
      const values = some.map(({ last }) => last.spread);
      return [name, foundBest(some), show(Math.min(...values)), show(Math.max(...values))];
    };
    table(['start', 'end well', 'best', 'worst'], [row('any three points', ends), row('k-means++', careful)]);
    const found = foundBest(ends);
    say();
    verdict(guess, nearestChoice((100 * found) / starts), `It was ${found} of ${starts}: the others got stuck.`);

    section('how-many', 'How many centres? The best of 20 starts each');
    const best = Array.from({ length: 8 }, (_, i) => {
      const tries = manyStarts(
        points,
        Array.from({ length: 20 }, () => farPoints(points, i + 1, chance)),
      );
      return Math.min(...tries.map(({ last }) => last.spread));
    });
    table(
      ['centres', 'mean squared distance'],
      best.map((value, i) => [i + 1, value.toFixed(3)]),
    );
    await figure('k-means-starts', await badStartFigure(points, ends[ends.length - 1], best, assign));
  },
});
