/**
 * One value in, one value out: fill, copy and the unary functions. Each function has its own loop, one line long,
 * because a loop that is handed its operator runs six times slower once it has met a few of them.
 */
import { erf, normalCdf, normalDensity } from '../erf';
import type { UnaryGradientName, UnaryName } from '../kernels';
import { contiguousElements, elements, type Strided, type TypedArray } from '../strided';
import { forEachRow } from './rows';

/** y[j…] = f(x[i], x[i + s], …) for n elements; y is contiguous from j on. */
type UnaryRow = (
  x: TypedArray,
  i: number,
  s: number,
  y: TypedArray,
  j: number,
  n: number,
  p: number,
  q: number,
) => void;

// biome-ignore format: a table, one line for each function
const loops: Record<UnaryName, UnaryRow> = {
  neg: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = -x[i]; },
  abs: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.abs(x[i]); },
  sign: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.sign(x[i]); },
  exp: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.exp(x[i]); },
  log: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.log(x[i]); },
  sqrt: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.sqrt(x[i]); },
  rsqrt: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = 1 / Math.sqrt(x[i]); },
  sin: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.sin(x[i]); },
  cos: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.cos(x[i]); },
  tanh: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.tanh(x[i]); },
  erf: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = erf(x[i]); },
  sigmoid: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = 1 / (1 + Math.exp(-x[i])); },
  relu: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = x[i] < 0 ? 0 : x[i]; },
  relu6: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.min(Math.max(x[i], 0), 6); },
  leakyRelu: (x, i, s, y, j, n, p) => { for (; n > 0; n--, i += s) y[j++] = x[i] < 0 ? p * x[i] : x[i]; },
  elu: (x, i, s, y, j, n, p) => { for (; n > 0; n--, i += s) y[j++] = x[i] < 0 ? p * Math.expm1(x[i]) : x[i]; },
  gelu: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = x[i] * normalCdf(x[i]); },
  silu: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = x[i] / (1 + Math.exp(-x[i])); },
  // log(1 + eˣ) without overflow: for large x it is x
  softplus: (x, i, s, y, j, n) => {
    for (; n > 0; n--, i += s) y[j++] = Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i])));
  },
  floor: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = Math.floor(x[i]); },
  round: (x, i, s, y, j, n) => { for (; n > 0; n--, i += s) y[j++] = roundHalfToEven(x[i]); },
  clamp: (x, i, s, y, j, n, p, q) => {
    for (; n > 0; n--, i += s) y[j++] = Math.min(Math.max(x[i], p), q);
  },
};

function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** gx[i] = g[i] · f′ for n elements, with f′ computed from v[i]. */
type GradientRow = (g: TypedArray, v: TypedArray, gx: TypedArray, n: number, p: number) => void;

// biome-ignore format: a table, one line for each function
const gradientLoops: Record<UnaryGradientName, GradientRow> = {
  tanh: (g, y, gx, n) => { for (let i = 0; i < n; i++) gx[i] = g[i] * (1 - y[i] * y[i]); },
  sigmoid: (g, y, gx, n) => { for (let i = 0; i < n; i++) gx[i] = g[i] * y[i] * (1 - y[i]); },
  relu: (g, y, gx, n) => { for (let i = 0; i < n; i++) gx[i] = y[i] > 0 ? g[i] : 0; },
  relu6: (g, y, gx, n) => { for (let i = 0; i < n; i++) gx[i] = y[i] > 0 && y[i] < 6 ? g[i] : 0; },
  leakyRelu: (g, x, gx, n, p) => { for (let i = 0; i < n; i++) gx[i] = x[i] > 0 ? g[i] : p * g[i]; },
  elu: (g, x, gx, n, p) => { for (let i = 0; i < n; i++) gx[i] = x[i] > 0 ? g[i] : p * Math.exp(x[i]) * g[i]; },
  gelu: (g, x, gx, n) => { for (let i = 0; i < n; i++) gx[i] = g[i] * (normalCdf(x[i]) + x[i] * normalDensity(x[i])); },
  silu: (g, x, gx, n) => {
    for (let i = 0; i < n; i++) {
      const s = 1 / (1 + Math.exp(-x[i]));
      gx[i] = g[i] * s * (1 + x[i] * (1 - s));
    }
  },
  softplus: (g, x, gx, n) => { for (let i = 0; i < n; i++) gx[i] = g[i] / (1 + Math.exp(-x[i])); },
};

export function unaryGradient(name: UnaryGradientName, g: Strided, v: Strided, gx: Strided, p = 0): void {
  const [gOut, value, gIn] = [contiguousElements(g), contiguousElements(v), contiguousElements(gx)];
  gradientLoops[name](gOut, value, gIn, gIn.length, p);
}

export function unary(name: UnaryName, x: Strided, y: Strided, p = 0, q = 0): void {
  const [from, to] = [elements(x), elements(y)];
  const loop = loops[name];
  forEachRow(y.shape, [x, y], ([i, j], n, [s]) => loop(from, i, s, to, j, n, p, q));
}

export function fill(y: Strided, value: number): void {
  elements(y).fill(value, y.offset, y.offset + y.shape.reduce((n, extent) => n * extent, 1));
}

export function copy(x: Strided, y: Strided): void {
  const [from, to] = [elements(x), elements(y)];
  forEachRow(y.shape, [x, y], ([i, j], n, [s, t]) => {
    if (s === 1 && t === 1) to.set(from.subarray(i, i + n), j);
    else for (let k = 0; k < n; k++) to[j + k * t] = from[i + k * s];
  });
}
