/**
 * Nothing is left out: every operation, every method made from one, and every kernel has its row; every row has its
 * value from PyTorch.
 */
import { describe, expect, test } from 'vitest';
import { ops } from '../../core';
import { cpu } from '../../core/kernels/cpu';
import type {
  ArgReduceName,
  BinaryName,
  CompareName,
  ReduceName,
  UnaryGradientName,
  UnaryName,
} from '../../core/kernels/kernels';
import { readReferences } from '../reference/reference';
import { callsOf, methodNames } from './calls';
import { operations, rows } from './table';

const calls = callsOf(rows);

/** Methods that are no operations: they read a tensor, or steer backward. Tested in test/core. */
const READING = ['data', 'item', 'array', 'dataSync', 'itemSync', 'arraySync', 'toString', 'checkSync', 'checkSingle'];
const STEERING = ['keep', 'become', 'backward', 'registerHook', 'retainGrad'];
const methods = methodNames.filter((name) => ![...READING, ...STEERING].includes(name));

/** Functions that go by another name as methods. */
const ALIASES: Record<string, string> = { variance: 'var', contiguous: 'toContiguous' };
const functions = Object.keys(ops).map((name) => ALIASES[name] ?? name);

/** Functions that share a kernel. Complete by their types: a new name that is missing here does not compile. */
// biome-ignore format: lists
const variants = {
  unary: {
    neg: 1, abs: 1, sign: 1, exp: 1, log: 1, sqrt: 1, rsqrt: 1, sin: 1, cos: 1, tanh: 1, erf: 1, sigmoid: 1, relu: 1,
    relu6: 1, leakyRelu: 1, elu: 1, gelu: 1, silu: 1, softplus: 1, floor: 1, round: 1, clamp: 1,
  } satisfies Record<UnaryName, 1>,
  unaryGradient: {
    tanh: 1, sigmoid: 1, relu: 1, relu6: 1, leakyRelu: 1, elu: 1, gelu: 1, silu: 1, softplus: 1,
  } satisfies Record<UnaryGradientName, 1>,
  binary: { add: 1, sub: 1, mul: 1, div: 1, pow: 1, maximum: 1, minimum: 1 } satisfies Record<BinaryName, 1>,
  compare: { eq: 1, ne: 1, lt: 1, le: 1, gt: 1, ge: 1 } satisfies Record<CompareName, 1>,
  reduce: { sum: 1, prod: 1, max: 1, min: 1 } satisfies Record<ReduceName, 1>,
  argReduce: { argmax: 1, argmin: 1 } satisfies Record<ArgReduceName, 1>,
};
const variantNames = Object.entries(variants).flatMap(([kernel, names]) =>
  Object.keys(names).map((name) => `${kernel} ${name}`),
);

describe('every operation has a row', () => {
  const names = operations.map((operation) => operation.name);
  test.each(functions)('the function %s', (name) => expect(names).toContain(name));
  test.each(methods)('the method %s, which it calls', (name) =>
    expect([...(calls.methods.get(name) ?? [])]).toContain(name),
  );
  test('that is named once', () => expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length));
});

describe('every kernel is called by some row', () => {
  test.each([...Object.keys(cpu), ...variantNames])('%s', (name) => expect(calls.kernels).toContain(name));
});

describe('every value from PyTorch', () => {
  const references = [...readReferences().keys()];
  test('belongs to a row', () => expect(references).toEqual(rows.map((row) => row.name)));
});
