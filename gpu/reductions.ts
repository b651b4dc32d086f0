/** Kernels from many values to few: kernels/reduce, arg-reduce, cumsum and merge. */
import { planWalk } from '../core/kernels/cpu/rows';
import type { ArgReduceName, ReduceName } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { count, eight, fill, GROUP, groupsFor } from './elements';
import { launch } from './queue';

const FUNCTIONS: ReduceName[] = ['sum', 'prod', 'max', 'min'];
const OF_NOTHING: Record<ReduceName, number> = { sum: 0, prod: 1, max: -Infinity, min: Infinity };

/** A reduction of more values than this to few outputs is cut into chunks, so that all of the GPU has work. */
const LONG = 8192;
const FEW = 256;

/** How many threads share an output: about 16 elements each, as long as there are many outputs. */
export function lanesFor(n: number): number {
  let lanes = 1;
  while (lanes < GROUP && lanes * 16 < n) lanes *= 2;
  return lanes;
}

export function reduce(name: ReduceName, x: Strided, y: Strided, kept: number): void {
  const outputs = count(y);
  if (outputs === 0) return;
  const n = count(x) / outputs;
  if (n === 0) {
    fill(y, OF_NOTHING[name]);
    return;
  }
  const chunks = n > LONG && outputs < FEW ? Math.min(FEW, Math.ceil(n / LONG)) : 1;
  if (chunks === 1) {
    reduceChunks(name, x, y, kept, 1);
    return;
  }
  borrow([outputs, chunks], y.dtype, (partial) => {
    reduceChunks(name, x, partial, kept, chunks);
    reduceChunks(name, partial, y, 1, 1);
  });
}

function reduceChunks(name: ReduceName, x: Strided, y: Strided, kept: number, chunks: number): void {
  const outer = planWalk(x.shape.slice(0, kept), [x.strides.slice(0, kept)]);
  const inner = planWalk(x.shape.slice(kept), [x.strides.slice(kept)]);
  const extents = [...outer.extents, ...inner.extents];
  const steps = [...outer.strides[0], ...inner.strides[0]];
  const outputs = count(y);
  const n = inner.extents.reduce((product, extent) => product * extent, 1);
  const LANES = lanesFor(n / chunks);
  launch({
    kernel: 'reduce',
    constants: { FUNCTION: FUNCTIONS.indexOf(name), INTEGERS: Number(x.dtype === 'int32'), LANES },
    buffers: [x, y],
    parameters: [
      ...[outputs, chunks, n, extents.length, outer.extents.length, x.offset, y.offset, 0],
      ...[...eight(extents), ...eight(steps)],
    ],
    groups: Math.ceil(outputs / (GROUP / LANES)),
  });
}

export function argReduce(name: ArgReduceName, x: Strided, y: Strided): void {
  const [rows, n] = x.shape;
  const LANES = lanesFor(n);
  launch({
    kernel: 'arg-reduce',
    constants: { SMALLEST: Number(name === 'argmin'), INTEGERS: Number(x.dtype === 'int32'), LANES },
    buffers: [x, y],
    parameters: [rows, n, x.offset, y.offset],
    groups: Math.ceil(rows / (GROUP / LANES)),
  });
}

export function cumsum(x: Strided, y: Strided): void {
  const [rows, n] = x.shape;
  launch({
    kernel: 'cumsum',
    constants: { INTEGERS: Number(x.dtype === 'int32') },
    buffers: [x, y],
    parameters: [rows, n, x.offset, y.offset],
    groups: n === 0 ? 0 : rows,
  });
}

export function sort(x: Strided, y: Strided, index: Strided, descending: boolean): void {
  const n = x.shape[1];
  let passes = 1;
  while (2 ** passes < n) passes++;
  borrow(x.shape, x.dtype, (values) => {
    borrow(x.shape, 'int32', (places) => {
      let [from, fromIndex] = [x, x]; // the first pass reads no old places
      for (let pass = 0; pass < passes; pass++) {
        const last = (passes - pass) % 2 === 1; // the passes alternate so that the last one writes y
        const [to, toIndex] = last ? [y, index] : [values, places];
        merge(from, fromIndex, to, toIndex, 2 ** pass, descending);
        [from, fromIndex] = [to, toIndex];
      }
    });
  });
}

function merge(x: Strided, before: Strided, y: Strided, after: Strided, run: number, descending: boolean): void {
  const [elements, fresh] = [count(x), Number(run === 1)];
  launch({
    kernel: 'merge',
    constants: { DESCENDING: Number(descending), INTEGERS: Number(x.dtype === 'int32') },
    buffers: [x, before, y, after],
    parameters: [elements, x.shape[1], run, x.offset, y.offset, before.offset, after.offset, fresh],
    groups: groupsFor(elements),
  });
}
