/**
 * The values that PyTorch gave for the rows of the table: reading and writing them. A row's key is made of its inputs
 * and its expression, so that a value can be told from one that was made for another version of the row.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Values } from '../operations/close';
import type { Row } from '../operations/row';

export const FILE = join(__dirname, 'values.jsonl');

export interface Reference {
  name: string;
  key: string;
  outputs: Values[];
  gradients: (Values | null)[];
}

export const keyOf = ({ inputs, torch }: Row): string =>
  createHash('sha1').update(withWords({ inputs, torch })).digest('hex').slice(0, 10);

/** JSON in which NaN and the infinities are words. */
export const withWords = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item));

export function readReferences(): Map<string, Reference> {
  const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return new Map(lines.map((line) => parse(line)).map((reference) => [reference.name, reference]));
}

const words = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

const parse = (line: string): Reference => {
  const reference = JSON.parse(line) as Reference;
  for (const tensor of [...reference.outputs, ...reference.gradients]) {
    if (tensor) tensor.values = Array.from(tensor.values, (value) => words.get(String(value)) ?? value);
  }
  return reference;
};
