/**
 * IDX, the format of the MNIST files: numbers with a shape of any rank, most significant byte first.
 *
 *   2 bytes    0
 *   1 byte     the type of the numbers
 *   1 byte     the rank, then 4 bytes for the extent of each axis
 *   the rest   the numbers, row by row
 */
import { damaged, readBytes } from './files';

const types = {
  8: Uint8Array,
  9: Int8Array,
  11: Int16Array,
  12: Int32Array,
  13: Float32Array,
  14: Float64Array,
} as const;

type TypeCode = keyof typeof types;

export interface IdxFile {
  shape: number[];
  values: InstanceType<(typeof types)[TypeCode]>;
}

/** Reads a file, plain or packed by gzip. */
export async function readIdx(path: string): Promise<IdxFile> {
  return parseIdx(await readBytes(path), path);
}

/** `source` is named in errors. */
export function parseIdx(bytes: Uint8Array, source = 'the bytes'): IdxFile {
  const [zero, alsoZero, code, rank] = bytes;
  const type = types[code as TypeCode];
  const start = 4 + 4 * rank;
  if (zero !== 0 || alsoZero !== 0 || !type || !(bytes.length >= start))
    throw damaged(source, 'it does not begin as an IDX file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = shape.reduce((product, extent) => product * extent, type.BYTES_PER_ELEMENT);
  const found = bytes.length - start;
  if (found !== expected) {
    throw damaged(source, `${shape.join(' × ')} numbers take ${expected} bytes, but it holds ${found}`);
  }
  const own = new Uint8Array(bytes.subarray(start)); // a copy, since a wide number cannot begin anywhere
  swapBytes(own.buffer, type.BYTES_PER_ELEMENT);
  return { shape, values: new type(own.buffer) };
}

/** Turns every group of `size` bytes around. */
function swapBytes(buffer: ArrayBuffer, size: number): void {
  const bytes = Buffer.from(buffer);
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else if (size === 8) bytes.swap64();
}
