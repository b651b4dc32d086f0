/**
 * Nothing is forgotten: an operation's inputs and outputs may be given back as soon as it has run, apart from what it
 * has saved for backward; and then backward must still work. And nothing is left behind: when all is over, so is the
 * memory.
 */
import { describe, expect, test } from 'vitest';
import { memory, type Tensor } from '../../core';
import { Scope, type Storage } from '../../core/memory/lifetimes';
import { DOUBLE, difference, loosened, type Values, valuesOf } from './close';
import { evaluate, gradientsOf, leaves, outputsOf, weightsFor } from './evaluate';
import { optimizers } from './optimizers';
import { differentiable, type Row, rows } from './table';

describe('backward finds everything it needs', () => {
  for (const row of differentiable) {
    test(row.name, () => {
      const expected = evaluate(row.run, leaves(row.inputs)).gradients.map(valuesOf);
      const actual = gradientsAfterGivingBack(row);
      expect(difference(actual, expected, loosened(DOUBLE, row.looser?.times))).toBeNull();
    });
  }
});

/**
 * Inputs and outputs are in the middle of a computation here, so nobody but the operation itself can have saved them.
 */
function gradientsAfterGivingBack({ inputs, run }: Row): (Values | null)[] {
  const own = leaves(inputs.map((input) => ({ ...input, values: input.values.map((x) => -x) })));
  const outside = new Set<Storage>(own.map((t) => t.storage));
  const scope = new Scope();
  let ends: Tensor[];
  let weights: Tensor[];
  try {
    const outputs = outputsOf(run, negated(own));
    ends = negated(outputs);
    weights = weightsFor(outputs);
    for (const t of [...ends, ...weights]) outside.add(t.storage);
  } finally {
    scope.close(outside, true);
  }
  return gradientsOf(ends, own, weights).map(valuesOf);
}

const negated = (tensors: readonly Tensor[]): Tensor[] => tensors.map((t) => t.neg());

/** What these make is meant to stay: a tensor that is the reader's own, and the state of an optimiser. */
const KEEPERS = ['detach', ...optimizers.map((operation) => operation.name)];

describe('nothing is left in memory', () => {
  for (const row of rows) {
    if (KEEPERS.includes(row.operation)) continue;
    test(row.name, () => {
      leftBy(row); // the first time constants are made, which stay
      expect(leftBy(row)).toBe(0);
    });
  }
});

/** How many storages are still there after forward and backward, apart from the gradients, when all else may go. */
function leftBy({ inputs, run }: Row): number {
  const before = memory().cpu.tensors;
  const scope = new Scope();
  let gradients: (Tensor | null)[] = [];
  try {
    ({ gradients } = evaluate(run, leaves(inputs)));
  } finally {
    scope.close(null, true);
  }
  const own = new Set(gradients.filter((g) => g && !g.storage.released).map((g) => g?.storage));
  return memory().cpu.tensors - before - own.size;
}
