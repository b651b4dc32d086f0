/**
 * What is there already: a file is known by its sum. A folder made of an archive has a receipt, written when it was
 * unpacked, with the sum of the archive and one over all that was in it.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as eventsHeard } from 'node:timers/promises';
import { fileError } from '../../core/io/files';
import type { RemoteFile } from './catalogue';

export interface State {
  /** Unverified: a folder that something else than this command has put there. */
  is: 'missing' | 'verified' | 'unverified' | 'damaged';
  /** Of what is damaged. */
  why?: string;
}

export async function examine(file: RemoteFile, root: string, signal?: AbortSignal): Promise<State> {
  const path = join(root, file.unpack?.into ?? file.path);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw fileError('read', path, error);
  });
  if (found === null) return { is: 'missing' };
  if (file.unpack) return examineFolder(path, file.sha256, signal);
  if (found.size !== file.bytes) return { is: 'damaged', why: `it has ${found.size} bytes instead of ${file.bytes}` };
  const isRight = (await sha256(path, signal)) === file.sha256;
  return isRight ? { is: 'verified' } : { is: 'damaged', why: 'its bytes have changed (their sha256 differs)' };
}

const RECEIPT = '.unpacked.json';

async function examineFolder(folder: string, archive: string, signal?: AbortSignal): Promise<State> {
  const receipt = await readFile(join(folder, RECEIPT), 'utf8').catch(() => '');
  if (receipt === '') return { is: 'unverified' };
  const isRight = receipt === receiptOf(archive, await sumOfFolder(folder, signal));
  return isRight ? { is: 'verified' } : { is: 'damaged', why: 'it is not what was unpacked' };
}

export async function writeReceipt(folder: string, archive: string, signal?: AbortSignal): Promise<void> {
  await writeFile(join(folder, RECEIPT), receiptOf(archive, await sumOfFolder(folder, signal)));
}

const receiptOf = (archive: string, contents: string): string =>
  `${JSON.stringify({ about: 'how npm run datasets knows this folder again (sha256)', archive, contents }, null, 2)}\n`;

/** Over the names, sizes and bytes of all files below the folder, in the order of their names. */
async function sumOfFolder(folder: string, signal?: AbortSignal): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && entry.name !== RECEIPT)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const hash = createHash('sha256');
  for (const [i, name] of names.entries()) {
    if (i % 256 === 0) await eventsHeard(); // Ctrl-C, say
    signal?.throwIfAborted();
    const bytes = readFileSync(join(folder, name)); // of 50,000 files, many times faster than readFile
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

export async function sha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError('read', path, error);
  }
  return hash.digest('hex');
}
