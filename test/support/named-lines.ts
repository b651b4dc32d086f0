/**
 * Fixtures of one JSON line for each case: [name, value].
 */
import { readFileSync } from 'node:fs';

export function readNamedLines<T>(file: string): T {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, unknown])) as T;
}
