/**
 * safetensors, the file format for weights: named tensors and their bytes, nothing that could be executed. The list of
 * tensors is described and checked in safetensors-header.ts; here it is written, and bytes become tensors.
 *
 * Files written here carry a checksum among their metadata, so that a flipped bit anywhere is noticed.
 */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { tensor } from '../tensor/create';
import type { Tensor } from '../tensor/tensor';
import { writeAtomically } from './atomic';
import { damaged, fileError } from './files';
import { type StoredType, storedTypes } from './safetensors-dtypes';
import { type Entry, type Header, LONGEST_HEADER, METADATA, parseHeader, quote } from './safetensors-header';

export interface Safetensors {
  tensors: Record<string, Tensor>;
  metadata: Record<string, string>;
}

const CHECKSUM = 'sha256'; // the name under which the metadata holds it

/** Covers the data, which is still to be fed in, and all that the header says, in one spelling. */
function startChecksum({ entries, metadata }: Header): Hash {
  const { [CHECKSUM]: _, ...texts } = metadata;
  return createHash('sha256').update(JSON.stringify([entries, Object.entries(texts).sort()]));
}

/* ---------------------------------------------------------------------------------------------- writing */

const WRITTEN_AS = { float32: 'F32', float64: 'F64', int32: 'I32' } as const;

/** Writes tensors by name, whole or not at all. `model.stateDict()` is what is most often saved. */
export async function saveSafetensors(
  path: string,
  tensors: Record<string, Tensor>,
  metadata: Record<string, string> = {},
): Promise<void> {
  const reserved = METADATA in tensors ? METADATA : CHECKSUM in metadata ? CHECKSUM : null;
  if (reserved) throw new Error(`saveSafetensors: the name '${reserved}' is the format's own; take another`);
  // Elements of eight bytes first: then every tensor begins at a multiple of its element's size.
  const list = Object.entries(tensors).sort(([, a], [, b]) => elementBytes(b) - elementBytes(a));
  const blocks = (await Promise.all(list.map(([, t]) => t.data()))).map(bytesOf);
  let end = 0;
  const entries = list.map(([name, { dtype, shape }], i): Entry => {
    const start = end;
    end += blocks[i].length;
    return { name, dtype: WRITTEN_AS[dtype], shape: [...shape], start, end };
  });
  const checksum = startChecksum({ entries, metadata });
  for (const block of blocks) checksum.update(block);
  const header = writeHeader({ entries, metadata: { ...metadata, [CHECKSUM]: checksum.digest('hex') } });
  await writeAtomically(path, [header, ...blocks]);
}

const elementBytes = ({ dtype }: Tensor): number => (dtype === 'float64' ? 8 : 4);

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function writeHeader({ entries, metadata }: Header): Uint8Array {
  const lines = entries.map(({ name, dtype, shape, start, end }): [string, unknown] => [
    name,
    { dtype, shape, data_offsets: [start, end] },
  ]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries([[METADATA, metadata], ...lines])));
  const length = Math.ceil(json.length / 8) * 8; // the data begins at a multiple of eight
  const bytes = new Uint8Array(8 + length).fill(0x20); // spaces
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  return bytes;
}

/* ---------------------------------------------------------------------------------------------- reading */

/** Reads all tensors of a file. Half precision becomes float32; truth values and smaller integers become int32. */
export async function loadSafetensors(path: string): Promise<Safetensors> {
  const file = await open(path).catch((error) => {
    throw fileError('read', path, error);
  });
  try {
    return await readAll(file, path);
  } finally {
    await file.close();
  }
}

async function readAll(file: FileHandle, path: string): Promise<Safetensors> {
  const { header, dataStart } = await readHeader(file, path);
  const checksum = startChecksum(header);
  const tensors: [string, Tensor][] = [];
  for (const { name, dtype, shape, start, end } of header.entries) {
    const bytes = await readPart(file, path, dataStart + start, end - start);
    checksum.update(bytes);
    const { read } = storedTypes.get(dtype) as StoredType;
    const values = read(bytes.buffer, (reason) => new Error(`${path}: the tensor ${quote(name)} ${reason}`));
    tensors.push([name, tensor(values, { shape })]);
  }
  const { [CHECKSUM]: expected, ...metadata } = header.metadata;
  if (expected !== undefined && expected !== checksum.digest('hex'))
    throw damaged(path, 'its content does not fit its checksum');
  return { tensors: Object.fromEntries(tensors), metadata };
}

async function readHeader(file: FileHandle, path: string): Promise<{ header: Header; dataStart: number }> {
  const { size } = await file.stat();
  if (size < 8) throw damaged(path, `it has ${size} bytes, which is less than any safetensors file`);
  const length = Number(new DataView((await readPart(file, path, 0, 8)).buffer).getBigUint64(0, true));
  const dataStart = 8 + length;
  if (length > LONGEST_HEADER || dataStart > size)
    throw damaged(path, `it says that its header has ${length} bytes, but has ${size} itself`);
  const header = parseHeader(path, await readPart(file, path, 8, length), size - dataStart);
  return { header, dataStart };
}

const MOST = 2 ** 30; // bytes that the system is asked for at a time

async function readPart(
  file: FileHandle,
  path: string,
  start: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, MOST), start + done).catch((error) => {
      throw fileError('read', path, error);
    });
    if (bytesRead === 0) throw damaged(path, `it ends at byte ${start + done}`);
    done += bytesRead;
  }
  return bytes;
}
