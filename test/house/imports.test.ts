/**
 * The plan of the house: imports run downward, no circles, and core/ can live in a browser.
 */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../tools/files';
import { findCircle, type Import, importsOf } from './imports';

/** Upper floors first; a file may import from its own floor's folder and from the floors below. */
const floors = [
  ['chapters'],
  ['datasets'],
  ['core/io'],
  ['core/index.ts'],
  ['gpu'],
  ['core/train'],
  ['core/optim', 'core/nn'],
  ['core/ops'],
  ['core/autograd'],
  ['core/tensor'],
  ['core/kernels'],
  ['core/memory'],
  ['core'], // what stands in no room: files for both platforms
];

const isInside = (folder: string) => (file: string) => file === folder || file.startsWith(`${folder}/`);
const room = (file: string) => floors.flat().find((folder) => isInside(folder)(file));
const floorOf = (file: string) => floors.findIndex((folders) => folders.some((folder) => isInside(folder)(file)));

/** Tools and tests stand outside the house: they may import anything, and nothing in the house imports them. */
function pointsDown({ from, to }: Import): boolean {
  if (floorOf(from) < 0 || from.endsWith('.test.ts') || isPackage(to)) return true;
  return room(from) === room(to) || floorOf(from) < floorOf(to);
}

/** What gpu/ may know: the list of kernels and the storage. */
const gpuMayKnow = ['gpu', 'core/kernels', 'core/memory', 'core/tensor/device.ts'];

const needsNode = (file: string) => isInside('core/io')(file) || file.endsWith('.node.ts');
const isPackage = (target: string) => !target.includes('.') && !target.startsWith('#');

const files = listFiles().filter((file) => file.endsWith('.ts'));
const imports = files.flatMap((file) => importsOf(file));
const values = imports.filter(({ typeOnly }) => !typeOnly);
const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('the reader of imports', () => {
  const read = (text: string) => importsOf('core/ops/math.ts', text).map(({ to, typeOnly }) => [to, typeOnly]);

  test('finds files, packages and platform files', () => {
    expect(
      read("import { a } from '../kernels/strided';\nexport * from '../tensor/tensor';\nimport './methods';"),
    ).toEqual([
      ['core/kernels/strided.ts', false],
      ['core/tensor/tensor.ts', false],
      ['core/ops/methods.ts', false],
    ]);
    expect(read("import fs from 'node:fs';\nconst a = await import('../../gpu');")).toEqual([['node:fs', false]]);
    expect(read("import { collectGarbage } from '#collector';")).toEqual([
      ['core/memory/collector.browser.ts', false],
      ['core/memory/collector.node.ts', false],
    ]);
  });

  test('knows what the compiler erases', () => {
    const erased = [
      "import type { A } from './a.ts'",
      "import { type A } from './a.ts'",
      "export type { A } from './a.ts'",
    ];
    for (const line of erased) expect(read(line)).toEqual([['core/ops/a.ts', true]]);
    const kept = ["import { type A, b } from './a.ts'", "import A from './a.ts'", "import * as A from './a.ts'"];
    for (const line of kept) expect(read(line)).toEqual([['core/ops/a.ts', false]]);
  });

  test('sees what points up', () => {
    const arrow = (from: string, to: string): Import => ({ from, to, typeOnly: false });
    expect(pointsDown(arrow('core/ops/math.ts', 'core/tensor/tensor.ts'))).toBe(true);
    expect(pointsDown(arrow('core/ops/math.ts', 'core/ops/launch.ts'))).toBe(true);
    expect(pointsDown(arrow('chapters/01-neuron/neuron.test.ts', 'tools/run.ts'))).toBe(true);
    expect(pointsDown(arrow('core/tensor/tensor.ts', 'core/ops/math.ts'))).toBe(false);
    expect(pointsDown(arrow('core/nn/linear.ts', 'core/optim/adam.ts'))).toBe(false);
    expect(pointsDown(arrow('core/nn/linear.ts', 'core/index.ts'))).toBe(false);
    expect(pointsDown(arrow('core/index.ts', 'core/io/charts/index.ts'))).toBe(false);
    expect(pointsDown(arrow('datasets/moons.ts', 'chapters/shared/script.ts'))).toBe(false);
    expect(pointsDown(arrow('chapters/01-neuron/neuron.ts', 'tools/run.ts'))).toBe(false);
  });

  test('finds circles', () => {
    const arrows = (...pairs: string[]): Import[] => pairs.map(([from, to]) => ({ from, to, typeOnly: false }));
    expect(findCircle(arrows('ab', 'bc', 'ac', 'cd'))).toBeUndefined();
    expect(findCircle(arrows('ab', 'bc', 'cd', 'db'))).toEqual(['b', 'c', 'd', 'b']);
  });
});

describe('the house', () => {
  test('every import of a file leads to a file', () => {
    expect(imports.filter(({ to }) => !isPackage(to) && !existsSync(to)).map(show)).toEqual([]);
  });

  test('imports run downward', () => {
    expect(values.filter((found) => !pointsDown(found)).map(show)).toEqual([]);
  });

  test('gpu knows the kernels and the storage only', () => {
    const known = values.filter(({ from, to }) => isInside('gpu')(from) && isInside('core')(to));
    expect(known.filter(({ to }) => !gpuMayKnow.some((part) => isInside(part)(to))).map(show)).toEqual([]);
  });

  test('core outside core/io and *.node.ts imports no package, Node’s own included', () => {
    const outside = imports.filter(({ from, to }) => isInside('core')(from) && !needsNode(from) && isPackage(to));
    expect(outside.map(show)).toEqual([]);
  });

  test('has no circles', () => {
    expect(findCircle(values)).toBeUndefined();
  });
});
