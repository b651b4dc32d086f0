/**
 * `npm run chapters:verify`: puts to the test what the lessons claim, at their full settings, and prints a table as it
 * goes; `npm run chapters:verify -- 05 moons` takes a part. Exit code 1 when a claim is not held.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { choose, findClaims, holds, median, type Place, seedsOf } from './verify/claims';
import type { Report } from './verify/run-claim';
import { startTable } from './verify/table';

let running: ChildProcess | null = null;

async function main(words: string[]): Promise<void> {
  const places = choose(findClaims(), words);
  const printRow = startTable(places);
  let held = 0;
  for (const place of places) {
    const { reports, error } = await run(place);
    const isHeld = !error && holds(place.claim.bound, median(reports.map(({ value }) => value)));
    printRow(place, reports, error ? 'FAILED' : isHeld ? 'yes' : 'NO');
    if (error) console.log(`    ${error}`);
    if (isHeld) held++;
  }
  console.log(`\n${held} of ${places.length} claims held`);
  if (held < places.length) process.exitCode = 1;
}

/** Runs a claim in a child process; `error` says why it did not come to its end. */
async function run({ chapter, file, index, claim }: Place): Promise<{ reports: Report[]; error?: string }> {
  const script = join(__dirname, 'verify/run-claim.ts');
  const child = spawn(process.execPath, [require.resolve('ts-node/dist/bin'), script, file, String(index)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running = child;
  const reports: Report[] = [];
  const showSeed = () => showStatus(`${chapter}  ${claim.figure}  seed ${reports.length + 1} of ${seedsOf(claim)}`);
  showSeed();
  child.on('message', (report: Report) => {
    reports.push(report);
    showSeed();
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => (said += text));
  const end = await new Promise<string>((resolve) =>
    child.on('close', (code, signal) => resolve(signal ?? `code ${code}`)),
  );
  clearStatus();
  if (end === 'code 0') return { reports };
  const lastLine = said.trim().split('\n').pop();
  return { reports, error: `seed ${reports.length}: ${lastLine || `the process ended with ${end}`}` };
}

/** On a terminal: what is running, in the place where the next row will stand. */
function showStatus(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
}

function clearStatus(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}

process.on('SIGINT', () => {
  running?.kill('SIGKILL'); // it may take Ctrl-C for a wish to end one training early
  clearStatus();
  console.error('stopped by Ctrl-C');
  process.exit(130);
});

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
