/** What the doctor finds out about one part, and how it is told. */

export interface Finding {
  /** Missing: chapters run all the same, without it. Broken: they do not. */
  state: 'good' | 'missing' | 'broken';
  /** One line each. */
  found: string[];
  /** Commands that mend it, or advice; one line each. */
  mend?: string[];
}

const COLUMN = 10;

export function linesOf(name: string, { state, found, mend = [] }: Finding): string[] {
  const [first, ...rest] = found;
  const told = [
    state === 'broken' ? `broken: ${first}` : first,
    ...rest,
    ...mend.map((line) => `  to mend it: ${line}`),
  ];
  return told.map((line, i) => `${(i === 0 ? name : '').padEnd(COLUMN)}${line}`);
}

export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0];
