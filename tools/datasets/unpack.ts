/** An archive becomes a folder: unpacked beside it, in full, before it takes the folder's name. */
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { damaged, fileError } from '../../core/io/files';
import type { RemoteFile, Unpacking } from './catalogue';
import { examine, writeReceipt } from './examine';
import { meter } from './meter';
import { readTar } from './tar';
import { clearAway, unfinished } from './unfinished';

export async function unpack(
  archive: string,
  file: RemoteFile & { unpack: Unpacking },
  root: string,
  signal: AbortSignal,
): Promise<void> {
  const { into } = file.unpack;
  const [draft, folder] = [unfinished(root, into), join(root, into)];
  await clearAway(root, into);
  try {
    await unpackInto(draft, archive, file, signal);
    await writeReceipt(draft, file.sha256, signal);
    if ((await examine(file, root, signal)).is === 'verified') return; // another run was faster
    await mkdir(dirname(folder), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Error && 'code' in error ? fileError('write', folder, error) : error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function unpackInto(
  draft: string,
  archive: string,
  { bytes, unpack: { into, leaveOut = [] } }: RemoteFile & { unpack: Unpacking },
  signal: AbortSignal,
): Promise<void> {
  const top = `${basename(into)}/`;
  const packed = createReadStream(archive);
  const progress = meter(`unpacking ${basename(into)}`, bytes);
  const folders = new Set<string>();
  try {
    await pipeline(
      packed,
      createGunzip(),
      async (chunks) => {
        for await (const member of membersOf(archive, chunks)) {
          progress.show(packed.bytesRead);
          if (!member.name.startsWith(top)) throw damaged(archive, `"${member.name}" in it is not inside ${top}`);
          const name = member.name.slice(top.length);
          if (leaveOut.some((start) => name.startsWith(start))) continue;
          const folder = dirname(join(draft, name));
          if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
          folders.add(folder);
          writeFileSync(join(draft, name), member.bytes, { flag: 'wx' }); // of 50,000 files, many times faster
        }
      },
      { signal },
    );
  } finally {
    progress.done();
  }
}

/** What goes wrong in reading the archive is told with its name. */
async function* membersOf(archive: string, chunks: AsyncIterable<Uint8Array>): ReturnType<typeof readTar> {
  try {
    yield* readTar(chunks);
  } catch (error) {
    throw damaged(archive, error instanceof Error ? error.message : String(error));
  }
}
