/**
 * The files of the repository, as paths relative to its root: what the tools and the house tests go through.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path/posix';

const skipped = new Set(['node_modules', '.git', 'coverage', 'fixtures']);

export function listFiles(folder = '.'): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    });
}

/** The chapters' programs: files that end in a call of the runner. */
export const isScript = (file: string, text: string): boolean =>
  /^chapters\/\d\d-[^/]+\/[^/]+\.ts$/.test(file) && /^script\(/m.test(text);
