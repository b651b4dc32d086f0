/**
 * The same numbers in another arrangement. Most of these are views: they share the bytes of their input and only walk
 * them differently.
 */
import { record } from '../autograd/graph';
import { kernelsFor } from '../kernels/select';
import { full } from '../tensor/create';
import { axesOf, axisOf, broadcastStrides, checkShape, formatShape, type Shape, sizeOf } from '../tensor/shape';
import { densely, empty, type Tensor, viewOf } from '../tensor/tensor';
import { checkDevices, checkTensor, commonType, permuted, reshaped } from './launch';

/**
 * The same values in the same order under another shape; one extent may be −1 and is worked out. A view where the
 * input is contiguous.
 * ∂x = g, reshaped back
 */
export function reshape(x: Tensor, ...extents: number[]): Tensor {
  checkTensor('reshape', x);
  const shape = workOut(x, extents);
  return record('reshape', reshaped(densely(x), shape), [x], {
    gradients: [(g) => g.reshape(...x.shape)],
  });
}

function workOut(x: Tensor, extents: number[]): number[] {
  const open = extents.indexOf(-1);
  const known = extents.filter((extent) => extent !== -1);
  checkShape('reshape', known);
  const size = sizeOf(known);
  const shape = extents.map((extent, i) => (i === open ? x.size / size : extent));
  if (extents.length - known.length > 1)
    throw new Error(`reshape: only one extent may be -1 in ${formatShape(extents)}`);
  if (sizeOf(shape) !== x.size || (open >= 0 && !Number.isInteger(shape[open]))) {
    throw new Error(`reshape: ${x.size} values of shape ${formatShape(x.shape)} do not fill ${formatShape(extents)}`);
  }
  return shape;
}

/** All axes from `start` to `end` (both included) in one. */
export function flatten(x: Tensor, start = 0, end = -1): Tensor {
  checkTensor('flatten', x);
  if (x.rank === 0) return x.reshape(1);
  const [first, last] = [axisOf('flatten', start, x.rank), axisOf('flatten', end, x.rank)];
  if (first > last) throw new Error(`flatten: axis ${start} comes after axis ${end}`);
  return x.reshape(...x.shape.slice(0, first), sizeOf(x.shape.slice(first, last + 1)), ...x.shape.slice(last + 1));
}

/** Axis i of the result is axis order[i] of the input. A view.        ∂x = g, permuted back */
export function permute(x: Tensor, ...order: number[]): Tensor {
  checkTensor('permute', x);
  const axes = order.map((axis) => axisOf('permute', axis, x.rank));
  if (axes.length !== x.rank || new Set(axes).size !== x.rank) {
    throw new Error(`permute: ${formatShape(order)} does not name each of the ${x.rank} axes once`);
  }
  return record('permute', permuted(x, axes), [x], {
    gradients: [(g) => g.permute(...axes.map((_, axis) => axes.indexOf(axis)))],
  });
}

/** Two axes change places; without arguments the last two. A view. */
export function transpose(x: Tensor, axisA = -2, axisB = -1): Tensor {
  checkTensor('transpose', x);
  const [a, b] = [axisOf('transpose', axisA, x.rank), axisOf('transpose', axisB, x.rank)];
  return x.permute(...x.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)));
}

/**
 * Axes of extent 1 repeated, and new ones in front, without a copy; −1 leaves an extent as it is.
 * ∂x = Σ g over the repetitions
 */
export function expand(x: Tensor, ...extents: number[]): Tensor {
  checkTensor('expand', x);
  const missing = extents.length - x.rank;
  const shape = extents.map((extent, axis) => (extent === -1 ? (x.shape[axis - missing] ?? -1) : extent));
  if (missing < 0 || x.shape.some((extent, axis) => extent !== 1 && extent !== shape[axis + missing])) {
    throw new Error(
      `expand: shape ${formatShape(x.shape)} does not stretch to ${formatShape(extents)}; only extents of 1 do`,
    );
  }
  checkShape('expand', shape);
  return record('expand', viewOf(x, shape, broadcastStrides(x.shape, x.strides, shape)), [x], {
    gradients: [(g) => g],
  });
}

/** Without its axes of extent 1, or without the named ones. A view. */
export function squeeze(x: Tensor, axis?: number | readonly number[]): Tensor {
  checkTensor('squeeze', x);
  const axes = axesOf('squeeze', axis, x.rank);
  if (axis !== undefined) {
    for (const named of axes) {
      if (x.shape[named] !== 1)
        throw new Error(`squeeze: axis ${named} of ${formatShape(x.shape)} has extent ${x.shape[named]}, not 1`);
    }
  }
  const stays = x.shape.map((extent, i) => extent !== 1 || !axes.includes(i));
  const y = viewOf(
    x,
    x.shape.filter((_, i) => stays[i]),
    x.strides.filter((_, i) => stays[i]),
  );
  return record('squeeze', y, [x], { gradients: [(g) => g.reshape(...x.shape)] });
}

