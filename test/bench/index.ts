/**
 * `npm run bench`: operations and training steps beside what a user would take instead, as a table.
 *
 *   npm run bench                           everything: well over half an hour
 *   npm run bench -- lstm matmul            workloads whose name contains one of these
 *   npm run bench -- --json figures.json    writes the figures, too
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { stopAll } from './contestant';
import { findEntrants } from './contestants';
import { play } from './match';
import { type Match, matchTable, summaryTable } from './table';
import { type Workload, workloads } from './workloads';

async function main(): Promise<void> {
  const { chosen, json } = readOptions();
  const entrants = findEntrants((line) => console.log(line));
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
  console.log(`${machine}\n`);
  const matches: Match[] = [];
  for (const workload of chosen) {
    const results = await play(workload, entrants, showStatus);
    clearStatus();
    matches.push({ name: workload.name, kind: workload.kind, results });
    console.log(`${matchTable(matches[matches.length - 1])}\n`);
  }
  console.log(summaryTable(matches));
  if (json) writeFileSync(json, `${JSON.stringify({ machine, matches }, null, 2)}\n`);
}

function readOptions(): { chosen: Workload[]; json: string | undefined } {
  const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
  const chosen = workloads.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  );
  if (chosen.length > 0) return { chosen, json: values.json };
  throw new UsageError(
    `no workload's name contains ${positionals.join(' or ')}: ` +
      `there are ${workloads.map(({ name }) => name).join(', ')}`,
  );
}

class UsageError extends Error {
  readonly code = 'ERR_PARSE_ARGS';
}

/** On a terminal: what is running, in the place where the next lines will stand. */
function showStatus(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
}

function clearStatus(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}

process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    clearStatus();
    process.exit(130);
  });
}

main().catch((error: Error & { code?: string }) => {
  clearStatus();
  console.error(error.message.split('. ')[0]);
  process.exit(error.code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1);
});
