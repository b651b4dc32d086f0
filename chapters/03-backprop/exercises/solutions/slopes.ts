/** The error itself near the target, and never more than delta in either direction. */
export function slopeOfHuber(p: number, t: number, delta: number): number {
  return Math.max(-delta, Math.min(p - t, delta));
}

export function slopeOfBinary(p: number, t: number): number {
  return -t / p + (1 - t) / (1 - p);
}
