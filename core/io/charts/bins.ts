/** How values are spread: counted in bins of equal width. */

import type { Numbers } from './check';
import { type Domain, extent } from './domain';

/** Bin i reaches from low + i·width to low + (i + 1)·width; the upper edge belongs to the last one only. */
export interface Bins {
  low: number;
  high: number;
  counts: number[];
}

/** The range is that of the values unless it is given; values outside of it are left out, NaN too. */
export function countInBins(values: Numbers, bins: number, [low, high]: Domain = extent([values])): Bins {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= low && values[i] <= high)) continue;
    const bin = high > low ? Math.floor(((values[i] - low) / (high - low)) * bins) : 0;
    counts[Math.min(bin, bins - 1)]++;
  }
  return { low, high, counts };
}
