/**
 * What all readers and writers of files share: one clear line when the system refuses, and gzip.
 */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space left on the disk',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

/** `action` is what was tried: 'cannot read weights.safetensors: there is no such file or folder'. */
export function fileError(action: 'read' | 'write', path: string, error: unknown): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new Error(`cannot ${action} ${path}: ${REASONS[code] ?? message}`, { cause: error });
}

/** What lies in a file, beginning with its name. */
export const damaged = (path: string, what: string): Error =>
  new Error(`${path}: ${what}; the file is damaged or of another kind: fetch or write it again`);

const GZIP = [0x1f, 0x8b]; // how every gzip file begins
const MEBIBYTE = 2 ** 20;

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(gunzip);

/**
 * The bytes of a file; of a gzip file, told by its first two bytes, what was packed into it. A small file can be made
 * to unpack into any number of bytes, so there is a limit.
 */
export async function readBytes(path: string, limit = 1024 * MEBIBYTE): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error) => {
    throw fileError('read', path, error);
  });
  if (!GZIP.every((byte, i) => bytes[i] === byte)) return bytes;
  return unpack(bytes, { maxOutputLength: limit }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_BUFFER_TOO_LARGE') throw damaged(path, 'gzip cannot unpack it');
    throw new Error(`${path}: unpacks to more than ${limit / MEBIBYTE} MiB; unpack it by hand and take a part`);
  });
}

/** The bytes of a file as text in UTF-8, without the mark that some programs begin it with. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged(path, 'it is no text in UTF-8');
  }
}
