/** One value in, one value out: fill, copy and the unary functions. */
import * as plain from '../cpu/map';
import type { UnaryGradientName, UnaryName } from '../kernels';
import type { Strided } from '../strided';
import { address, count, wasm } from './host';
import { describeWalk, isContiguous, MOST_AXES } from './rows';

/** As in assembly/map.ts. */
const NUMBERS: Record<UnaryName, number> = {
  ...{ neg: 0, abs: 1, sign: 2, sqrt: 3, rsqrt: 4, relu: 5, relu6: 6, leakyRelu: 7, floor: 8, round: 9, clamp: 10 },
  ...{ exp: 11, log: 12, sin: 13, cos: 14, tanh: 15, erf: 16, sigmoid: 17, elu: 18, gelu: 19, silu: 20, softplus: 21 },
};

export function fill(y: Strided, value: number): void {
  wasm.fill(address(y), count(y.shape), value);
}

/** Different types are converted by the plain kernel. */
export function copy(x: Strided, y: Strided): void {
  const same = x.dtype === y.dtype && x.dtype !== 'float64';
  if (!same || x.shape.length > MOST_AXES) {
    plain.copy(x, y);
    return;
  }
  if (count(y.shape) === 0) return;
  describeWalk(0, 0, x.shape.length, x, y);
  wasm.copy(address(x), address(y));
}

export function unary(name: UnaryName, x: Strided, y: Strided, p = 0, q = 0): void {
  const rank = x.shape.length;
  if (isContiguous(x)) wasm.unary(NUMBERS[name], address(x), address(y), count(y.shape), p, q);
  else if (rank > MOST_AXES) plain.unary(name, x, y, p, q);
  else {
    describeWalk(0, 0, rank, x);
    wasm.stridedUnary(NUMBERS[name], address(x), address(y), p, q);
  }
}

export function unaryGradient(name: UnaryGradientName, g: Strided, v: Strided, gx: Strided, p = 0): void {
  wasm.unaryGradient(NUMBERS[name], address(g), address(v), address(gx), count(gx.shape), p);
}
