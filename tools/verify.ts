/**
 * `npm run chapters:verify`: puts to the test what the lessons claim, at their full settings, and prints a table as it
 * goes; `npm run chapters:verify -- 05 moons` takes a part. Exit code 1 when a claim is not held.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { formatNumber } from '../core/io/format';
import { boundText, choose, findClaims, holds, median, type Place, seedsOf } from './verify/claims';
import type { Report } from './verify/run-claim';

let child: ChildProcess | null = null;

async function main(words: string[]): Promise<void> {
  const places = choose(findClaims(), words);
  const print = tableFor(places);
  let held = 0;
  for (const place of places) {
    const { reports, error } = await run(place);
    const values = reports.map(({ value }) => value);
    const isHeld = error === null && holds(place.claim.bound, median(values));
    print(place, reports, error === null ? (isHeld ? 'yes' : 'NO') : 'FAILED');
    if (error !== null) console.log(`    ${error}`);
    if (isHeld) held++;
  }
  console.log(`\n${held} of ${places.length} claims held`);
  if (held < places.length) process.exitCode = 1;
}

/** Runs a claim in a child process; `error` is why it did not come to its end. */
async function run(place: Place): Promise<{ reports: Report[]; error: string | null }> {
  const { file, index, claim } = place;
  const script = join(__dirname, 'verify/run-claim.ts');
  const reports: Report[] = [];
  const own = spawn(process.execPath, [require.resolve('ts-node/dist/bin'), script, file, String(index)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child = own;
  let complaint = '';
  own.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  own.on('message', (report: Report) => {
    reports.push(report);
    showStatus(place, reports.length);
  });
  showStatus(place, 0);
  const [code, signal] = await new Promise<[number | null, string | null]>((done) =>
    own.on('close', (...end) => done(end)),
  );
  clearStatus();
  if (code === 0 && reports.length === seedsOf(claim)) return { reports, error: null };
  const last = complaint.trim().split('\n').pop();
  return { reports, error: `seed ${reports.length}: ${last || `the process ended with ${signal ?? `code ${code}`}`}` };
}

/* ---------------------------------------------------------------------------------------------- the table */

/** Prints the heading; returns what prints a row. Widths are those of what is known before anything has run. */
function tableFor(places: readonly Place[]): (place: Place, reports: readonly Report[], held: string) => void {
  const known = ({ chapter, claim }: Place) => [chapter, claim.script, claim.figure, boundText(claim.bound)];
  const heads = ['chapter', 'script', 'figure', 'bound', 'seeds', 'median', 'spread', 'seconds', 'memory', 'held'];
  const least = [0, 0, 0, 0, 5, 8, 18, 8, 9, 6];
  const widths = heads.map((head, column) =>
    Math.max(head.length, least[column], ...places.map((place) => known(place)[column]?.length ?? 0)),
  );
  const isNumber = (column: number) => column >= 4 && column !== 6 && column !== 9;
  const print = (cells: readonly string[]) =>
    console.log(
      cells
        .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    );
  print([...heads, 'data']);
  print([...widths, 24].map((width) => '─'.repeat(width)));
  return (place, reports, held) => print([...known(place), ...measured(place, reports), held, reports[0]?.data ?? '']);
}

function measured({ claim }: Place, reports: readonly Report[]): string[] {
  const values = reports.map(({ value }) => value);
  const last = reports.at(-1);
  if (!last) return [String(seedsOf(claim)), '', '', '', ''];
  return [
    String(values.length),
    formatNumber(median(values)),
    `${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`,
    last.seconds.toFixed(1),
    `${Math.round(last.peak / 2 ** 20)} MiB`,
  ];
}

/** On a terminal: what is being run. */
function showStatus({ chapter, claim }: Place, done: number): void {
  if (!process.stderr.isTTY) return;
  const line = `${chapter}  ${claim.script}  ${claim.figure}  seed ${done + 1} of ${seedsOf(claim)}`;
  process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
}

function clearStatus(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}

process.on('SIGINT', () => {
  child?.kill('SIGKILL'); // it may take Ctrl-C for a wish to end one training early
  clearStatus();
  console.error('stopped by Ctrl-C');
  process.exit(130);
});
main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
