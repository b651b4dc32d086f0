/** The words of `npm run datasets`, what it prints, how it ends. The catalogue is handed in: tests have their own. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../../chapters/shared/options';
import { terminalTable } from '../../core/io/terminal';
import { onInterrupt } from '../../core/train/interrupt';
import type { DataSet } from './catalogue';
import type { Patience } from './download';
import { examine } from './examine';
import { fetchSet } from './fetch';
import { clearLine, sizeText } from './meter';

const USAGE = `npm run datasets -- list                 what there is, and what of it is here
npm run datasets -- get NAME [NAME ...]  fetches data sets into the folder that DATASETS_DIR names
  --to DIR                               takes this folder instead`;

const PATIENCE: Patience = { attempts: 4, pause: 1000, silence: 20_000 };

/** Prints what it does, and sets the exit code as every script does: 1 failed, 2 called wrongly, 130 interrupted. */
export async function runDatasets(words: string[], catalogue: DataSet[], patience = PATIENCE): Promise<void> {
  const stop = new AbortController();
  const settle = onInterrupt(() => {
    say('stopped by Ctrl-C; what has come is kept, and the same command goes on from there');
    process.exitCode = 130;
    stop.abort();
  });
  try {
    await obey(words, catalogue, patience, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return; // whoever is impatient may press Ctrl-C again
    say(`error: ${(error as Error).message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
  settle();
}

/** A line beside the results, in the place of the bar. */
function say(line: string): void {
  clearLine();
  console.error(line);
}

async function obey(words: string[], catalogue: DataSet[], patience: Patience, signal: AbortSignal): Promise<void> {
  const { command, names, folder, help } = parse(words);
  if (help) console.log(USAGE);
  else if (command === 'list' && names.length === 0) await list(catalogue, folder, signal);
  else if (command === 'get' && names.length > 0) await get(names, catalogue, folder, patience, signal);
  else throw new UsageError(`say what to do:\n${USAGE}`);
}

function parse(words: string[]): { command?: string; names: string[]; folder?: string; help?: boolean } {
  const options = { to: { type: 'string' }, help: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
    const folder = values.to ?? process.env.DATASETS_DIR;
    const [command, ...names] = positionals;
    return { command, names, folder: folder ? resolve(folder) : undefined, help: values.help };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function list(catalogue: DataSet[], folder: string | undefined, signal: AbortSignal): Promise<void> {
  const rows: string[][] = [];
  for (const set of catalogue) {
    const size = set.files.reduce((sum, { bytes }) => sum + bytes, 0);
    rows.push([set.name, sizeText(size), placeOf(set), await presence(set, folder, signal), set.what]);
  }
  console.log(terminalTable(['name', 'download', 'goes to', 'here', 'what it is'], rows));
  const terms = catalogue.map(({ name, licence, cite }) => [name, licence, cite]);
  console.log(`\n${terminalTable(['name', 'licence', 'cite'], terms)}`);
  console.log(
    folder ? `\nThe folder is ${folder}.` : '\nDATASETS_DIR is not set: what is here can only be told with --to DIR.',
  );
  console.log('All are known by their size and sha256. To fetch some: npm run datasets -- get NAME');
}

/** The one folder or file of most sets; else the folder of its files. */
function placeOf({ files: [first, second] }: DataSet): string {
  const place = first.unpack?.into ?? first.path;
  return second ? place.slice(0, place.lastIndexOf('/') + 1) : place;
}

async function presence({ files }: DataSet, folder: string | undefined, signal: AbortSignal): Promise<string> {
  if (!folder) return '?';
  const states: string[] = [];
  for (const file of files) states.push((await examine(file, folder, signal)).is);
  const there = states.filter((state) => state !== 'missing').length;
  if (there === 0) return 'no';
  if (states.includes('damaged')) return 'damaged';
  if (there < files.length) return `${there} of ${files.length} files`;
  return states.includes('unverified') ? 'not verified' : 'verified';
}

async function get(
  names: string[],
  catalogue: DataSet[],
  folder: string | undefined,
  patience: Patience,
  signal: AbortSignal,
): Promise<void> {
  const sets = names.map((name) => findSet(name, catalogue));
  if (!folder) {
    const example = `npm run datasets -- get ${names.join(' ')} --to ~/datasets`;
    throw new UsageError(`where to? Let DATASETS_DIR name a folder, or add one here: ${example}`);
  }
  for (const set of sets) {
    const lines = await fetchSet(set, folder, { signal, note: say, patience });
    console.log(lines.join('\n'));
  }
  const isKnown = process.env.DATASETS_DIR && resolve(process.env.DATASETS_DIR) === folder;
  if (!isKnown) console.log(`\nChapters find them when DATASETS_DIR names their folder: export DATASETS_DIR=${folder}`);
}

function findSet(name: string, catalogue: DataSet[]): DataSet {
  const found = catalogue.find((set) => set.name === name);
  if (found) return found;
  const known = catalogue.map((set) => set.name).join(', ');
  throw new UsageError(`there is no data set "${name}"; there are ${known}`);
}
