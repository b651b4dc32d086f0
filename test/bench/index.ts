/**
 * `npm run bench`: operations and training steps beside what a user would take instead, as a table.
 *
 *   npm run bench                           everything: well over half an hour
 *   npm run bench -- lstm matmul            workloads whose name contains one of these
 *   npm run bench -- --json figures.json    writes the figures, too
 *   npm run bench -- --device gpu           on a GPU, beside jax-js there
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { examineGpu } from '../../tools/doctor/gpu';
import { findEntrants } from './contestants';
import { play } from './match';
import { stopAll } from './process';
import type { Device } from './serve';
import { type Match, matchTable, summaryTable } from './table';
import { type Workload, workloads } from './workloads';

async function main(): Promise<void> {
  const { device, chosen, json } = readOptions();
  const cpu = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
  const machine = device === 'gpu' ? `${cpu}\n${await describeGpu()}` : cpu;
  const entrants = findEntrants(device, (line) => console.log(line));
  console.log(`${machine}\n`);
  const matches: Match[] = [];
  for (const workload of chosen) {
    const results = await play(workload, device, entrants, showStatus);
    clearStatus();
    const { name, kind, flops } = workload;
    matches.push({ name, kind, flops, results });
    console.log(`${matchTable(matches[matches.length - 1])}\n`);
  }
  console.log(summaryTable(matches));
  if (json) writeFileSync(json, `${JSON.stringify({ machine, matches }, null, 2)}\n`);
}

/** Throws where there is none: a CPU's figures under a GPU's name help nobody. */
async function describeGpu(): Promise<string> {
  const { state, found } = await examineGpu();
  if (state !== 'good') throw new Error(`no GPU works here: ${found[0]} (npm run doctor says more)`);
  return found.slice(0, 2).join('; ');
}

function readOptions(): { device: Device; chosen: Workload[]; json: string | undefined } {
  const options = { json: { type: 'string' }, device: { type: 'string', default: 'cpu' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { device, json } = values;
  if (device !== 'cpu' && device !== 'gpu') throw new UsageError(`--device: there is no '${device}': cpu or gpu`);
  const all = workloads[device];
  const chosen = all.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
  if (chosen.length > 0) return { device, chosen, json };
  const names = all.map(({ name }) => name).join(', ');
  throw new UsageError(`no workload's name contains ${positionals.join(' or ')}: there are ${names}`);
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