/** With a new axis of extent 1 at the given place of the result. A view. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  checkTensor('unsqueeze', x);
  const place = axisOf('unsqueeze', axis, x.rank + 1);
  const insert = (list: Shape, value: number): number[] => [...list.slice(0, place), value, ...list.slice(place)];
  const y = viewOf(x, insert(x.shape, 1), insert(x.strides, 1));
  return record('unsqueeze', y, [x], { gradients: [(g) => g.reshape(...x.shape)] });
}

/**
 * A range along one axis: a number takes that place and drops the axis, null takes all, [start, stop, step?] takes a
 * stretch (either end may be null).
 */
export type Range = number | null | readonly [number | null, (number | null)?, number?];

/** A piece, one range for each axis from the first on. A view.        ∂x = zeros with g in that place */
export function slice(x: Tensor, ...ranges: Range[]): Tensor {
  checkTensor('slice', x);
  if (ranges.length > x.rank) throw new Error(`slice: ${ranges.length} ranges for a tensor of rank ${x.rank}`);
  const y = pieceOf(x, ranges);
  return record('slice', y, [x], { gradients: [(g) => unslice(g, x.shape, ranges)] });
}

/** ‹slice› backwards: zeros of a shape with x in the place that the ranges name.        ∂x = that piece of g */
function unslice(x: Tensor, shape: Shape, ranges: readonly Range[]): Tensor {
  const y = full(shape, 0, { dtype: x.dtype, device: x.device });
  kernelsFor(x).copy(x, pieceOf(y, ranges));
  return record('unslice', y, [x], { gradients: [(g) => g.slice(...ranges)] });
}

function pieceOf(x: Tensor, ranges: readonly Range[]): Tensor {
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = x.offset;
  x.shape.forEach((extent, axis) => {
    const range = ranges[axis] ?? null;
    if (typeof range === 'number') {
      offset += placeOf(range, extent, axis) * x.strides[axis];
      return;
    }
    const { start, length, step } = stretchOf(range, extent);
    offset += start * x.strides[axis];
    shape.push(length);
    strides.push(x.strides[axis] * step);
  });
  return viewOf(x, shape, strides, offset);
}

function placeOf(index: number, extent: number, axis: number): number {
  const place = index < 0 ? index + extent : index;
  if (!Number.isInteger(index) || place < 0 || place >= extent) {
    throw new Error(`slice: there is no place ${index} along axis ${axis}, which has ${extent}`);
  }
  return place;
}

/** As in Python: ends are counted from the back when negative, and cut off at the borders. */
function stretchOf(range: readonly [number | null, (number | null)?, number?] | null, extent: number) {
  const [from, to, step = 1] = range ?? [null];
  if (!Number.isInteger(step) || step < 1)
    throw new Error(`slice: a step is a whole number from 1 up, not ${step}; flip() turns an axis round`);
  const inside = (end: number): number => Math.min(extent, Math.max(0, end < 0 ? end + extent : end));
  for (const end of [from, to]) {
    if (end !== null && end !== undefined && !Number.isInteger(end))
      throw new Error(`slice: ${end} is no whole number`);
  }
  const start = inside(from ?? 0);
  const stop = inside(to ?? extent);
  return { start, length: Math.max(0, Math.ceil((stop - start) / step)), step };
}

/** The named axes in reverse order; a copy.        ∂x = g, reversed back */
export function flip(x: Tensor, ...axes: number[]): Tensor {
  checkTensor('flip', x);
  const turned = axesOf('flip', axes, x.rank);
  const backwards = turned.reduce(
    (offset, axis) => offset + Math.max(0, x.shape[axis] - 1) * x.strides[axis],
    x.offset,
  );
  const strides = x.strides.map((stride, axis) => (turned.includes(axis) ? -stride : stride));
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x).copy(viewOf(x, x.shape, strides, backwards), y);
  return record('flip', y, [x], { gradients: [(g) => g.flip(...turned)] });
}

/**
 * With `before` and `after` elements of a value added at the ends of each axis: one pair for each axis; negative ones
 * cut away.        ∂x = the inner part of g
 */
