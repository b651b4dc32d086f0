/**
 * The header of a safetensors file: which tensors there are and where their bytes lie. Such files come from strangers,
 * so nothing in it is believed before it is checked: every byte of the data belongs to exactly one tensor.
 *
 *   8 bytes     n, the length of the header, little-endian
 *   n bytes     JSON: { "name": { "dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24] }, …,
 *                       "__metadata__": { "any text": "any text" } }
 *   the rest    the data; offsets count from its first byte
 */
import { damaged } from './files';
import { storedTypes } from './safetensors-dtypes';

export interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  start: number;
  end: number;
}

export interface Header {
  /** In the order of their bytes. */
  entries: Entry[];
  metadata: Record<string, string>;
}

export const METADATA = '__metadata__';
export const LONGEST_HEADER = 100_000_000; // bytes; the format's own limit

/** `path` is named in errors; `dataBytes` is the length of what follows the header. */
export function parseHeader(path: string, bytes: Uint8Array, dataBytes: number): Header {
  const json = parseJson(path, bytes);
  const { [METADATA]: metadata = {}, ...tensors } = json;
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== 'string'))
    throw damaged(path, `its ${METADATA} is not a list of texts`);
  const entries = Object.entries(tensors).map(([name, info]) => parseEntry(path, name, info));
  checkCover(path, entries, dataBytes);
  return { entries, metadata: metadata as Record<string, string> };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(path: string, bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    json = JSON.parse(text);
  } catch {
    throw damaged(path, 'its header is no JSON');
  }
  if (!isRecord(json)) throw damaged(path, 'its header is no list of tensors');
  const repeated = findRepeatedName(text);
  if (repeated !== undefined) throw damaged(path, `its header says ${quote(repeated)} twice`);
  return json;
}

/** JSON.parse silently keeps the last of two equal names. `json` is known to be valid. */
export function findRepeatedName(json: string): string | undefined {
  const open: Set<string>[] = []; // the names so far in each of the braces around us
  for (let i = 0; i < json.length; i++) {
    if (json[i] === '{') open.push(new Set());
    else if (json[i] === '}') open.pop();
    else if (json[i] === '"') {
      const start = i++;
      while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
      let next = i + 1;
      while (' \t\r\n'.includes(json[next])) next++;
      if (json[next] !== ':') continue; // a value
      const name = JSON.parse(json.slice(start, i + 1)) as string;
      const names = open[open.length - 1];
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
}

function parseEntry(path: string, name: string, info: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(info) ? info : {};
  const wrong = (what: string) => damaged(path, `the tensor ${quote(name)} ${what}`);
  if (typeof dtype !== 'string') throw wrong('has no dtype');
  const type = storedTypes.get(dtype);
  if (!type) {
    const known = [...storedTypes.keys()].join(', ');
    throw new Error(`${path}: the tensor ${quote(name)} is of dtype ${quote(dtype)}, which is none of ${known}`);
  }
  if (!isListOfCounts(shape)) throw wrong('has no shape');
  if (!isListOfCounts(offsets) || offsets.length !== 2) throw wrong('does not say where its bytes lie');
  const [start, end] = offsets;
  let expected = type.bytes;
  for (const extent of shape) {
    expected *= extent;
    if (!Number.isSafeInteger(expected)) throw wrong('is larger than any memory');
  }
  if (end - start !== expected) throw wrong(`needs ${expected} bytes, but its offsets are ${start} to ${end}`);
  return { name, dtype, shape, start, end };
}

const isListOfCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);

/** Puts the entries into the order of their bytes, and checks that these lie side by side from first to last. */
function checkCover(path: string, entries: Entry[], dataBytes: number): void {
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  let covered = 0;
  for (const { name, start, end } of entries) {
    if (start < covered) throw damaged(path, `the tensor ${quote(name)} overlaps the one before it`);
    if (start > covered) throw damaged(path, `the bytes ${covered} to ${start} belong to no tensor`);
    if (end > dataBytes) throw damaged(path, `the tensor ${quote(name)} ends at byte ${end} of ${dataBytes}`);
    covered = end;
  }
  if (covered < dataBytes) throw damaged(path, `${dataBytes - covered} bytes follow the last tensor`);
}

/** A name from the file, fit to be printed. */
export const quote = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}…` : name);
