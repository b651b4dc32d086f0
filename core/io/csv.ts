/**
 * CSV as RFC 4180 describes it: fields between commas, in lines of equally many; a field in double quotes may hold
 * commas and line breaks, and two double quotes for one.
 */
import { damaged, readText } from './files';

/** The rows of a file, plain or packed by gzip, each as a list of texts. A heading is simply the first of them. */
export async function readCsv(path: string): Promise<string[][]> {
  return parseCsv(await readText(path), path);
}

/** `source` is named in errors. */
export function parseCsv(text: string, source = 'the text'): string[][] {
  const rows: string[][] = [];
  for (let start = 0; start < text.length; ) {
    const { row, end } = readRow(text, start, source);
    const expected = rows[0]?.length ?? row.length;
    if (row.length !== expected) {
      const fields = row.length === 1 ? '1 field' : `${row.length} fields`;
      throw damaged(source, `line ${lineOf(text, start)} has ${fields}, the first line ${expected}`);
    }
    rows.push(row);
    start = end;
  }
  return rows;
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function readRow(text: string, start: number, source: string): { row: string[]; end: number } {
  const row: string[] = [];
  for (let from = start; ; ) {
    const field = text[from] === '"' ? readQuoted(text, from) : readPlain(text, from);
    if (!field) throw damaged(source, `line ${lineOf(text, from)}: a double quote opens a field that never ends`);
    row.push(field.value);
    const [end, next] = [field.end, text[field.end]];
    if (next === undefined || next === '\n') return { row, end: end + 1 };
    if (next === '\r') return { row, end: end + (text[end + 1] === '\n' ? 2 : 1) };
    if (next !== ',') {
      const mend = 'a field that has one is put into double quotes, and there it is written twice';
      throw damaged(source, `line ${lineOf(text, end)}: a double quote stands inside a field (${mend})`);
    }
    from = end + 1;
  }
}

interface Field {
  value: string;
  /** The index after its last character. */
  end: number;
}

function readPlain(text: string, start: number): Field {
  const stop = /[",\r\n]/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return { value: text.slice(start, end), end };
}

/** From its opening quote; null when there is no closing one. */
function readQuoted(text: string, start: number): Field | null {
  let value = '';
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    if (text[quote + 1] !== '"') return { value: value + text.slice(from, quote), end: quote + 1 };
    value += text.slice(from, quote + 1);
    from = quote + 2;
  }
}
