/**
 * Every set of kernels against the reference in double precision, forward and backward: those for single precision on
 * the CPU, and those on a GPU.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../core';
import { describeGpu } from '../support/gpu';
import { difference, loosened, SINGLE, type Values, valuesFrom, valuesOf } from './close';
import { evaluate, leaves } from './evaluate';
import { operations, type Row, rows } from './table';

describe('float32 on the CPU agrees with float64', () => {
  testAgreement(rows, (t) => t);
});

describeGpu('float32 on a GPU agrees with float64', () => {
  const moved = rows.filter(({ noGpu }) => noGpu === undefined);
  testAgreement(moved, (t) => t.to('gpu'));
});

/** `place` brings a single-precision tensor to where its kernels are. */
function testAgreement(rows: readonly Row[], place: (t: Tensor) => Tensor | Promise<Tensor>): void {
  for (const { name, inputs, run, looser } of rows) {
    test(name, async () => {
      const double = evaluate(run, leaves(inputs));
      const single = evaluate(run, await Promise.all(leaves(inputs, 'float32').map(place)));
      const tolerance = loosened(SINGLE, looser?.times);
      for (const part of ['outputs', 'gradients'] as const) {
        const actual = await Promise.all(single[part].map(read));
        expect(difference(actual, double[part].map(valuesOf), tolerance), part).toBeNull();
      }
    });
  }
}

const read = async (t: Tensor | null): Promise<Values | null> => t && valuesFrom(t, await t.data());

test('gpu/README.md names the operations of the rows that a GPU need not agree with, by reason', () => {
  const differing = new Map<string, string[]>();
  for (const { name, rows } of operations) {
    for (const reason of new Set(rows.map(({ noGpu }) => noGpu))) {
      if (reason !== undefined) differing.set(reason, [...(differing.get(reason) ?? []), name]);
    }
  }
  const page = readFileSync('gpu/README.md', 'utf8');
  const section = page.slice(page.indexOf('## What differs from the CPU'));
  for (const [reason, names] of differing) {
    const line = section.split('\n').find((line) => line.startsWith('|') && line.includes(` ${reason} |`));
    expect([...(line ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name).sort(), reason).toEqual(names.sort());
  }
});
