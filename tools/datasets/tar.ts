/**
 * Reads tar archives: blocks of 512 bytes, for each member a header and its bytes. Whatever could write outside of the
 * folder that the archive is unpacked into is refused.
 */

export interface Member {
  /** Below the folder of unpacking, its parts set apart by `/`. */
  name: string;
  bytes: Uint8Array;
}

const BLOCK = 512;
const LARGEST = 2 ** 28; // bytes of a member: each is held in memory

/** The files of an archive. The error of a damaged one is a sentence about it, without its name. */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  const source = chunks[Symbol.asyncIterator]();
  const take = takeFrom(source);
  let longName = ''; // of the next member
  for (;;) {
    const header = await take(BLOCK);
    if (header.every((byte) => byte === 0)) break; // the archive's end
    const { name, size, type } = readHeader(header);
    const bytes = (await take(Math.ceil(size / BLOCK) * BLOCK)).subarray(0, size);
    if (type === 'L') longName = textAt(bytes, 0, size);
    else if (type === 'x') longName = /^\d+ path=(.*)$/m.exec(textAt(bytes, 0, size))?.[1] ?? '';
    else if (type !== 'g') {
      if (type === '0') yield { name: checkName(longName || name), bytes };
      else if (type !== '5') throw new Error(`${longName || name} is neither a file nor a folder`);
      longName = '';
    }
  }
  while (!(await source.next()).done); // to the end, so that gzip checks its own sum
}

/** Hands out exactly as many bytes as are asked for. */
function takeFrom(source: AsyncIterator<Uint8Array>): (length: number) => Promise<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  return async (length) => {
    const taken = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (rest.length === 0) {
        const { done, value } = await source.next();
        if (done) throw new Error('it ends in the middle');
        rest = value;
      }
      const piece = rest.subarray(0, length - filled);
      taken.set(piece, filled);
      filled += piece.length;
      rest = rest.subarray(piece.length);
    }
    return taken;
  };
}

/** Where the fields of a header stand: their first byte and their length. */
const NAME = [0, 100] as const;
const SIZE = [124, 12] as const;
const SUM = [148, 8] as const;
const TYPE = 156;
const MAGIC = [257, 5] as const;
const PREFIX = [345, 155] as const;

function readHeader(header: Uint8Array): { name: string; size: number; type: string } {
  const numberAt = (field: readonly [number, number]) => {
    const digits = textAt(header, ...field).trim();
    return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
  };
  const blank = header.slice().fill(0x20, SUM[0], SUM[0] + SUM[1]); // the sum was taken with spaces in its place
  const size = numberAt(SIZE);
  if (numberAt(SUM) !== blank.reduce((sum, byte) => sum + byte) || Number.isNaN(size))
    throw new Error('a header in it is not one of tar');
  const prefix = textAt(header, ...MAGIC) === 'ustar' ? textAt(header, ...PREFIX) : '';
  const name = textAt(header, ...NAME);
  if (size > LARGEST) throw new Error(`${name} has ${size} bytes, more than ${LARGEST}`);
  const type = header[TYPE] === 0 ? '0' : String.fromCharCode(header[TYPE]);
  return { name: prefix ? `${prefix}/${name}` : name, size, type };
}

/** Up to the first zero. */
function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** Nothing but plain names below the folder: no way up, no root, no drive, no stream of Windows. */
function checkName(name: string): string {
  const plain = name.replace(/^(\.\/)+/, '');
  if (/[\\:]/.test(plain) || plain.split('/').some((part) => ['', '.', '..'].includes(part)))
    throw new Error(`"${name}" leads out of the folder it is unpacked into`);
  return plain;
}
