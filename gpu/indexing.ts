/** Kernels that pick elements by index, and their reverses: kernels/gather and scatter-add. */
import type { Strided } from '../core/kernels/strided';
import { count, groupsFor } from './elements';
import { complaint, flag, launch } from './queue';

/** Threads that a scatter is divided among, at least, where it has so many elements. */
const ENOUGH = 4096;

const wrongIndex = () => complaint('an index is out of the range of its axis (gather, indexSelect or embedding)');

const picking = (SELECT: number) => (x: Strided, index: Strided, y: Strided) => {
  const [, n, inner] = x.shape;
  const elements = count(y);
  launch({
    kernel: 'gather',
    constants: { SELECT },
    buffers: [x, index, y, flag()],
    parameters: [elements, n, y.shape[1], inner, x.offset, index.offset, y.offset, wrongIndex()],
    groups: groupsFor(elements),
  });
};

const adding = (SELECT: number) => (source: Strided, index: Strided, y: Strided) => {
  const [outer, n, inner] = y.shape;
  const m = source.shape[1];
  const columns = outer * inner;
  if (count(source) === 0) return;
  const SLICES = 2 ** Math.ceil(Math.log2(Math.max(1, Math.min(n, ENOUGH / columns))));
  launch({
    kernel: 'scatter-add',
    constants: { SELECT, SLICES, INTEGERS: Number(y.dtype === 'int32') },
    buffers: [source, index, y, flag()],
    parameters: [columns, n, m, inner, source.offset, index.offset, y.offset, wrongIndex()],
    groups: groupsFor(columns * SLICES),
  });
};

export const gather = picking(0);
export const indexSelect = picking(1);
export const scatterAdd = adding(0);
export const indexAdd = adding(1);
