/** Many values in, one out: sums and extremes over any axes, the place of an extreme, running sums. */
import * as plain from '../cpu/reduce';
import type { ArgReduceName, ReduceName } from '../kernels';
import type { Strided } from '../strided';
import { address, wasm } from './host';
import { describeWalk, MOST_AXES } from './rows';

/** As in assembly/reduce.ts. */
const NUMBERS: Record<ReduceName, number> = { sum: 0, prod: 1, max: 2, min: 3 };
const PLACES: Record<ArgReduceName, number> = { argmax: 0, argmin: 1 };

export function reduce(name: ReduceName, x: Strided, y: Strided, kept: number): void {
  const rank = x.shape.length;
  if (rank > MOST_AXES) {
    plain.reduce(name, x, y, kept);
    return;
  }
  describeWalk(0, 0, kept, x);
  describeWalk(1, kept, rank, x);
  wasm.reduce(NUMBERS[name], address(x), address(y));
}

export function argReduce(name: ArgReduceName, x: Strided, y: Strided): void {
  wasm.argReduce(PLACES[name], address(x), address(y), x.shape[0], x.shape[1]);
}

export function cumsum(x: Strided, y: Strided): void {
  wasm.cumsum(address(x), address(y), x.shape[0], x.shape[1]);
}
