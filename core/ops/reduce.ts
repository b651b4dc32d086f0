/**
 * Many values into one, over one axis, a list of axes, or all. With keepdim the reduced axes stay, with extent 1, so
 * that the result broadcasts against the input again; the gradients below use just that.
 */
import { gradEnabled, record } from '../autograd/graph';
import { noGrad } from '../autograd/modes';
import type { ArgReduceName } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { eye, onesLike } from '../tensor/create';
import { axesOf, axisOf, formatShape } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { asRows, checkTensor, keepingAxes, permuted, reduce, requireFloat, reshaped } from './launch';

export type Axes = number | readonly number[];

export interface ReduceOptions {
  /** Leave the reduced axes in the shape, with extent 1. */
  keepdim?: boolean;
}

const countOver = (x: Tensor, axes: readonly number[]): number =>
  axes.reduce((count, axis) => count * x.shape[axis], 1);

/** y = Σ x              ∂x = g, repeated */
export function sum(x: Tensor, axis?: Axes, { keepdim = false }: ReduceOptions = {}): Tensor {
  checkTensor('sum', x);
  const axes = axesOf('sum', axis, x.rank);
  const kept = keepingAxes(x.shape, axes);
  const y = reduce('sum', x, axes, keepdim);
  return record('sum', y, [x], { gradients: [(g) => g.reshape(...kept).expand(...x.shape)] });
}

/** y = Σ x / n          ∂x = g/n, repeated */
export function mean(x: Tensor, axis?: Axes, options: ReduceOptions = {}): Tensor {
  requireFloat('mean', x);
  const axes = axesOf('mean', axis, x.rank);
  return sum(x, axes, options).div(countOver(x, axes));
}

/** y = max x            ∂x = g at the largest element; equal ones share it */
export const max = (x: Tensor, axis?: Axes, options: ReduceOptions = {}): Tensor => extreme('max', x, axis, options);

/** y = min x            ∂x = g at the smallest element; equal ones share it */
export const min = (x: Tensor, axis?: Axes, options: ReduceOptions = {}): Tensor => extreme('min', x, axis, options);

function extreme(name: 'max' | 'min', x: Tensor, axis: Axes | undefined, { keepdim = false }: ReduceOptions): Tensor {
  checkTensor(name, x);
  const axes = axesOf(name, axis, x.rank);
  if (countOver(x, axes) === 0)
    throw new Error(`${name}: there is no ${name} of no values: shape ${formatShape(x.shape)}`);
  const kept = keepingAxes(x.shape, axes);
  const y = reduce(name, x, axes, keepdim);
  return record(name, y, [x], {
    saves: [x, y],
    gradients: [
      (g) => {
        const isExtreme = x.eq(y.reshape(...kept)).to(x.dtype);
        return g.reshape(...kept).mul(isExtreme.div(isExtreme.sum(axes, { keepdim: true })));
      },
    ],
  });
}

/** y = Π x              ∂x = g·(the product of all the others) */
export function prod(x: Tensor, axis?: Axes, { keepdim = false }: ReduceOptions = {}): Tensor {
  checkTensor('prod', x);
  const axes = axesOf('prod', axis, x.rank);
  const kept = keepingAxes(x.shape, axes);
  return record('prod', reduce('prod', x, axes, keepdim), [x], {
    saves: [x],
    gradients: [(g) => g.reshape(...kept).mul(gradEnabled() ? othersOneByOne(x, axes) : othersByDivision(x, axes))],
  });
}

/** For each element the product of all others: for n elements a table of n × n, with 1 on its diagonal. */
function othersOneByOne(x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const arranged = x.permute(...order);
  const flat = arranged.reshape(...kept.map((axis) => x.shape[axis]), countOver(x, axes)); // [kept…, n]
  const n = flat.shape[kept.length];
  const isSelf = eye(n, n, { dtype: 'int32', device: x.device }); // [n, n]
  const others = onesLike(flat).unsqueeze(-2).where(isSelf, flat.unsqueeze(-2)); // [kept…, n, n]
  return prod(others, -1)
    .reshape(...arranged.shape)
    .permute(...order.map((_, axis) => order.indexOf(axis)));
}

/** The same by dividing the product by each element. Where that element is 0, it is left out of the product instead. */
function othersByDivision(x: Tensor, axes: readonly number[]): Tensor {
  const isZero = x.eq(0);
  const zeros = isZero.sum(axes, { keepdim: true });
  const nonZero = onesLike(x).where(isZero, x);
  const product = prod(nonZero, axes, { keepdim: true });
  return product.where(isZero, product.div(nonZero)).where(zeros.eq(isZero), 0); // 0 if another one is 0
}

