/**
 * What a lesson quotes: a named part of a file, or of what a script prints.
 */
const BEGIN = /^\s*\/\/ #region (.+?)\s*$/;
const END = /^\s*\/\/ #endregion/;

/** The lines between `// #region name` and its `// #endregion`, or the whole file; marker lines left out, dedented. */
export function codeRegion(code: string, name?: string): string {
  const lines = code.split('\n');
  let depth = name === undefined ? 1 : 0; // regions open, counted from the one that is asked for
  const taken: string[] = [];
  let found = name === undefined;
  for (const line of lines) {
    const begins = BEGIN.exec(line);
    if (begins && (depth > 0 || begins[1] === name)) depth++;
    else if (END.test(line) && depth > 0) depth--;
    else if (depth > 0 && !begins) taken.push(line);
    found ||= begins?.[1] === name;
  }
  if (!found) throw new Error(`there is no "// #region ${name}"`);
  if (name !== undefined && depth > 0) throw new Error(`"// #region ${name}" has no "// #endregion"`);
  return dedent(trimBlankLines(taken));
}

/** What was printed between `section(name)` and the next section, or all of it; the closing lines never. */
export function outputRegion(stdout: string, name?: string): string {
  const taken: string[] = [];
  let current: string | undefined;
  let found = name === undefined;
  for (const line of stdout.split('\n')) {
    if (line === '#end') break;
    const begins = /^#region (.+)$/.exec(line);
    if (begins) {
      current = begins[1];
      found ||= current === name;
    } else if (line !== '#quick' && (name === undefined || current === name)) taken.push(line.trimEnd());
  }
  if (!found) throw new Error(`no section('${name}') was printed`);
  return trimBlankLines(taken).join('\n');
}

/** Whether --quick changes what the script does. */
export const hasQuickSettings = (stdout: string): boolean => /^#quick$/m.test(stdout);

function trimBlankLines(lines: string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

function dedent(lines: string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}
