/**
 * Several seeds instead of one: what happened in the middle, and how far apart the ends were.
 */

/** Half of the values lie below it, half above. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** Lowest, median and highest, as the cells of a table. */
export const spread = (values: number[]): string[] =>
  [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(3));
