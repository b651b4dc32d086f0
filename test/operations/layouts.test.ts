/**
 * How inputs lie in memory makes no difference, forward or backward; nor is a byte of them changed.
 */
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../core';
import { elements } from '../../core/kernels/strided';
import { DOUBLE, difference, loosened, valuesOf } from './close';
import { evaluate, leaves } from './evaluate';
import { type Layout, layouts } from './layouts';
import { type Row, rows } from './table';

const asItIs: Layout = { name: 'contiguous', arrange: (x) => x };

/** One layout for all inputs; and mixtures, in which neighbours differ. */
const arrangements = [
  ...layouts.map(({ name, arrange }) => ({ name, arrange: () => arrange })),
  ...[0, 1].map((shift) => ({
    name: `of both kinds (${shift})`,
    arrange: (i: number) => [asItIs, ...layouts][(2 * i + shift) % (layouts.length + 1)].arrange,
  })),
];

describe('how inputs lie in memory makes no difference', () => {
  for (const row of rows) {
    test(row.name, () => {
      for (const { name, arrange } of arrangements) checkLayout(row, name, arrange);
    });
  }
});

function checkLayout({ inputs, run, looser }: Row, name: string, arrange: (input: number) => Layout['arrange']): void {
  const laidOut = leaves(inputs).map((x, i) => arrange(i)(x));
  const before = laidOut.map(bytesBehind);
  const plain = laidOut.map(densely);
  const actual = evaluate(run, laidOut, { weigh: arrange(0) });
  const expected = evaluate(run, plain, { weigh: (weights) => densely(arrange(0)(weights)) });
  const tolerance = loosened(DOUBLE, looser?.times);
  for (const part of ['outputs', 'gradients'] as const) {
    const found = difference(actual[part].map(valuesOf), expected[part].map(valuesOf), tolerance);
    expect(found, `${part}, inputs ${name}`).toBeNull();
  }
  expect(laidOut.map(bytesBehind), `the inputs themselves, ${name}`).toEqual(before);
}

/** Everything in the tensor's storage, also what the tensor does not show; and how often it was written to. */
const bytesBehind = (t: Tensor) => ({ values: elements(t).slice(), version: t.storage.version });

function densely(t: Tensor): Tensor {
  const copy = t.detach().clone();
  copy.requiresGrad = t.requiresGrad;
  return copy;
}
