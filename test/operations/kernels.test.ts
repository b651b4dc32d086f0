/**
 * Every set of kernels against the reference in double precision, forward and backward. Another set, or another device,
 * is one more line in `readings`.
 */
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../core';
import { difference, loosened, SINGLE, type Values, valuesFrom, valuesOf } from './close';
import { evaluate, leaves } from './evaluate';
import { rows } from './table';

interface Reading {
  name: string;
  /** Brings a single-precision tensor to where its kernels are. */
  place(t: Tensor): Tensor | Promise<Tensor>;
}

const readings: Reading[] = [{ name: 'float32 on the CPU', place: (t) => t }];

const read = async (t: Tensor | null): Promise<Values | null> => t && valuesFrom(t, await t.data());

describe.each(readings)('$name agrees with float64', ({ place }) => {
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
});
