/**
 * How strided data is walked. Neighbouring axes that every operand steps through alike are merged into one, and the
 * work is then done row by row along the last axis: a contiguous tensor of any rank is one single row, a bias added
 * to a batch is one row for each example.
 */
import type { Strided } from '../strided';

/** How to walk a shape: the merged axes, and each operand's step along them. */
interface Walk {
  extents: number[];
  strides: number[][];
}

/** Called with the offset of each operand's row, the length of a row, and each operand's step along it. */
type Visit = (offsets: number[], length: number, steps: number[]) => void;

export function forEachRow(shape: readonly number[], operands: readonly Strided[], visit: Visit): void {
  const strides = operands.map((operand) => operand.strides);
  const offsets = operands.map((operand) => operand.offset);
  walkRows(planWalk(shape, strides), offsets, visit);
}

/**
 * Axes of length 1 vanish; axis i joins i + 1 where stepping once on i is stepping through the whole of i + 1, for
 * every operand.
 */
export function planWalk(shape: readonly number[], operandStrides: readonly (readonly number[])[]): Walk {
  const extents: number[] = [];
  const strides: number[][] = operandStrides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const outer = extents.length - 1;
    const joins = outer >= 0 && operandStrides.every((steps, i) => strides[i][outer] === steps[axis] * shape[axis]);
    if (joins) extents[outer] *= shape[axis];
    else extents.push(shape[axis]);
    const into = joins ? outer : outer + 1;
    for (let i = 0; i < strides.length; i++) strides[i][into] = operandStrides[i][axis];
  }
  if (extents.length === 0) {
    extents.push(1);
    for (const steps of strides) steps.push(0);
  }
  return { extents, strides };
}

/** Visits every row, the offsets running like an odometer. `offsets` ends as it began. */
export function walkRows({ extents, strides }: Walk, offsets: number[], visit: Visit): void {
  if (extents.includes(0)) return;
  const last = extents.length - 1;
  const steps = strides.map((stride) => stride[last]);
  const place = new Array(last).fill(0); // where we stand on the outer axes
  for (;;) {
    visit(offsets, extents[last], steps);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      place[axis]++;
      for (let i = 0; i < offsets.length; i++) offsets[i] += strides[i][axis];
      if (place[axis] < extents[axis]) break;
      for (let i = 0; i < offsets.length; i++) offsets[i] -= strides[i][axis] * extents[axis];
      place[axis] = 0;
    }
    if (axis < 0) return;
  }
}
