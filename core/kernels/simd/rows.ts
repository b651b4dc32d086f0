/** Tells the assembly how operands with any strides are walked (assembly/rows.ts). */
import type { Strided } from '../strided';
import { wasm } from './host';

/** Tensors of more axes are left to the plain kernels. */
export const MOST_AXES = 16;

/** Do the elements lie side by side, in the order of the shape? */
export function isContiguous({ shape, strides }: Strided): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (strides[axis] !== step && shape[axis] !== 1) return false;
    step *= shape[axis];
  }
  return true;
}

/** Describes walk 0 or 1 over the axes from `first` to before `end` of up to three operands. */
export function describeWalk(which: number, first: number, end: number, x: Strided, y = x, z = y): void {
  wasm.startWalk(which);
  for (let axis = first; axis < end; axis++) {
    wasm.addAxis(which, x.shape[axis], 4 * x.strides[axis], 4 * y.strides[axis], 4 * z.strides[axis]);
  }
}
