/**
 * Shapes as lists of extents: sizes, strides, broadcasting, axes counted from either end, and how a shape is written
 * in a message.
 */
export type Shape = readonly number[];

export const sizeOf = (shape: Shape): number => {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
};

export const formatShape = (shape: Shape): string => `[${shape.join(',')}]`;

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Row-major: the last axis has stride 1, each axis before it steps over all that follows. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/**
 * Are these the strides of a contiguous tensor? An axis of length 1 is never stepped along, so its stride does not
 * matter.
 */
export function isContiguous(shape: Shape, strides: Shape): boolean {
  if (shape.includes(0)) return true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis];
  }
  return true;
}

/** Aligns the shapes at the right; an extent of 1 stretches to meet the other. */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const [m, n] = [a[a.length - i] ?? 1, b[b.length - i] ?? 1];
    if (m !== n && m !== 1 && n !== 1) {
      throw new Error(
        `${operation}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast: ` +
          `${m} against ${n} at axis -${i}; ` +
          'aligned at the right, extents must be equal or 1 (unsqueeze or reshape one side)',
      );
    }
    shape[rank - i] = m === 1 ? n : m;
  }
  return shape;
}

/** The strides of a tensor read as if it had the larger shape: 0 along every axis that is repeated. */
export function broadcastStrides(shape: Shape, strides: Shape, target: Shape): number[] {
  const missing = target.length - shape.length;
  return target.map((extent, axis) => {
    const own = axis - missing;
    return own < 0 || (shape[own] === 1 && extent !== 1) ? 0 : strides[own];
  });
}

/** An axis counted from the end when negative, as an index. */
export function axisOf(operation: string, axis: number, rank: number): number {
  const index = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || index < 0 || index >= rank) {
    const legal = rank === 0 ? 'a scalar has no axes' : `axes run from ${-rank} to ${rank - 1}`;
    throw new Error(`${operation}: there is no axis ${axis} in a tensor of rank ${rank}; ${legal}`);
  }
  return index;
}

/** A list of distinct axes, in ascending order; all of them when none is named. */
export function axesOf(operation: string, axes: number | readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = (typeof axes === 'number' ? [axes] : [...axes]).map((axis) => axisOf(operation, axis, rank));
  if (new Set(list).size < list.length)
    throw new Error(`${operation}: an axis is named twice in ${formatShape([...(axes as number[])])}`);
  return list.sort((a, b) => a - b);
}

/** Checks that this is a list of whole, non-negative extents. */
export function checkShape(operation: string, shape: Shape): void {
  if (!Array.isArray(shape)) throw new Error(`${operation}: a shape is a list such as [2, 3], not ${String(shape)}`);
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 0) {
      throw new Error(`${operation}: ${formatShape(shape)} is no shape: extents are whole numbers from 0 up`);
    }
  }
}
