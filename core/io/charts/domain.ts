/** The range of an axis, found from what is drawn on it. */

import type { Numbers } from './check';

export type Domain = readonly [number, number];

/** Smallest and largest of all values. */
export function extent(arrays: readonly Numbers[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  return [low, high];
}

/** The extent with a little air on both sides, so that nothing lies on the frame; never of zero width. */
export function airy(arrays: readonly Numbers[], log = false, share = 0.04): [number, number] {
  const [low, high] = extent(arrays);
  if (log) {
    const factor = low === high ? 2 : (high / low) ** share;
    return [low / factor, high * factor];
  }
  const air = low === high ? Math.abs(low) * 0.1 || 1 : (high - low) * share;
  return [low - air, high + air];
}
