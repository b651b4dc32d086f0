/** Every fast kernel beside the plain one, in single precision. */
import { expect, test } from 'vitest';
import { cpu } from '../../core/kernels/cpu';
import type { Kernels } from '../../core/kernels/kernels';
import { simd } from '../../core/kernels/simd';
import { difference, valuesOf } from '../operations/close';
import { cases } from './cases';

test('the fast kernels were built', () => expect(simd).not.toBeNull());

const fast = { ...cpu, ...simd } as Kernels;

for (const { name, kernel, run, tolerance = 1e-5 } of cases) {
  test(`${kernel}: ${name}`, () => {
    const [actual, expected] = [fast, cpu].map((kernels) => run(kernels).map(valuesOf));
    expect(difference(actual, expected, { relative: 0, absolute: tolerance })).toBeNull();
  });
}

test('every fast kernel has a case', () => {
  const tried = new Set(cases.map(({ kernel }) => kernel));
  expect(Object.keys(simd ?? {}).filter((name) => !tried.has(name as keyof Kernels))).toEqual([]);
});
