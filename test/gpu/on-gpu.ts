/**
 * The cases of test/kernels on the GPU. A case makes its tensors on the CPU and calls kernels; here each call goes to
 * the GPU's kernel, with the tensors' bytes brought over when they are first met, and what was written is read at the
 * end.
 */
import { Tensor } from '../../core';
import type { Kernels } from '../../core/kernels/kernels';
import { kernelsFor } from '../../core/kernels/select';
import type { Strided } from '../../core/kernels/strided';
import type { Storage } from '../../core/memory/lifetimes';
import { pool } from '../../core/memory/pool';
import { readerOf, writerOf } from '../../core/tensor/device';
import { empty } from '../../core/tensor/tensor';
import type { Case } from '../kernels/case';
import { type Values, valuesFrom } from '../operations/close';

type Kernel = (...rest: unknown[]) => void;

export async function onGpu({ run }: Case): Promise<Values[]> {
  const twins = new Map<Storage, Storage>(); // of the CPU → of the GPU
  const bring = (value: unknown): unknown => {
    if (value instanceof Tensor) return twinOf(value, twins);
    if (Array.isArray(value)) return value.map(bring);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, bring(field)]));
  };
  const kernels = kernelsFor({ device: 'gpu', dtype: 'float32' }) as unknown as Record<string, Kernel>;
  const bringing = Object.entries(kernels).map(([name, kernel]): [string, Kernel] => [
    name,
    (...rest) => kernel(...rest.map(bring)),
  ]);
  const outputs = run(Object.fromEntries(bringing) as unknown as Kernels);
  return Promise.all(outputs.map(async (y) => valuesFrom(y, await readerOf('gpu')(twinOf(y, twins)))));
}

function twinOf({ storage, shape, strides, offset, dtype }: Tensor, twins: Map<Storage, Storage>): Strided {
  let twin = twins.get(storage);
  if (!twin) {
    const words = new Int32Array(pool.buffer, storage.address, Math.ceil(storage.bytes / 4));
    const copy = empty([words.length], 'int32', 'gpu');
    writerOf('gpu')(words, copy);
    twin = copy.storage;
    twins.set(storage, twin);
  }
  return { storage: twin, shape, strides, offset, dtype, device: 'gpu' };
}
