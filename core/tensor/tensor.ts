/**
 * The tensor: a block of numbers with a shape, a way to walk it, and its place in the computation that made it.
 * Operations live in ops/ and are attached there as methods; gradients are worked out in autograd/.
 */

import type { Node } from '../autograd/graph';
import { kernelsFor } from '../kernels/select';
import { BYTES, contiguousElements, type DType, type Strided, type TypedArray } from '../kernels/strided';
import type { DeviceName } from '../memory/allocator';
import { breathe } from '../memory/breathe';
import { allocate, claim, drop, hold, keep, type Storage } from '../memory/lifetimes';
import { readerOf } from './device';
import { format } from './format';
import { contiguousStrides, formatShape, isContiguous, type Shape, sameShape, sizeOf } from './shape';

/** Numbers nested as deep as a tensor has axes. */
export type NestedNumbers = number | NestedNumbers[];

export class Tensor implements Strided {
  /** Shall gradients flow into this tensor? On for parameters, and for whatever is computed from them. */
  private wantsGradient = false;
  private gradient: Tensor | null = null;
  /** The operation that computed this tensor, if gradients flow through it; and which of its outputs this is. */
  node: Node | null = null;
  outputIndex = 0;

  readonly storage: Storage;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
  readonly dtype: DType;

  constructor(storage: Storage, shape: Shape, strides: Shape, offset: number, dtype: DType) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype;
  }

  /** Takes on the values, dtype and device of another tensor of its shape: how a parameter moves and stays itself. */
  become({ storage, strides, offset, dtype }: Tensor): void {
    Object.assign(this, { storage, strides, offset, dtype });
    this.grad = null;
  }

  get device(): DeviceName {
    return this.storage.device;
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  get contiguous(): boolean {
    return isContiguous(this.shape, this.strides);
  }

  /* ----------------------------------------------------------------------------------------- gradients */

  get requiresGrad(): boolean {
    return this.wantsGradient;
  }

  set requiresGrad(wanted: boolean) {
    if (wanted && this.dtype === 'int32')
      throw new Error('requiresGrad: an int32 tensor has no gradient; use float32 or float64');
    if (!wanted && this.node)
      throw new Error('requiresGrad: this tensor was computed; detach() gives one without a past');
    this.wantsGradient = wanted;
  }

  /** The gradient that backward() has summed up here, or null. */
  get grad(): Tensor | null {
    if (this.gradient) claim(this.gradient.storage); // from now on it is the reader's
    return this.gradient;
  }

  set grad(gradient: Tensor | null) {
    if (gradient && !sameShape(gradient.shape, this.shape)) {
      throw new Error(
        `grad: a gradient of shape ${formatShape(gradient.shape)} ` +
          `does not fit a tensor of shape ${formatShape(this.shape)}`,
      );
    }
    if (gradient && gradient.device !== this.device) {
      throw new Error(
        `grad: the gradient is on the ${gradient.device}, the tensor on the ${this.device}; ` +
          `bring it there with to('${this.device}')`,
      );
    }
    if (gradient) hold(gradient.storage);
    if (this.gradient) drop(this.gradient.storage);
    this.gradient = gradient;
  }

  /** The gradient as the framework reads it, without handing it to the reader. */
  get ownGradient(): Tensor | null {
    return this.gradient;
  }

  /** Takes this result out of the step's lifetime: it lives as long as you hold it. */
  keep(): this {
    keep(this.storage);
    return this;
  }

  /* ------------------------------------------------------------------------------------------- reading */

  /** The values in row-major order, as a copy. */
  async data(): Promise<TypedArray> {
    await breathe();
    const dense = densely(this);
    return this.device === 'cpu' ? contiguousElements(dense).slice() : readerOf(this.device)(dense);
  }

  /** The one value of a tensor of size 1. */
  async item(): Promise<number> {
    this.checkSingle();
    return (await this.data())[0];
  }

  /** The values as nested lists. */
  async array(): Promise<NestedNumbers> {
    return nest(await this.data(), this.shape);
  }

  /** As data(), at once. Only on the CPU: a GPU's values have to be waited for. */
  dataSync(): TypedArray {
    this.checkSync('dataSync', 'data');
    return contiguousElements(densely(this)).slice();
  }

  itemSync(): number {
    this.checkSync('itemSync', 'item');
    this.checkSingle();
    return this.dataSync()[0];
  }

  arraySync(): NestedNumbers {
    this.checkSync('arraySync', 'array');
    return nest(this.dataSync(), this.shape);
  }

  private checkSync(name: string, waiting: string): void {
    if (this.device !== 'cpu')
      throw new Error(`${name}: a tensor on the ${this.device} cannot be read at once; use await t.${waiting}()`);
  }

  private checkSingle(): void {
    if (this.size !== 1)
      throw new Error(
        `item: a tensor of shape ${formatShape(this.shape)} has ${this.size} values, not one; use data()`,
      );
  }

  toString(): string {
    return format(this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return format(this);
  }
}

/* ----------------------------------------------------------------------------- making tensors, for ops */

/** A new, contiguous tensor whose values are whatever the block held before: for a kernel to write. */
export function empty(shape: Shape, dtype: DType, device: DeviceName): Tensor {
  if (dtype === 'float64' && device !== 'cpu')
    throw new Error(`float64 lives on the CPU, a ${device} computes in float32: { dtype: 'float32' } or to('float32')`);
  const storage = allocate(device, sizeOf(shape) * BYTES[dtype]);
  return new Tensor(storage, shape, contiguousStrides(shape), 0, dtype);
}

/** Another look at the same bytes. */
export function viewOf(base: Tensor, shape: Shape, strides: Shape, offset: number = base.offset): Tensor {
  return new Tensor(base.storage, shape, strides, offset, base.dtype);
}

/** The tensor itself if it is contiguous, else a contiguous copy. No gradient flows: this is for kernels. */
export function densely(x: Tensor): Tensor {
  if (x.contiguous) return x;
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x).copy(x, y);
  return y;
}

function nest(data: TypedArray, shape: Shape): NestedNumbers {
  let index = 0;
  const build = (axis: number): NestedNumbers =>
    axis === shape.length ? data[index++] : Array.from({ length: shape[axis] }, () => build(axis + 1));
  return build(0);
}
