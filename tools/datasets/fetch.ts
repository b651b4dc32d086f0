/**
 * A data set as a whole: what is missing or damaged is fetched, and put into its place when all of it has come, so that
 * a loader never meets half a set.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from '../../core/io/files';
import type { DataSet, RemoteFile, Unpacking } from './catalogue';
import { download, type Fetching } from './download';
import { examine } from './examine';
import { sizeText } from './meter';
import { unpack } from './unpack';

/** Returns a line for each file: what was found or done. */
export async function fetchSet(set: DataSet, root: string, fetching: Fetching): Promise<string[]> {
  const lines: string[] = [];
  const fetched: { file: RemoteFile; part: string }[] = [];
  for (const file of set.files) {
    const place = file.unpack?.into ?? file.path;
    const { is, why } = await examine(file, root, fetching.signal);
    if (is === 'damaged') fetching.note(`${place}: ${why}; fetching it again`);
    if (is === 'verified') lines.push(`${place}: there already, verified`);
    else if (is === 'unverified') {
      lines.push(
        `${place}: there already, but not from this command, so it cannot be verified; move it away to fetch it`,
      );
    } else {
      fetched.push({ file, part: await download(file, root, fetching) });
      lines.push(`${place}: fetched ${sizeText(file.bytes)}, verified`);
    }
  }
  for (const { file, part } of fetched) {
    if (isArchive(file)) {
      await unpack(part, file, root, fetching.signal);
      await rm(part, { force: true });
    } else await moveIntoPlace(part, join(root, file.path));
  }
  return lines;
}

const isArchive = (file: RemoteFile): file is RemoteFile & { unpack: Unpacking } => file.unpack !== undefined;

async function moveIntoPlace(part: string, path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await rename(part, path);
  } catch (error) {
    throw fileError('write', path, error);
  }
}
