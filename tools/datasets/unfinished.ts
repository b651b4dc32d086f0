/**
 * What is not finished yet lies in the folder of the data sets, hidden from their loaders, under a name that ends with
 * the number of the process that makes it. So two runs cannot get into each other's way, and what a run left behind
 * is taken over by moving it, which only one of them can do.
 */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../../core/io/atomic';

/** This process's unfinished form of a file or folder below the root. */
export const unfinished = (root: string, path: string): string => join(root, `${beginning(path)}${process.pid}.part`);

const beginning = (path: string): string => `.${path.replaceAll('/', '-')}.`;

/** The longest beginning of a file that any ended run has left becomes this process's own. */
export async function takeOver(root: string, path: string): Promise<void> {
  const own = unfinished(root, path);
  for (const found of await leftBehind(root, path)) {
    if ((await sizeOf(found)) <= (await sizeOf(own))) await rm(found, { force: true });
    else await rename(found, own).catch(unlessGone);
  }
}

export async function clearAway(root: string, path: string): Promise<void> {
  for (const found of [...(await leftBehind(root, path)), unfinished(root, path)])
    await rm(found, { recursive: true, force: true });
}

/** 0 where there is no such file. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(unlessGone))?.size ?? 0;
}

async function leftBehind(root: string, path: string): Promise<string[]> {
  const start = beginning(path);
  const names = await readdir(root);
  return names
    .filter((name) => {
      const process = /^(\d+)\.part$/.exec(name.startsWith(start) ? name.slice(start.length) : '');
      return process !== null && !isAlive(Number(process[1]));
    })
    .map((name) => join(root, name));
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error; // another process took it over
}