/** y[i] = x[0] + … + x[i] along an axis        ∂x[i] = g[i] + g[i + 1] + … */
export function cumsum(x: Tensor, axis: number): Tensor {
  checkTensor('cumsum', x);
  const along = axisOf('cumsum', axis, x.rank);
  if (along !== x.rank - 1) return cumsum(x.transpose(along, -1), -1).transpose(along, -1);
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x).cumsum(asRows(x), asRows(y));
  return record('cumsum', y, [x], { gradients: [(g) => cumsum(g.flip(-1), -1).flip(-1)] });
}

/** y = Σ (x − mean)² / (n − 1); over n with unbiased: false */
export function variance(
  x: Tensor,
  axis?: Axes,
  { keepdim = false, unbiased = true }: ReduceOptions & { unbiased?: boolean } = {},
): Tensor {
  requireFloat('var', x);
  const axes = axesOf('var', axis, x.rank);
  const deviation = x.sub(x.mean(axes, { keepdim: true }));
  return deviation
    .mul(deviation)
    .sum(axes, { keepdim })
    .div(countOver(x, axes) - (unbiased ? 1 : 0));
}

/** y = √var              where all values are equal, ∂x = 0 */
export const std = (x: Tensor, axis?: Axes, options: ReduceOptions & { unbiased?: boolean } = {}): Tensor =>
  root('std', variance(x, axis, options), 2);

/** y = ᵖ√s of sums s ≥ 0        ∂s = g·y/(p·s), and 0 where s is 0: the slope there is infinite, but s cannot shrink */
function root(name: string, s: Tensor, p: number): Tensor {
  const y = noGrad(() => (p === 2 ? s.sqrt() : s.pow(1 / p)));
  return record(name, y, [s], {
    saves: [s, y],
    gradients: [
      (g) =>
        g
          .mul(y)
          .div(s.where(s.gt(0), 1).mul(p))
          .where(s.gt(0), 0),
    ],
  });
}

/** y = log Σ eˣ, with the largest x taken out of the sum first        ∂x = g·e^(x − y) */
export function logsumexp(x: Tensor, axis?: Axes, { keepdim = false }: ReduceOptions = {}): Tensor {
  requireFloat('logsumexp', x);
  const axes = axesOf('logsumexp', axis, x.rank);
  const largest = reduce('max', x, axes, true);
  const y = x.sub(largest).exp().sum(axes, { keepdim: true }).log().add(largest);
  return keepdim ? y : y.squeeze(axes);
}

/** y = (Σ |x|ᵖ)^(1/p); p = 2 is the length, p = Infinity the largest element */
export function norm(x: Tensor, axis?: Axes, { p = 2, keepdim = false }: ReduceOptions & { p?: number } = {}): Tensor {
  requireFloat('norm', x);
  if (p === Infinity) return max(x.abs(), axis, { keepdim });
  if (p === 1) return sum(x.abs(), axis, { keepdim });
  if (p === 2) return root('norm', sum(x.mul(x), axis, { keepdim }), 2);
  if (!(p > 0)) throw new Error(`norm: p must be above 0, not ${p}`);
  return root('norm', sum(x.abs().pow(p), axis, { keepdim }), p);
}

/**
 * The place of the largest element along an axis (the first of equals), or in the flattened tensor. int32, no
 * gradient.
 */
export const argmax = (x: Tensor, axis?: number, options: ReduceOptions = {}): Tensor =>
  place('argmax', x, axis, options);

/** The place of the smallest element, likewise. */
export const argmin = (x: Tensor, axis?: number, options: ReduceOptions = {}): Tensor =>
  place('argmin', x, axis, options);

function place(name: ArgReduceName, x: Tensor, axis: number | undefined, { keepdim = false }: ReduceOptions): Tensor {
  checkTensor(name, x);
  if (axis === undefined) return place(name, reshaped(densely(x), [x.size]), 0, {});
  const along = axisOf(name, axis, x.rank);
  if (x.shape[along] === 0) throw new Error(`${name}: there is no place in no values: shape ${formatShape(x.shape)}`);
  const others = x.shape.map((_, i) => i).filter((i) => i !== along);
  const rows = asRows(permuted(x, [...others, along]));
  const y = empty(
    others.map((i) => x.shape[i]),
    'int32',
    x.device,
  );
  kernelsFor(x).argReduce(name, rows, y);
  return keepdim ? y.unsqueeze(along) : y;
}
