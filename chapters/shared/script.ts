/**
 * The runner of every chapter script: flags, help, seed, device, printed text, figures, the closing lines and the
 * exit code, so that the script itself holds only the experiment. A script file ends with `script({ about, options,
 * next, run })`.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { manualSeed, useDevice } from '../../core';
import { terminalTable } from '../../core/io/terminal';
import { explain } from './errors';
import { helpText } from './help';
import { choice, integer, type Options, parseFlags, path, toggle, UsageError, type Values } from './options';
import { Output } from './output';
import { ask, type Prediction, verdict } from './predict';
import { clearBar, type Progress, progress } from './progress';

export { argument, choice, integer, number, numbers, path, phrase, toggle } from './options';

export interface Script<Own extends Options, Choice extends string> {
  /** The first line of --help. */
  about: string;
  options?: Own;
  /** What --full and --quick change; a flag the reader gives wins. */
  settings?: { full?: Partial<Values<NoInfer<Own>>>; quick?: Partial<Values<NoInfer<Own>>> };
  /** Makes --predict available. */
  predict?: Prediction<Choice>;
  /** The command to try next. */
  next: string;
  run(lab: Lab<NoInfer<Own>, NoInfer<Choice>>): Promise<void> | void;
}

/** What a script works with while it runs. */
export interface Lab<Own extends Options, Choice extends string> {
  options: Values<ReturnType<typeof commonOptions>> & Values<Own>;
  /** Prints as console.log does, tensors on a GPU with their values. */
  say(...values: unknown[]): void;
  /** Begins a part of the output that a lesson can quote by name; a heading is printed if given. */
  section(name: string, heading?: string): void;
  table(columns: string[], rows: (string | number)[][]): void;
  /** Saves a picture in the --out folder, under this name. */
  figure(name: string, picture: Picture): Promise<void>;
  progress(total: number, label: string): Progress;
  /** With --predict asks the reader and returns the answer; otherwise null. */
  predict(): Promise<Choice | null>;
  /** Says what the experiment showed and whether the reader saw it coming. */
  verdict(answer: Choice | null, truth: Choice, why: string): void;
}

interface Picture {
  save(pathWithoutExtension: string): Promise<string[]>;
}

type NoOptions = Record<never, never>;
type AnyScript = Script<Options, string>;
type AnyLab = Lab<Options, string>;

/** Set by the lessons tool: the output then carries lines by which it is cut into its sections. */
const marking = process.env.LESSON_REGIONS !== undefined;

/** Runs the program, unless its file is only imported: by a test, or by another script that borrows a function. */
export function script<Own extends Options = NoOptions, const Choice extends string = never>(
  program: Script<Own, Choice>,
): void {
  const file = require.main?.filename;
  if (file === undefined || file !== callerOfScript()) return;
  process.once('SIGINT', () => {
    clearBar();
    console.error('stopped by Ctrl-C');
    process.exit(130);
  });
  process.stdout.once('error', () => process.exit()); // whoever read our output has gone, as after `| head`
  perform(program, file).catch((error) => {
    clearBar();
    console.error(error instanceof UsageError ? error.message : explain(error, file));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  });
}

async function perform(program: AnyScript, file: string): Promise<void> {
  const common = commonOptions(file, program.predict !== undefined);
  const declared: Options = { ...program.options, ...common, ...program.options }; // its own first, and they win
  const given = parseFlags(process.argv.slice(2), declared);
  if (given.help) return console.log(helpText(program, declared, fromHere(file)));
  const options = resolveOptions(program, declared, given);
  if (given.out) prepareFolder(options.out);

  await useDevice(options.device);
  manualSeed(options.seed);
  if (marking && program.settings?.quick) console.log('#quick');
  const written: string[] = [];
  const output = new Output();
  try {
    await program.run(createLab(program, options, given.predict === true, output, written));
  } finally {
    await output.done();
  }

  if (marking) console.log('#end');
  const list = written.map((name) => `  ${fromHere(name)}\n`).join('');
  if (list) console.log(`\nFigures written:\n${list.trimEnd()}`);
  console.log(`\nNext: ${program.next}`);
}

function resolveOptions(program: AnyScript, declared: Options, given: Record<string, unknown>): AnyLab['options'] {
  if (given.full && given.quick) throw new UsageError('--quick and --full exclude each other');
  const initial = Object.fromEntries(Object.entries(declared).map(([name, option]) => [name, option.initial]));
  const { full, quick } = program.settings ?? {};
  return { ...initial, ...(given.full ? full : {}), ...(given.quick ? quick : {}), ...given } as AnyLab['options'];
}

function createLab(
  program: AnyScript,
  options: AnyLab['options'],
  asks: boolean,
  output: Output,
  written: string[],
): AnyLab {
  let printed = false;
  const say = (...values: unknown[]) => {
    output.print(...values);
    printed = true;
  };
  return {
    options,
    say,
    progress,
    section(name, heading) {
      if (marking) output.print(`#region ${name}`);
      if (heading) say(`${printed ? '\n' : ''}${heading}\n${'-'.repeat(heading.length)}`);
    },
    table: (columns, rows) => say(terminalTable(columns, rows)),
    async figure(name, picture) {
      written.push(...(await picture.save(join(options.out, name))));
    },
    async predict() {
      await output.done();
      return asks && program.predict ? ask(program.predict) : null;
    },
    verdict: (answer, truth, why) => say(verdict(answer, truth, why)),
  };
}

const commonOptions = (file: string, asks: boolean) => ({
  device: choice(['cpu', 'gpu'], { help: 'where the tensors live' }),
  seed: integer(0, { min: 0, help: 'where the random numbers start' }),
  full: toggle({ help: "the chapter's full setting" }),
  quick: toggle({ help: 'a short run' }),
  ...(asks && { predict: toggle({ help: 'be asked what you expect before you see it' }) }),
  out: path(fromHere(join(dirname(file), 'figures')), { help: 'folder for the figures' }),
  help: toggle({ help: 'show this text' }),
});

/** A path as the reader would type it. */
function fromHere(file: string): string {
  const path = relative('', file);
  return path.startsWith('..') ? resolve(file) : path;
}

/** Says at once, not after minutes of training, that the figures cannot be written. */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK);
}

/** The file that called script(): the place of the call is the first on the stack that V8 keeps for us. */
function callerOfScript(): string | null | undefined {
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites;
  const trace = { stack: [] as NodeJS.CallSite[] };
  Error.captureStackTrace(trace, script);
  const [site] = trace.stack;
  Error.prepareStackTrace = format;
  return site?.getFileName();
}
