/**
 * `npm run reference`: asks PyTorch for the values and gradients of all rows and writes them to values.jsonl.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rows } from '../operations/table';
import { FILE, keyOf, withWords } from './reference';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3'; // Debian's own, which has Debian's PyTorch

const input = rows
  .map((row) => withWords({ name: row.name, key: keyOf(row), inputs: row.inputs, torch: row.torch }))
  .join('\n');
const { stdout, stderr, error } = spawnSync(PYTHON, ['-W', 'ignore', join(__dirname, 'make.py')], {
  input,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});

const made = stdout ? stdout.trimEnd().split('\n').length : 0;
if (made > 0) {
  writeFileSync(FILE, stdout);
  console.log(
    `${made} of ${rows.length} rows written to ${relative('', FILE)} (${Math.round(stdout.length / 1024)} KiB)`,
  );
}
if (made < rows.length) {
  console.error(stderr?.trim() || `${PYTHON}: ${error?.message}`);
  process.exitCode = 1;
}
