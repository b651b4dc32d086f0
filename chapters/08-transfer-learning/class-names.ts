/**
 * Names of classes from a text file: one a line, in the order of the labels, or a table with tabs between its columns
 * that begins with the label and ends with the name.
 */
import { damaged, readText } from '../../core/io/files';

export async function readClassNames(path: string, classes: number): Promise<string[]> {
  const lines = (await readText(path)).split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = lines.some((line) => line.includes('\t')) ? fromTable(path, lines) : lines.map((line) => line.trim());
  if (names.length === classes) return names;
  throw new Error(
    `${path}: it names ${names.length} classes, the network knows ${classes}; give the file that fits it`,
  );
}

/** Rows may stand in any order; a first row that does not begin with a number is a heading. */
function fromTable(path: string, lines: readonly string[]): string[] {
  const rows = lines.map((line) => line.split('\t').map((cell) => cell.trim()));
  if (!isLabel(rows[0][0])) rows.shift();
  const names: string[] = [];
  for (const cells of rows) {
    const label = Number(cells[0]);
    if (!isLabel(cells[0]) || cells.length < 2 || label >= rows.length || label in names)
      throw damaged(path, `the row "${cells.join(' ').slice(0, 40)}" does not begin with a label of its own`);
    names[label] = cells[cells.length - 1];
  }
  return names;
}

const isLabel = (text: string): boolean => /^\d+$/.test(text);
