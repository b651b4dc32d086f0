/**
 * Command-line flags with types. A script declares `rate: number(0.1, { min: 0 })` and receives a number; a reader
 * who mistypes a flag or a value gets one line that says what was expected.
 */

/** The reader called the script wrongly: one line on stderr, exit code 2. */
export class UsageError extends Error {}

export interface Option<Value> {
  /** What stands for the value in --help, such as NUMBER; empty for a switch, which takes none. */
  placeholder: string;
  initial: Value;
  help: string;
  /** Returns undefined when the text is no legal value. */
  parse(text: string): Value | undefined;
  /** What a legal value is, as in "expected a number of at least 0". */
  expected: string;
  /** It may be typed without its flag, as `photo.jpg` for `--photo photo.jpg`. */
  bare?: boolean;
}

export type Options = Record<string, Option<unknown>>;
export type Values<Declared extends Options> = {
  [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never;
};

interface Help {
  help?: string;
}

interface Limits extends Help {
  min?: number;
  max?: number;
}

function numeric(kind: string, initial: number, limits: Limits, accepts: (value: number) => boolean): Option<number> {
  const { min = -Infinity, max = Infinity, help = '' } = limits;
  const least = min > -Infinity ? ` of at least ${min}` : '';
  const most = max < Infinity ? `${least ? ' and' : ' of'} at most ${max}` : '';
  return {
    placeholder: kind === 'number' ? 'NUMBER' : 'INTEGER',
    initial,
    help,
    expected: `a ${kind}${least}${most}`,
    parse: (text) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return accepts(value) && value >= min && value <= max ? value : undefined;
    },
  };
}

export const number = (initial: number, limits: Limits = {}): Option<number> =>
  numeric('number', initial, limits, Number.isFinite);

export const integer = (initial: number, limits: Limits = {}): Option<number> =>
  numeric('whole number', initial, limits, Number.isSafeInteger);

/** Several numbers in a row, `--weights 0.6,0.3,0.1`; as many as the default has, unless `length: 'any'`. */
export function numbers(initial: number[], { help = '', length }: Help & { length?: 'any' } = {}): Option<number[]> {
  const fits = (values: number[]) =>
    values.every(Number.isFinite) && (length === 'any' || values.length === initial.length);
  return {
    placeholder: 'N,N,…',
    initial,
    help,
    expected: `${length === 'any' ? 'numbers' : `${initial.length} numbers`} with commas between, such as ${initial}`,
    parse: (text) => {
      const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
      return fits(values) ? values : undefined;
    },
  };
}

/** One of several names; the first is the default. */
export function choice<const Name extends string>(names: readonly Name[], { help = '' }: Help = {}): Option<Name> {
  return {
    placeholder: names.join('|'),
    initial: names[0],
    help,
    expected: `one of ${names.join(', ')}`,
    parse: (text) => names.find((name) => name === text),
  };
}

/** A file or folder, as the reader types it, relative to the current folder. */
export function path(initial: string, help?: Help): Option<string>;
export function path(initial?: undefined, help?: Help): Option<string | undefined>;
export function path(initial?: string, { help = '' }: Help = {}): Option<string | undefined> {
  return { placeholder: 'PATH', initial, help, expected: 'a path', parse: (text) => text || undefined };
}

/** A path that may be typed without its flag; a script has one at most. */
export const argument = (help?: Help): Option<string | undefined> => ({ ...path(undefined, help), bare: true });

/** Words of the reader's own: `--review "Not bad at all."`. */
export const phrase = (initial: string, { help = '' }: Help = {}): Option<string> => ({
  placeholder: 'TEXT',
  initial,
  help,
  expected: 'a text, in quotation marks if it has spaces',
  parse: (text) => text.trim() || undefined,
});

/** A flag that takes no value: absent is false, present is true. */
export function toggle({ help = '' }: Help = {}): Option<boolean> {
  return { placeholder: '', initial: false, help, expected: 'no value', parse: () => undefined };
}

/** learningRate is typed --learning-rate. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Reads `--flag value`, `--flag=value`, `--switch`, and a value without its flag where an argument is declared; returns
 * what was given and nothing else.
 */
export function parseFlags<Declared extends Options>(args: string[], options: Declared): Partial<Values<Declared>> {
  const names = new Map(Object.keys(options).map((name) => [flagOf(name), name]));
  const given: Record<string, unknown> = {};
  const bare = Object.keys(options).find((name) => options[name].bare);
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (bare !== undefined && !(bare in given) && !word.startsWith('-')) {
      given[bare] = readValue(flagOf(bare), options[bare], word, rest);
      continue;
    }
    const [flag, inline] = splitOnce(word, '=');
    const name = names.get(flag);
    if (name === undefined) throw new UsageError(unknownFlag(flag, [...names.keys()]));
    given[name] = readValue(flag, options[name], inline, rest);
  }
  return given as Partial<Values<Declared>>;
}

function readValue(flag: string, option: Option<unknown>, inline: string | undefined, rest: string[]): unknown {
  if (option.placeholder === '') {
    if (inline !== undefined) throw new UsageError(`${flag} takes no value, got "${inline}"`);
    return true;
  }
  const text = inline ?? (rest[0]?.startsWith('--') ? undefined : rest.shift());
  if (text === undefined) throw new UsageError(`${flag} needs a value: ${option.expected}`);
  const value = option.parse(text);
  if (value === undefined) throw new UsageError(`${flag}: expected ${option.expected}, got "${text}"`);
  return value;
}

function splitOnce(word: string, separator: string): [string, string | undefined] {
  const at = word.indexOf(separator);
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function unknownFlag(flag: string, known: string[]): string {
  if (!flag.startsWith('--')) return `"${flag}" is not a flag: flags start with --, and --help lists them`;
  const [nearest] = known.sort((a, b) => editDistance(flag, a) - editDistance(flag, b));
  const hint = editDistance(flag, nearest) <= 3 ? `did you mean ${nearest}?` : 'see --help';
  return `unknown flag ${flag}: ${hint}`;
}

/** Levenshtein's distance: insertions, deletions and replacements between two words, a row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above[j] + 1, row[j - 1] + 1);
    }
  }
  return row[b.length];
}
