/**
 * Operations as methods, so that `a.matmul(b).relu()` reads well. One list for the types, one for the functions;
 * nothing is written twice.
 */
import { backward, registerHook, retainGrad } from '../autograd/backward';
import { BYTES, type DType } from '../kernels/strided';
import type { DeviceName } from '../memory/allocator';
import { Tensor } from '../tensor/tensor';
import * as activations from './activations';
import * as arithmetic from './arithmetic';
import * as comparison from './compare';
import { detach, toDevice, toType } from './convert';
import * as indexing from './indexing';
import type { Operand } from './launch';
import * as math from './math';
import * as product from './product';
import * as reduce from './reduce';
import * as shape from './shape';
import * as softmax from './softmax';
import * as sorting from './sort';
import * as triangle from './triangle';

const { variance, ...reductions } = reduce;
const { checkPlaces, embedding, ...picking } = indexing;

/** Functions whose first argument is the tensor: they become methods under their own names. */
// biome-ignore format: a list
const functions = {
  ...activations, ...arithmetic, ...math, ...reductions, ...product, ...softmax, ...picking, ...triangle, ...sorting,
  eq: comparison.eq, ne: comparison.ne, lt: comparison.lt, le: comparison.le, gt: comparison.gt, ge: comparison.ge,
  reshape: shape.reshape, flatten: shape.flatten, permute: shape.permute, transpose: shape.transpose,
  expand: shape.expand, squeeze: shape.squeeze, unsqueeze: shape.unsqueeze, slice: shape.slice, narrow: shape.narrow,
  flip: shape.flip, pad: shape.pad, split: shape.split, clone: shape.clone, toContiguous: shape.contiguous, detach,
  var: variance, backward, registerHook, retainGrad,
};

type Method<F> = F extends (first: infer _, ...rest: infer R) => infer Y ? (...rest: R) => Y : never;
type Methods = { [Name in keyof typeof functions]: Method<(typeof functions)[Name]> };

for (const [name, fn] of Object.entries(functions) as [string, (...args: unknown[]) => unknown][]) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]) {
      return fn(this, ...rest);
    },
    writable: true,
    configurable: true,
  });
}

Object.assign(Tensor.prototype, {
  to(this: Tensor, target: DType | DeviceName): Tensor | Promise<Tensor> {
    if (target in BYTES) return toType(this, target as DType);
    if (target === 'cpu' || target === 'gpu') return toDevice(this, target);
    throw new Error(`to: '${String(target)}' is neither a dtype (float32, float64, int32) nor a device (cpu, gpu)`);
  },
  where(this: Tensor, condition: Tensor, otherwise: Operand): Tensor {
    return comparison.where(condition, this, otherwise);
  },
  concat(this: Tensor, others: readonly Tensor[], axis?: number): Tensor {
    return shape.concat([this, ...others], axis);
  },
});

declare module '../tensor/tensor' {
  interface Tensor extends Methods {
    /** In another dtype, at once; or on another device, which has to be waited for. */
    to(dtype: DType): Tensor;
    to(device: DeviceName): Promise<Tensor>;
    /** This tensor where the condition is not 0, elsewhere the other value. */
    where(condition: Tensor, otherwise: Operand): Tensor;
    /** This tensor followed by others, along an axis they share. */
    concat(others: readonly Tensor[], axis?: number): Tensor;
  }
}
