/**
 * Putting values in order.
 */
import { recordAll } from '../autograd/graph';
import { kernelsFor } from '../kernels/select';
import { full } from '../tensor/create';
import { axisOf } from '../tensor/shape';
import { empty, type Tensor } from '../tensor/tensor';
import { asRows, checkTensor } from './launch';

/**
 * [values, indices] along an axis, ascending unless said otherwise; equal values keep their order, NaN counts as the
 * largest. ∂x = g, brought back to where each value came from
 */
export function sort(x: Tensor, axis = -1, { descending = false } = {}): [Tensor, Tensor] {
  checkTensor('sort', x);
  const along = axisOf('sort', axis, x.rank);
  if (along !== x.rank - 1) {
    const [values, indices] = sort(x.transpose(along, -1), -1, { descending });
    return [values.transpose(along, -1), indices.transpose(along, -1)];
  }
  const y = empty(x.shape, x.dtype, x.device);
  const index = empty(x.shape, 'int32', x.device);
  kernelsFor(x).sort(asRows(x), asRows(y), asRows(index), descending);
  recordAll('sort', [y, index], [x], {
    saves: [index],
    gradients: [(g) => full(x.shape, 0, { dtype: x.dtype, device: x.device }).scatterAdd(-1, index, g)],
  });
  return [y, index];
}

/** [values, indices] of the k largest (or smallest) along an axis, the first of them first. */
export function topk(x: Tensor, k: number, axis = -1, { largest = true } = {}): [Tensor, Tensor] {
  checkTensor('topk', x);
  const along = axisOf('topk', axis, x.rank);
  if (!Number.isInteger(k) || k < 0 || k > x.shape[along]) {
    throw new Error(`topk: there are no ${k} elements along axis ${axis}, which has ${x.shape[along]}`);
  }
  const [values, indices] = sort(x, along, { descending: largest });
  return [values.narrow(along, 0, k), indices.narrow(along, 0, k)];
}
