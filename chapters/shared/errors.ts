/**
 * What a reader sees when a script fails: one line for what the reader can mend (a file, a folder, a shape that
 * does not fit), the whole stack for a bug in the code.
 */
import { basename } from 'node:path';

const bugs = [TypeError, ReferenceError, RangeError, SyntaxError];

const reasons: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space left on the disk',
  ENOTDIR: 'not a folder',
  EISDIR: 'is a folder, not a file',
  EEXIST: 'a file of that name is in the way',
};

export function explain(error: unknown, scriptFile: string): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code && path && reasons[code]) return `error: ${path}: ${reasons[code]}`;
  if (bugs.some((kind) => error instanceof kind)) return error.stack ?? error.message;
  return `error: ${error.message}${placeIn(scriptFile, error)}`;
}

/** The line of this file the error came through: a shape error deep in core/ is mended there. */
export function placeIn(file: string, error?: Error): string {
  const frames = (error?.stack ?? '').split('\n').filter((line) => !line.includes('Object.<anonymous>'));
  const frame = frames.find((line) => line.includes(`${file}:`));
  const line = frame?.slice(frame.indexOf(`${file}:`) + file.length + 1).split(':')[0];
  return line ? ` (${basename(file)}:${line})` : '';
}
