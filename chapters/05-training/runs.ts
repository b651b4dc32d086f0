/**
 * One run proves little: it may have been lucky. The experiments of this chapter run several times with nothing
 * changed but the seed, and show what happened in the middle and at both ends.
 */
import { median } from './seeds';

/** The results of `seeds` runs, the first with `seed`, the next with `seed` + 1, and so on. */
export async function overSeeds<Result>(
  { seed, seeds }: { seed: number; seeds: number },
  run: (seed: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < seeds; i++) results.push(await run(seed + i));
  return results;
}

/** "0.081 (0.072 to 0.140)": the median, the lowest and the highest. */
export function middleAndEnds(values: number[], digits = 3): string {
  const [middle, low, high] = [median(values), Math.min(...values), Math.max(...values)].map((v) => v.toFixed(digits));
  return `${middle} (${low} to ${high})`;
}

/** A loss that has flown away, to infinity or NaN, counts as 100: medians can then be taken and pictures drawn. */
export const bounded = (loss: number): number => (loss < 100 ? loss : 100);

export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value) / values.length;

/** The median at each epoch, as far as all curves go. */
export function medianCurve(curves: number[][]): number[] {
  const length = Math.min(...curves.map((curve) => curve.length));
  return Array.from({ length }, (_, epoch) => median(curves.map((curve) => curve[epoch])));
}

/** The same for one of the curves that `train.fit` returns. */
export const curveOf = (lives: { curves: Record<string, number[]> }[], name: string): number[] =>
  medianCurve(lives.map(({ curves }) => curves[name]));

/** The mean of the last five epochs: the last one alone may have been a lucky one. */
export const ending = (losses: number[]): number => mean(losses.slice(-5));

/** The epoch, counted from 1, at which a loss was lowest. */
export const bestEpoch = (losses: number[]): number => losses.indexOf(Math.min(...losses)) + 1;
