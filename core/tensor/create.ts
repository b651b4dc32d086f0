/**
 * Ways to make a tensor from nothing but numbers.
 */

import type { Distribution } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { contiguousElements, type DType, newTypedArray, type TypedArray } from '../kernels/strided';
import type { DeviceName } from '../memory/allocator';
import { currentDevice, writerOf } from './device';
import { defaultGenerator, type Generator } from './random';
import { checkShape, formatShape, type Shape, sizeOf } from './shape';
import { empty, type NestedNumbers, type Tensor } from './tensor';

export interface TensorOptions {
  dtype?: DType;
  device?: DeviceName;
  requiresGrad?: boolean;
}

export interface RandomOptions extends TensorOptions {
  generator?: Generator;
}

const isTypedArray = (values: unknown): values is TypedArray | Uint8Array =>
  ArrayBuffer.isView(values) && !(values instanceof DataView);

/**
 * A tensor from nested lists, a number, or a flat (typed) array with `{ shape }`. Without a dtype a typed array keeps
 * its own, numbers become float32.
 */
export function tensor(
  values: NestedNumbers | TypedArray | Uint8Array,
  options: TensorOptions & { shape?: Shape } = {},
): Tensor {
  const { dtype = dtypeOf(values), device = currentDevice(), requiresGrad = false } = options;
  const flat = isTypedArray(values) ? values : flatten(values);
  const shape = options.shape ?? (isTypedArray(values) ? [values.length] : shapeOf(values));
  checkShape('tensor', shape);
  if (flat.length !== sizeOf(shape)) {
    throw new Error(
      `tensor: ${flat.length} values do not fill the shape ${formatShape(shape)}, which has ${sizeOf(shape)}`,
    );
  }
  const y = empty([...shape], dtype, device);
  write(flat, y);
  y.requiresGrad = requiresGrad;
  return y;
}

function write(values: ArrayLike<number>, y: Tensor): void {
  if (y.device === 'cpu') contiguousElements(y).set(values);
  else writerOf(y.device)(newTypedArray(y.dtype, values), y);
}

function dtypeOf(values: unknown): DType {
  if (values instanceof Float64Array) return 'float64';
  return values instanceof Int32Array || values instanceof Uint8Array ? 'int32' : 'float32';
}

function shapeOf(values: NestedNumbers): number[] {
  const shape: number[] = [];
  for (let level: NestedNumbers = values; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  return shape;
}

/** The numbers of nested lists in order; all lists of one depth must be of one length. */
function flatten(values: NestedNumbers): number[] {
  const shape = shapeOf(values);
  const flat: number[] = [];
  const visit = (value: NestedNumbers, depth: number): void => {
    const isList = Array.isArray(value);
    if (isList !== depth < shape.length || (isList && value.length !== shape[depth])) {
      throw new Error(
        `tensor: the lists are ragged: expected ${describe(shape[depth])} at depth ${depth}, ` +
          `found ${describe(isList ? value.length : undefined)}`,
      );
    }
    if (isList) for (const item of value) visit(item, depth + 1);
    else if (typeof value === 'number') flat.push(value);
    else throw new Error(`tensor: ${JSON.stringify(value)} is not a number`);
  };
  visit(values, 0);
  return flat;
}

const describe = (length: number | undefined): string => (length === undefined ? 'a number' : `a list of ${length}`);

export function full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
  checkShape('full', shape);
  const { dtype = 'float32', device = currentDevice(), requiresGrad = false } = options;
  const y = empty([...shape], dtype, device);
  kernelsFor(y).fill(y, value);
  y.requiresGrad = requiresGrad;
  return y;
}

export const zeros = (shape: Shape, options?: TensorOptions): Tensor => full(shape, 0, options);
export const ones = (shape: Shape, options?: TensorOptions): Tensor => full(shape, 1, options);

/** Like another tensor: its shape, dtype and device. */
export const fullLike = (t: Tensor, value: number): Tensor =>
  full(t.shape, value, { dtype: t.dtype, device: t.device });
export const zerosLike = (t: Tensor): Tensor => fullLike(t, 0);
export const onesLike = (t: Tensor): Tensor => fullLike(t, 1);

/**
 * start, start + step, … up to but without stop; `arange(n)` counts from 0. int32 when all are whole, as in PyTorch.
 */
export function arange(start: number, stop?: number, step = 1, options: TensorOptions = {}): Tensor {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || !Number.isFinite(first) || !Number.isFinite(end) || !Number.isFinite(step)) {
    throw new Error(`arange: cannot count from ${first} to ${end} in steps of ${step}`);
  }
  const whole = [first, end, step].every(Number.isInteger);
  const length = Math.max(0, Math.ceil((end - first) / step));
  const values = Float64Array.from({ length }, (_, i) => first + i * step);
  return tensor(values, { dtype: whole ? 'int32' : 'float32', ...options });
}

/** `count` values from start to stop, both included, at equal distances. */
export function linspace(start: number, stop: number, count: number, options: TensorOptions = {}): Tensor {
  if (!Number.isInteger(count) || count < 0)
    throw new Error(`linspace: the count is a whole number from 0 up, not ${count}`);
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  const values = Float64Array.from({ length: count }, (_, i) =>
    i === count - 1 && count > 1 ? stop : start + i * step,
  );
  return tensor(values, { dtype: 'float32', ...options });
}

/** The identity matrix, or its rectangular relative. */
export function eye(rows: number, columns = rows, options: TensorOptions = {}): Tensor {
  checkShape('eye', [rows, columns]);
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = 1;
  return tensor(values, { dtype: 'float32', ...options, shape: [rows, columns] });
}

/* ---------------------------------------------------------------------------------------------- random */

function random(
  operation: string,
  distribution: Distribution,
  shape: Shape,
  options: RandomOptions,
  dtype: DType,
): Tensor {
  checkShape(operation, shape);
  const { generator = defaultGenerator, device = currentDevice(), requiresGrad = false } = options;
  const y = empty([...shape], options.dtype ?? dtype, device);
  kernelsFor(y).random(distribution, generator.take(y.size), y);
  y.requiresGrad = requiresGrad;
  return y;
}

/** Uniform in [0, 1). */
export const rand = (shape: Shape, options: RandomOptions = {}): Tensor =>
  random('rand', { kind: 'uniform' }, shape, options, 'float32');

/** Normal with mean 0 and variance 1. */
export const randn = (shape: Shape, options: RandomOptions = {}): Tensor =>
  random('randn', { kind: 'normal' }, shape, options, 'float32');

/** Whole numbers from low up to but without high. */
export function randint(low: number, high: number, shape: Shape, options: RandomOptions = {}): Tensor {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low)
    throw new Error(`randint: no whole number lies in [${low}, ${high})`);
  return random('randint', { kind: 'integer', low, high }, shape, options, 'int32');
}

/** 1 with probability p, else 0. */
export function bernoulli(p: number, shape: Shape, options: RandomOptions = {}): Tensor {
  if (!(p >= 0 && p <= 1)) throw new Error(`bernoulli: a probability lies in [0, 1], not ${p}`);
  return random('bernoulli', { kind: 'bernoulli', p }, shape, options, 'int32');
}

/** The numbers 0 to n − 1 in random order (Fisher and Yates, 1938). */
export function randperm(
  n: number,
  { generator = defaultGenerator, device }: { generator?: Generator; device?: DeviceName } = {},
): Tensor {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor((generator.bits() / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return tensor(order, device ? { device } : {});
}