export function pad(x: Tensor, pairs: readonly (readonly [number, number])[], { value = 0 } = {}): Tensor {
  checkTensor('pad', x);
  if (pairs.length !== x.rank)
    throw new Error(`pad: ${x.rank} axes need as many pairs [before, after], not ${pairs.length}`);
  const shape = x.shape.map((extent, axis) => extent + pairs[axis][0] + pairs[axis][1]);
  checkShape('pad', shape);
  const y = full(shape, value, { dtype: x.dtype, device: x.device });
  kernelsFor(x).copy(pieceOf(x, inside(x.shape, pairs, -1)), pieceOf(y, inside(shape, pairs, 1)));
  return record('pad', y, [x], {
    gradients: [
      (g) =>
        pad(
          g,
          pairs.map(([before, after]) => [-before, -after]),
        ),
    ],
  });
}

/** The part of a shape that padding did not add (sign 1), or that negative padding leaves (sign −1). */
const inside = (shape: Shape, pairs: readonly (readonly [number, number])[], sign: 1 | -1): Range[] =>
  pairs.map(([before, after], axis) => [Math.max(0, sign * before), shape[axis] - Math.max(0, sign * after)]);

/** `length` places of one axis, from `start` on. A view. */
export function narrow(x: Tensor, axis: number, start: number, length: number): Tensor {
  checkTensor('narrow', x);
  const along = axisOf('narrow', axis, x.rank);
  if (start < 0 || length < 0 || start + length > x.shape[along]) {
    throw new Error(`narrow: ${length} places from ${start} on do not fit axis ${axis}, which has ${x.shape[along]}`);
  }
  return x.slice(...x.shape.slice(0, along).map(() => null), [start, start + length]);
}

/** Side by side along an axis they share.        ∂ of each = its piece of g */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new Error('concat: the list is empty');
  for (const t of tensors) checkTensor('concat', t);
  checkDevices('concat', tensors);
  const along = axisOf('concat', axis, tensors[0].rank);
  const dtype = tensors.map((t) => t.dtype).reduce((a, b) => commonType('concat', a, b));
  const parts = tensors.map((t) => t.to(dtype));
  const extents = parts.map((t) => {
    const fits = t.rank === parts[0].rank && t.shape.every((extent, i) => i === along || extent === parts[0].shape[i]);
    if (!fits)
      throw new Error(
        `concat: ${formatShape(t.shape)} and ${formatShape(parts[0].shape)} differ elsewhere than at axis ${axis}`,
      );
    return t.shape[along];
  });
  const total = extents.reduce((sum, extent) => sum + extent, 0);
  const y = empty(
    parts[0].shape.map((extent, i) => (i === along ? total : extent)),
    dtype,
    parts[0].device,
  );
  const starts = startsOf(extents);
  const pieceRanges = (i: number): Range[] => [...new Array(along).fill(null), [starts[i], starts[i] + extents[i]]];
  for (const [i, part] of parts.entries()) kernelsFor(y).copy(part, pieceOf(y, pieceRanges(i)));
  return record('concat', y, parts, { gradients: parts.map((_, i) => (g: Tensor) => g.slice(...pieceRanges(i))) });
}

/** Where each of several stretches begins when they lie one after the other. */
function startsOf(sizes: readonly number[]): number[] {
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return start - size;
  });
}

/** Tensors of one shape along a new axis. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new Error('stack: the list is empty');
  for (const t of tensors) checkTensor('stack', t);
  return concat(
    tensors.map((t) => t.unsqueeze(axis)),
    axis,
  );
}

/** Pieces of the given size (the last may be smaller), or of the given sizes, along an axis. Views. */
export function split(x: Tensor, sizes: number | readonly number[], axis = 0): Tensor[] {
  checkTensor('split', x);
  const along = axisOf('split', axis, x.rank);
  const extent = x.shape[along];
  if (typeof sizes === 'number' && !(Number.isInteger(sizes) && sizes > 0))
    throw new Error(`split: a size is a whole number from 1 up, not ${sizes}`);
  const list =
    typeof sizes === 'number'
      ? Array.from({ length: Math.ceil(extent / sizes) }, (_, i) => Math.min(sizes, extent - i * sizes))
      : sizes;
  const total = list.reduce((sum, size) => sum + size, 0);
  if (total !== extent)
    throw new Error(`split: sizes ${formatShape(list)} add up to ${total}, axis ${axis} has ${extent}`);
  const starts = startsOf(list);
  return list.map((size, i) => x.narrow(along, starts[i], size));
}

/** A contiguous tensor with the same values: the tensor itself if it is one already.        ∂x = g */
export function contiguous(x: Tensor): Tensor {
  return x.contiguous ? x : clone(x);
}

/** A copy with bytes of its own.        ∂x = g */
export function clone(x: Tensor): Tensor {
  checkTensor('clone', x);
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x).copy(x, y);
  return record('clone', y, [x], { gradients: [(g) => g] });
}
