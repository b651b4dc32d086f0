/**
 * What a lesson states as a fact although chance has a part in it: a figure that a script reaches, over several
 * seeds. Each chapter lists its claims in `claims.ts`; `npm run chapters:verify` puts them to the test.
 */

/** Both ends belong to it. */
export type Bound = { atLeast: number } | { atMost: number } | { between: [low: number, high: number] };

export interface Claim {
  /** The script that shows it: 'moons.ts'. */
  script: string;
  /** What is measured, and how: 'test accuracy, Adam at 1e-2, 50 epochs'. */
  figure: string;
  /** Where the median over the seeds lies. */
  bound: Bound;
  /** How many seeds, from 0 on; 5 unless given. */
  seeds?: number;
  /** The chapter's full setting, once; `data` says what it ran on: 'moons (generated)', 'MNIST (real)'. */
  run(seed: number): Promise<{ value: number; data: string }>;
}

/** Half of the values lie below it, half above. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
