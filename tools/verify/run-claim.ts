/**
 * One claim in a process of its own, so that time and memory are its own too. Tells the parent what came of each seed.
 */
import { readClaims, seedsOf } from './claims';

/** After each seed: what it gave, and what this process has taken so far. */
export interface Report {
  value: number;
  data: string;
  seconds: number;
  /** The most memory that was resident, in bytes. */
  peak: number;
}

async function main([file, index]: string[]): Promise<void> {
  const claim = readClaims(file)[Number(index)];
  const start = performance.now();
  for (let seed = 0; seed < seedsOf(claim); seed++) {
    const { value, data } = await claim.run(seed);
    const seconds = (performance.now() - start) / 1000;
    const peak = process.resourceUsage().maxRSS * 1024;
    process.send?.({ value, data, seconds, peak } satisfies Report);
  }
}

process.on('disconnect', () => process.exit()); // done, or the parent is gone
main(process.argv.slice(2))
  .then(() => process.disconnect())
  .catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
