/**
 * From operands to kernels: numbers become tensors, dtypes meet, devices must agree, and the output is allocated.
 * What is here records nothing; operations add their gradients on top.
 */
import type { BinaryName, CompareName, ReduceName, UnaryGradientName, UnaryName } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import type { DType } from '../kernels/strided';
import { full } from '../tensor/create';
import { broadcastShapes, broadcastStrides, contiguousStrides, type Shape, sameShape, sizeOf } from '../tensor/shape';
import { densely, empty, Tensor, viewOf } from '../tensor/tensor';

/** A tensor, or a number that stands for a tensor of one value. */
export type Operand = Tensor | number;

export function checkTensor(operation: string, x: unknown): asserts x is Tensor {
  if (!(x instanceof Tensor)) throw new Error(`${operation}: expected a tensor, got ${describe(x)}`);
}

const describe = (x: unknown): string =>
  Array.isArray(x) ? 'a list; tensor(list) makes one' : x === null ? 'null' : `${typeof x} ${String(x)}`;

export function checkDevices(operation: string, tensors: readonly Tensor[]): void {
  for (const t of tensors) {
    if (t.device !== tensors[0].device) {
      throw new Error(
        `${operation}: one tensor is on the ${tensors[0].device}, ` +
          `another on the ${t.device}; move one with to('${tensors[0].device}')`,
      );
    }
  }
}

/** The dtype in which two tensors meet: int32 gives way to floats; float32 and float64 do not mix by accident. */
export function commonType(operation: string, a: DType, b: DType): DType {
  if (a === b) return a;
  if (a === 'int32') return b;
  if (b === 'int32') return a;
  throw new Error(`${operation}: float32 and float64 do not mix; convert one side with to('float64') or to('float32')`);
}

/**
 * Both sides as tensors of one device and dtype; a number takes the tensor's dtype, unless it is a fraction beside
 * int32.
 */
export function operands(operation: string, a: Operand, b: Operand): [Tensor, Tensor] {
  if (typeof a === 'number') {
    if (typeof b === 'number')
      throw new Error(`${operation}: two numbers need no tensor; at least one side must be one`);
    checkTensor(operation, b);
    const whole = asFloat(b, a);
    return [scalar(a, whole), whole];
  }
  checkTensor(operation, a);
  if (typeof b === 'number') {
    const whole = asFloat(a, b);
    return [whole, scalar(b, whole)];
  }
  checkTensor(operation, b);
  if (a.dtype === b.dtype && a.device === b.device) return [a, b];
  checkDevices(operation, [a, b]);
  const dtype = commonType(operation, a.dtype, b.dtype);
  return [a.to(dtype), b.to(dtype)];
}

const asFloat = (t: Tensor, number: number): Tensor =>
  t.dtype === 'int32' && !Number.isInteger(number) ? t.to('float32') : t;

const constants = new Map<string, Map<number, Tensor>>(); // by device and dtype, then by value
const MOST_CONSTANTS = 256;

/** A number as a tensor. The same few numbers come again and again (x.mul(2) in a loop), so they are made once. */
function scalar(value: number, { dtype, device }: Tensor): Tensor {
  const kind = device + dtype;
  const known = constants.get(kind) ?? new Map<number, Tensor>();
  constants.set(kind, known);
  const old = Object.is(value, -0) ? undefined : known.get(value); // a Map takes −0 for 0
  if (old) return old;
  const constant = full([], value, { dtype, device }).keep();
  if (known.size === MOST_CONSTANTS) known.clear();
  if (!Object.is(value, -0)) known.set(value, constant);
  return constant;
}

/** int32 becomes float32, for functions whose values are fractions. */
export function floating(operation: string, x: Tensor): Tensor {
  checkTensor(operation, x);
  return x.dtype === 'int32' ? x.to('float32') : x;
}

export function requireFloat(operation: string, x: Tensor): void {
  checkTensor(operation, x);
  if (x.dtype === 'int32') throw new Error(`${operation}: int32 has no fractions; convert with to('float32') first`);
}

export function requireInt(operation: string, role: string, x: Tensor): void {
  checkTensor(operation, x);
  if (x.dtype !== 'int32')
    throw new Error(`${operation}: ${role} must be int32, not ${x.dtype}; convert with to('int32')`);
}

/* -------------------------------------------------------------------------------------------- launches */

export function unary(name: UnaryName, x: Tensor, p?: number, q?: number): Tensor {
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x).unary(name, x, y, p, q);
  return y;
}

/** gx = g · f′, by the fused kernel; v is what the list of kernels says for this function: its x or its y. */
export function unaryGradient(name: UnaryGradientName, g: Tensor, v: Tensor, p?: number): Tensor {
  const gx = empty(v.shape, v.dtype, v.device);
  kernelsFor(v).unaryGradient(name, densely(g), densely(v), gx, p);
  return gx;
}

export function binary(operation: string, name: BinaryName, a: Tensor, b: Tensor): Tensor {
  const shape = broadcastShapes(operation, a.shape, b.shape);
  const y = empty(shape, a.dtype, a.device);
  kernelsFor(a).binary(name, stretch(a, shape), stretch(b, shape), y);
  return y;
}

export function compare(name: CompareName, a: Tensor, b: Tensor): Tensor {
  const shape = broadcastShapes(name, a.shape, b.shape);
  const y = empty(shape, 'int32', a.device);
  kernelsFor(a).compare(name, stretch(a, shape), stretch(b, shape), y);
  return y;
}

/** The tensor read as if it had the larger shape. */
export function stretch(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : viewOf(x, shape, broadcastStrides(x.shape, x.strides, shape));
}

/** Reduces the named axes (ascending), which vanish from the shape, or stay with extent 1. */
export function reduce(name: ReduceName, x: Tensor, axes: readonly number[], keepdim: boolean): Tensor {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const arranged = permuted(x, [...kept, ...axes]);
  const y = empty(arranged.shape.slice(0, kept.length), x.dtype, x.device);
  kernelsFor(x).reduce(name, arranged, y, kept.length);
  return keepdim ? reshaped(y, keepingAxes(x.shape, axes)) : y;
}

/** The shape with extent 1 at the reduced axes. */
export const keepingAxes = (shape: Shape, axes: readonly number[]): number[] =>
  shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));

/** A view whose axis i is axis order[i] of x. */
export const permuted = (x: Tensor, order: readonly number[]): Tensor =>
  viewOf(
    x,
    order.map((axis) => x.shape[axis]),
    order.map((axis) => x.strides[axis]),
  );

/** A contiguous tensor under another shape of the same size. */
export const reshaped = (x: Tensor, shape: Shape): Tensor => viewOf(x, shape, contiguousStrides(shape));

/** A contiguous tensor seen as [rows, length of the last axis], for kernels that work row by row. */
export function asRows(x: Tensor): Tensor {
  return reshaped(densely(x), [sizeOf(x.shape.slice(0, -1)), x.shape[x.rank - 1]]);
}
