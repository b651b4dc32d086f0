/**
 * Picking by index. Each picking has its reverse as gradient: what came from a place flows back to it, and places
 * picked twice add up.
 */
import { record } from '../autograd/graph';
import { kernelsFor } from '../kernels/select';
import { contiguousElements } from '../kernels/strided';
import { full, zerosLike } from '../tensor/create';
import { axisOf, formatShape, type Shape, sizeOf } from '../tensor/shape';
import { densely, empty, type Tensor, viewOf } from '../tensor/tensor';
import { checkDevices, checkTensor, requireInt, reshaped } from './launch';

/** y[i, j, k] = x[i, index[i, j, k], k] for axis 1, and so for each axis.        ∂x = g, added where it came from */
export function gather(x: Tensor, axis: number, index: Tensor): Tensor {
  const along = checkPicking('gather', x, axis, index);
  const source = trimmed(x, index.shape, along);
  const y = empty(index.shape, x.dtype, x.device);
  kernelsFor(x).gather(folded(source, along), folded(index, along), folded(y, along));
  return record('gather', y, [x], {
    saves: [index],
    gradients: [(g) => zerosLike(x).scatterAdd(along, index, g)],
  });
}

/**
 * y = x with source[i, j, k] added at [i, index[i, j, k], k] for axis 1, and so for each axis.
 * ∂x = g,  ∂source = gather g
 */
export function scatterAdd(x: Tensor, axis: number, index: Tensor, source: Tensor): Tensor {
  const along = checkPicking('scatterAdd', x, axis, index);
  checkTensor('scatterAdd', source);
  checkDevices('scatterAdd', [x, source]);
  if (source.dtype !== x.dtype)
    throw new Error(`scatterAdd: a ${source.dtype} source does not add to a ${x.dtype} tensor; convert it`);
  if (index.shape.some((extent, i) => extent > source.shape[i])) {
    throw new Error(
      `scatterAdd: an index of shape ${formatShape(index.shape)} ` +
        `reaches beyond the source ${formatShape(source.shape)}`,
    );
  }
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x).copy(x, y);
  const used = corner(source, index.shape);
  const sameOutside = x.shape.every((extent, i) => i === along || extent === index.shape[i]);
  if (sameOutside) kernelsFor(x).scatterAdd(folded(used, along), folded(index, along), folded(y, along));
  else scatterIntoCorner(y, along, index, used);
  return record('scatterAdd', y, [x, source], {
    saves: [index],
    gradients: [(g) => g, (g) => unfoldCorner(g.gather(along, index), source.shape)],
  });
}

/** The index is smaller than x on other axes too: work on the corner that it covers, then put that back. */
function scatterIntoCorner(y: Tensor, along: number, index: Tensor, source: Tensor): void {
  const part = trimmed(y, index.shape, along);
  const dense = empty(part.shape, y.dtype, y.device);
  kernelsFor(y).copy(part, dense);
  kernelsFor(y).scatterAdd(folded(source, along), folded(index, along), folded(dense, along));
  kernelsFor(y).copy(dense, part);
}

/** The gradient of a source whose far end was never read: zeros there. */
function unfoldCorner(g: Tensor, shape: Shape): Tensor {
  let whole = g;
  shape.forEach((extent, axis) => {
    const missing = extent - whole.shape[axis];
    if (missing === 0) return;
    const rest = full(
      whole.shape.map((n, i) => (i === axis ? missing : n)),
      0,
      { dtype: g.dtype, device: g.device },
    );
    whole = whole.concat([rest], axis);
  });
  return whole;
}

/** The places index[0], index[1], … along an axis.        ∂x = g, added where it came from */
export function indexSelect(x: Tensor, axis: number, index: Tensor): Tensor {
  const along = checkIndex('indexSelect', x, axis, index);
  if (index.rank !== 1)
    throw new Error(
      `indexSelect: the index is a list, not of shape ${formatShape(index.shape)}; gather() picks one by one`,
    );
  checkPlaces('indexSelect', index, x.shape[along]);
  const y = empty(
    x.shape.map((extent, i) => (i === along ? index.size : extent)),
    x.dtype,
    x.device,
  );
  kernelsFor(x).indexSelect(folded(x, along), densely(index), folded(y, along));
  return record('indexSelect', y, [x], { saves: [index], gradients: [(g) => indexAdd(g, along, index, x.shape)] });
}

