/**
 * What the data sets share: what they return, how they count, and where real files are looked for.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '../core';

export interface Labelled {
  /** One example after the other along axis 0. */
  x: Tensor;
  /** The class of each, from 0 up: int32 [N]. */
  y: Tensor;
  /** Which data this is, in one line. */
  source: string;
}

export function checkCount(caller: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new Error(`${caller}: count is a whole number from 1 up, not ${count}`);
}

/** Classes 0, 1, … in turns. */
export const inTurns = (count: number, classes: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => i % classes);

/** A file or folder below the one that the environment variable DATASETS_DIR names; null when it is not there. */
export function findReal(path: string): string | null {
  const folder = process.env.DATASETS_DIR;
  if (!folder) return null;
  const full = join(folder, path);
  return existsSync(full) ? full : null;
}

/** Why a real data set is not here, and how to get it. */
export function notThere(name: string): Error {
  const place = process.env.DATASETS_DIR;
  const found = place ? `there is no folder ${name} in ${place}` : 'DATASETS_DIR is not set';
  return new Error(`${name}: ${found}; npm run datasets -- get ${name} fetches it`);
}
