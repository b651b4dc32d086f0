/**
 * Several seeds instead of one: what happened in the middle, and how far apart the ends were.
 */
import { median } from '../shared/claims';

export { median };

/** Lowest, median and highest, as the cells of a table. */
export const spread = (values: number[]): string[] =>
  [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(3));
