/**
 * Saving so that nothing can be lost: the bytes go into a draft beside the file, are synced to the disk, and the draft
 * takes the file's name in one move. Whoever kills the process or pulls the plug finds the old file or the new one.
 */
import { mkdir, open, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError } from './files';

let drafts = 0; // makes two saves of one file at the same time keep apart

/** Writes a file whole or not at all, making its folder if it is missing. */
export async function writeAtomically(path: string, content: string | Iterable<Uint8Array>): Promise<void> {
  try {
    const file = await realpath(path).catch(() => path); // a link stays one: the file behind it is replaced
    await mkdir(dirname(file), { recursive: true });
    await removeDraftsOfTheDead(file);
    const draft = `${file}.${process.pid}-${++drafts}.tmp`;
    try {
      await writeAndSync(draft, content);
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await syncFolder(dirname(file));
  } catch (error) {
    throw fileError('write', path, error);
  }
}

async function writeAndSync(draft: string, content: string | Iterable<Uint8Array>): Promise<void> {
  const handle = await open(draft, 'wx');
  try {
    await writeFile(handle, content);
    await handle.sync(); // or the new name could reach the disk before the bytes do
  } finally {
    await handle.close();
  }
}

/** The new name is an entry of the folder, and that too has to reach the disk. Windows cannot open folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** A killed save leaves its draft behind; the next one clears it away. */
async function removeDraftsOfTheDead(file: string): Promise<void> {
  const name = basename(file);
  for (const entry of await readdir(dirname(file))) {
    if (!entry.startsWith(`${name}.`)) continue;
    const draft = /^\.(\d+)-\d+\.tmp$/.exec(entry.slice(name.length));
    if (draft && !isAlive(Number(draft[1]))) await rm(join(dirname(file), entry), { force: true });
  }
}

/** Is there a process of this number? */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0); // signal 0 only asks
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // no such process
  }
}
