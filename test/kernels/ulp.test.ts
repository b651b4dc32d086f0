/**
 * How exact are the functions of assembly/math.ts? Half a million float32 numbers from all over the range, beside the
 * same function in double precision; the error in ulp, the distance of neighbouring numbers there. What is not finite
 * has to be equal. The bounds are those stated in the comments of math.ts.
 */
import { expect, test } from 'vitest';
import { type Tensor, tensor } from '../../core';
import { erf, normalCdf } from '../../core/kernels/erf';
import type { UnaryName } from '../../core/kernels/kernels';
import { simd } from '../../core/kernels/simd';
import { blank } from './case';

/** Steps between bit patterns: prime, so that all kinds of mantissas come up. */
const STRIDE = 8209;
const LARGEST = 3.4028234663852886e38;

interface Bound {
  name: UnaryName;
  f: (x: number) => number;
  ulp: number;
  /** Another bound below this x. */
  far?: [below: number, ulp: number];
}

const sigmoid = (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));

const bounds: Bound[] = [
  { name: 'exp', f: Math.exp, ulp: 1 },
  { name: 'log', f: Math.log, ulp: 1 },
  { name: 'sqrt', f: Math.sqrt, ulp: 0.5 },
  { name: 'rsqrt', f: (x) => 1 / Math.sqrt(x), ulp: 1.5 },
  { name: 'sin', f: Math.sin, ulp: 1.6 },
  { name: 'cos', f: Math.cos, ulp: 1.6 },
  { name: 'tanh', f: Math.tanh, ulp: 2.5 },
  { name: 'sigmoid', f: sigmoid, ulp: 2.3 },
  { name: 'silu', f: (x) => x * sigmoid(x), ulp: 2.7, far: [-87, 52] },
  { name: 'elu', f: (x) => (x < 0 ? Math.expm1(x) : x), ulp: 1.5 },
  { name: 'softplus', f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), ulp: 1.7 },
  { name: 'erf', f: erf, ulp: 1.2 },
  { name: 'gelu', f: (x) => x * normalCdf(x), ulp: 5, far: [-13, 9] },
];

function numbersOfAllSizes(): Float32Array {
  const bits = Uint32Array.from({ length: Math.floor(2 ** 32 / STRIDE) }, (_, i) => i * STRIDE);
  return new Float32Array(bits.buffer);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** How many ulp an approximation is off; what overflows or is no number has to be so on both sides. */
function error(approximation: number, exact: number): number {
  float[0] = Math.abs(exact);
  if (float[0] > LARGEST || Number.isNaN(exact)) {
    const near = Math.abs(approximation) >= LARGEST && approximation > 0 === exact > 0;
    return near || Object.is(approximation, exact) ? 0 : Infinity;
  }
  const ulp = 2 ** (Math.max(bits[0] >>> 23, 1) - 150);
  return Math.abs(approximation - exact) / ulp;
}

function unary(name: UnaryName, x: Tensor): Float32Array {
  const y = blank(x.shape);
  simd?.unary?.(name, x, y, 1);
  return y.dataSync() as Float32Array;
}

const numbers = numbersOfAllSizes();
const x = tensor(numbers);

for (const { name, f, ulp, far } of bounds) {
  test(`${name}: ${ulp} ulp${far ? `, ${far[1]} below ${far[0]}` : ''}`, () => {
    const y = unary(name, x);
    let beyond = '';
    for (let i = 0; i < numbers.length; i++) {
      const off = error(y[i], f(numbers[i]));
      if (!(off <= (far && numbers[i] < far[0] ? far[1] : ulp))) beyond = `${off} ulp at ${numbers[i]}: ${y[i]}`;
    }
    expect(beyond).toBe('');
  });
}

test('pow: 1.5 ulp', () => {
  const powers = Float32Array.from(numbers, (_, i) => ((i * 7919) % 20_011) / 100 - 100);
  const bases = numbers.map((_, i) => 2 ** (((i % 4001) - 2000) / (1 + (i % 97))));
  const y = blank([numbers.length]);
  simd?.binary?.('pow', tensor(bases), tensor(powers), y);
  const values = y.dataSync();
  let beyond = '';
  for (let i = 0; i < bases.length; i++) {
    const off = error(values[i], bases[i] ** powers[i]);
    if (!(off <= 1.5)) beyond = `${off} ulp at ${bases[i]} ** ${powers[i]}: ${values[i]}`;
  }
  expect(beyond).toBe('');
});
