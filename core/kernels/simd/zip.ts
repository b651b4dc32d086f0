/** Two values in, one out, with broadcasting: arithmetic, comparisons, and `where`. */
import * as plain from '../cpu/zip';
import type { BinaryName, CompareName } from '../kernels';
import type { Strided } from '../strided';
import { address, count, wasm } from './host';
import { describeWalk, isContiguous, MOST_AXES } from './rows';

/** As in assembly/zip.ts. */
const NUMBERS: Record<BinaryName | CompareName, number> = {
  ...{ add: 0, sub: 1, mul: 2, div: 3, pow: 4, maximum: 5, minimum: 6 },
  ...{ eq: 7, ne: 8, lt: 9, le: 10, gt: 11, ge: 12 },
};

export function binary(name: BinaryName | CompareName, a: Strided, b: Strided, y: Strided): void {
  const rank = y.shape.length;
  if (isContiguous(a) && isContiguous(b)) {
    wasm.binary(NUMBERS[name], address(a), address(b), address(y), count(y.shape));
  } else if (rank > MOST_AXES) plain.binary(name, a, b, y);
  else {
    describeWalk(0, 0, rank, a, b);
    wasm.stridedBinary(NUMBERS[name], address(a), address(b), address(y));
  }
}

export const compare = binary;

export function where(condition: Strided, a: Strided, b: Strided, y: Strided): void {
  const rank = y.shape.length;
  if (rank > MOST_AXES) {
    plain.where(condition, a, b, y);
    return;
  }
  describeWalk(0, 0, rank, condition, a, b);
  wasm.where(address(condition), address(a), address(b), address(y));
}
