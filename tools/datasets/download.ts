/**
 * A file from its mirrors: the first that sends the right bytes. What has come is kept through every failure, and goes
 * on from there; only bytes whose sum is wrong are thrown away.
 */
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileError } from '../../core/io/files';
import type { RemoteFile } from './catalogue';
import { sha256 } from './examine';
import { meter, sizeText } from './meter';
import { ask, Trouble } from './request';
import { sizeOf, takeOver, unfinished } from './unfinished';

export interface Fetching {
  signal: AbortSignal;
  /** A line for the reader: what went wrong on the way, and what is done about it. */
  note(line: string): void;
  patience: Patience;
}

export interface Patience {
  /** How often a mirror may fail in passing before the next one is asked. */
  attempts: number;
  /** Milliseconds until the second attempt; each further pause is twice as long. */
  pause: number;
  /** Milliseconds without a single byte that count as a failure. */
  silence: number;
}

/** Returns where the verified bytes lie, for the caller to move into their place. */
export async function download(file: RemoteFile, root: string, fetching: Fetching): Promise<string> {
  const part = unfinished(root, file.path);
  await mkdir(root, { recursive: true }).catch((error) => {
    throw fileError('write', root, error);
  });
  await takeOver(root, file.path);
  const failures: string[] = [];
  for (const address of file.mirrors) {
    const failure = await fromMirror(address, file, part, fetching);
    if (failure === null) return part;
    failures.push(failure);
    if (failures.length < file.mirrors.length) fetching.note(`${failure}; asking the next mirror`);
  }
  const came = await sizeOf(part);
  const kept = came > 0 ? `; ${sizeText(came)} are kept, and the same command goes on from there` : '';
  throw new Error(`cannot fetch ${file.path}: ${failures.join('; ')}${kept}; to do it by hand, ${byHand(file, root)}`);
}

const byHand = ({ path, mirrors, unpack }: RemoteFile, root: string): string =>
  unpack ? `unpack ${mirrors[0]} in ${join(root, dirname(unpack.into))}` : `put ${mirrors[0]} at ${join(root, path)}`;

const PROGRESS = 2 ** 20; // bytes: a mirror that breaks off after so many has not failed, it is only slow

/** Null when the part is whole and right; else why this mirror was given up. */
async function fromMirror(address: string, file: RemoteFile, part: string, fetching: Fetching): Promise<string | null> {
  const { signal, note, patience } = fetching;
  const { host } = new URL(address);
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part);
    try {
      await fetchRest(address, file, part, fetching);
      return null;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Trouble)) throw error;
      if ((await sizeOf(part)) - before >= PROGRESS) attempt = 1;
      const failure = `${host}: ${error.message}`;
      if (error.lasting || attempt === patience.attempts) return failure;
      const pause = patience.pause * 2 ** (attempt - 1);
      note(`${failure}; again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal });
    }
  }
}

/** What the part lacks. Its beginning may be another mirror's: only what came from byte 0 on tells about this one. */
async function fetchRest(address: string, file: RemoteFile, part: string, fetching: Fetching): Promise<void> {
  const start = await append(address, file, part, fetching);
  if ((await sha256(part, fetching.signal)) === file.sha256) return;
  await rm(part);
  if (start === 0) throw new Trouble('its bytes are not those of the file (their sha256 differs)', true);
  fetching.note(`${file.path}: what an earlier attempt left was not its beginning; fetching all of it anew`);
  await fetchRest(address, file, part, fetching);
}

/** Returns from which byte on they came now: from the file's end when all of them were there before. */
async function append(address: string, file: RemoteFile, part: string, fetching: Fetching): Promise<number> {
  const { signal, patience } = fetching;
  const there = await sizeOf(part);
  if (there === file.bytes) return there;
  const question = { address, start: there < file.bytes ? there : 0, bytes: file.bytes };
  const { start, chunks } = await ask(question, { silence: patience.silence, signal });
  const progress = meter(basename(file.path), file.bytes, start);
  let position = start;
  try {
    await write(part, start > 0 ? 'a' : 'w', chunks, (length) => {
      position += length;
      if (position > file.bytes) throw new Trouble(`it sends more than the ${file.bytes} bytes of the file`, true);
      progress.show(position);
    });
  } finally {
    progress.done();
  }
  if (position < file.bytes) throw new Trouble(`it ended after ${position} of ${file.bytes} bytes`);
  return start;
}

/** `count` hears the length of each chunk before it is written. */
async function write(
  part: string,
  flag: 'a' | 'w',
  chunks: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): Promise<void> {
  const handle = await open(part, flag).catch((error) => {
    throw fileError('write', part, error);
  });
  try {
    for await (const chunk of chunks) {
      count(chunk.length);
      await handle.writeFile(chunk).catch((error) => {
        throw fileError('write', part, error);
      });
    }
    await handle.sync(); // or the file's name could reach the disk before its bytes do
  } finally {
    await handle.close();
  }
}