/** ‹indexSelect› backwards: zeros of a shape, with each piece of x added at its place.        ∂x = those places of g */
function indexAdd(x: Tensor, axis: number, index: Tensor, shape: Shape): Tensor {
  const y = full(shape, 0, { dtype: x.dtype, device: x.device });
  kernelsFor(x).indexAdd(folded(x, axis), densely(index), folded(y, axis));
  return record('indexAdd', y, [x], { saves: [index], gradients: [(g) => g.indexSelect(axis, index)] });
}

/**
 * The rows of a table that the indices name, as a new last axis. The row `paddingIdx` (counted from the end when
 * negative) stands for nothing and learns nothing.
 * ∂weight = g, added where it came from
 */
export function embedding(
  index: Tensor,
  weight: Tensor,
  { paddingIdx = null }: { paddingIdx?: number | null } = {},
): Tensor {
  checkTensor('embedding', weight);
  if (weight.rank !== 2)
    throw new Error(`embedding: the weight is a table [rows, D], not of shape ${formatShape(weight.shape)}`);
  checkIndex('embedding', weight, 0, index);
  const [rows, width] = weight.shape;
  checkPlaces('embedding', index, rows);
  const padding = paddingIdx !== null && paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  if (padding !== null && !(Number.isInteger(padding) && padding >= 0 && padding < rows))
    throw new Error(`embedding: paddingIdx ${paddingIdx} is none of the ${rows} rows`);
  const places = reshaped(densely(index), [index.size]);
  const y = empty([...index.shape, width], weight.dtype, weight.device);
  kernelsFor(weight).indexSelect(folded(weight, 0), places, reshaped(y, [1, index.size, width]));
  return record('embedding', y, [weight], {
    saves: [places],
    gradients: [
      (g) => {
        const each = g.reshape(index.size, width);
        const learned = padding === null ? each : each.where(places.ne(padding).unsqueeze(1), 0);
        return indexAdd(learned, 0, places, weight.shape);
      },
    ],
  });
}

/** A 1 at each label's place in a new last axis, else 0; int32. */
export function oneHot(index: Tensor, classes: number): Tensor {
  requireInt('oneHot', 'the labels', index);
  if (!Number.isInteger(classes) || classes < 1)
    throw new Error(`oneHot: the number of classes is a whole number from 1 up, not ${classes}`);
  checkPlaces('oneHot', index, classes);
  const zeros = full([...index.shape, classes], 0, { dtype: 'int32', device: index.device });
  return zeros.scatterAdd(
    -1,
    index.unsqueeze(-1),
    full([...index.shape, 1], 1, { dtype: 'int32', device: index.device }),
  );
}

/* ---------------------------------------------------------------------------------------------- checks */

function checkIndex(operation: string, x: Tensor, axis: number, index: Tensor): number {
  checkTensor(operation, x);
  requireInt(operation, 'the index', index);
  checkDevices(operation, [x, index]);
  return axisOf(operation, axis, x.rank);
}

function checkPicking(operation: string, x: Tensor, axis: number, index: Tensor): number {
  const along = checkIndex(operation, x, axis, index);
  const fits = index.rank === x.rank && index.shape.every((extent, i) => i === along || extent <= x.shape[i]);
  if (!fits) {
    throw new Error(
      `${operation}: an index of shape ${formatShape(index.shape)} ` +
        `does not fit ${formatShape(x.shape)} outside of axis ${axis}`,
    );
  }
  checkPlaces(operation, index, x.shape[along]);
  return along;
}

/**
 * Every place must exist. What a GPU tensor holds is only known later: its kernels set a flag that the next read
 * reports.
 */
export function checkPlaces(operation: string, index: Tensor, extent: number): void {
  if (index.device !== 'cpu') return;
  const places = contiguousElements(densely(index));
  for (let i = 0; i < places.length; i++) {
    if (places[i] < 0 || places[i] >= extent) {
      throw new Error(`${operation}: index ${places[i]} at position ${i} is outside 0..${extent - 1}`);
    }
  }
}

/* ----------------------------------------------------------------------------------------------- views */

/** Contiguous, as [all axes before, the axis, all axes after]. */
function folded(x: Tensor, axis: number): Tensor {
  return reshaped(densely(x), [sizeOf(x.shape.slice(0, axis)), x.shape[axis], sizeOf(x.shape.slice(axis + 1))]);
}

/** The corner of x that has the index's extents, except along the axis, which stays whole. */
const trimmed = (x: Tensor, shape: Shape, along: number): Tensor =>
  corner(
    x,
    shape.map((n, i) => (i === along ? x.shape[i] : n)),
  );

const corner = (x: Tensor, shape: Shape): Tensor => viewOf(x, shape, x.strides);
