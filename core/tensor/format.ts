/**
 * How a tensor prints: nested rows with aligned columns, long axes cut in the middle, then shape and dtype.
 */
import { contiguousElements, elements, newTypedArray, type TypedArray } from '../kernels/strided';
import { formatShape } from './shape';
import type { Tensor } from './tensor';

const LONGEST = 1000; // more elements than this and only the edges are shown
const EDGE = 3;
const LINE = 100; // characters

export function format(t: Tensor): string {
  const facts = [`shape ${formatShape(t.shape)}`, t.dtype];
  if (t.requiresGrad) facts.push('requiresGrad');
  if (t.storage.released) return `Tensor(released, ${facts.join(', ')})`;
  if (t.device !== 'cpu') return `Tensor(on the ${t.device}: await t.data() reads it, ${facts.join(', ')})`;
  const body = t.shape.length === 0 ? scalar(t) : rows(t);
  return `Tensor(${body}, ${facts.join(', ')})`;
}

function scalar(t: Tensor): string {
  return formatter(newTypedArray(t.dtype, [elements(t)[t.offset]]))(elements(t)[t.offset]).trim();
}

function rows(t: Tensor): string {
  const cut = t.size > LONGEST ? EDGE : Number.POSITIVE_INFINITY;
  const number = formatter(shownValues(t, cut));
  const all = elements(t);
  const write = (axis: number, offset: number, indent: number): string => {
    if (axis === t.rank) return number(all[offset]);
    const parts = shownIndices(t.shape[axis], cut).map((i) =>
      i === null ? '...' : write(axis + 1, offset + i * t.strides[axis], indent + 1),
    );
    const between = `,${'\n'.repeat(t.rank - 1 - axis)}${' '.repeat(indent + 1)}`;
    return `[${axis === t.rank - 1 ? wrap(parts, indent + 1) : parts.join(between)}]`;
  };
  return write(0, t.offset, 'Tensor('.length);
}

/** The places shown along an axis; null stands for those left out. */
function shownIndices(extent: number, edge: number): (number | null)[] {
  const all = Array.from({ length: extent }, (_, i) => i);
  return extent > 2 * edge ? [...all.slice(0, edge), null, ...all.slice(-edge)] : all;
}

function shownValues(t: Tensor, edge: number): TypedArray {
  const all = elements(t);
  if (t.contiguous && t.size <= LONGEST) return contiguousElements(t);
  const values: number[] = [];
  const visit = (axis: number, offset: number): void => {
    if (axis === t.rank) values.push(all[offset]);
    else
      for (const i of shownIndices(t.shape[axis], edge)) if (i !== null) visit(axis + 1, offset + i * t.strides[axis]);
  };
  visit(0, t.offset);
  return newTypedArray(t.dtype, values);
}

function wrap(parts: string[], indent: number): string {
  const width = Math.max(1, ...parts.map((part) => part.length + 2));
  const perLine = Math.max(1, Math.floor((LINE - indent) / width));
  const lines: string[] = [];
  for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(', '));
  return lines.join(`,\n${' '.repeat(indent)}`);
}

/**
 * One way to write all of these values: whole numbers plainly, others with four decimals, or in powers of ten when
 * they differ too much.
 */
function formatter(values: TypedArray): (x: number) => string {
  const finite = Array.from(values).filter(Number.isFinite);
  const largest = Math.max(0, ...finite.map(Math.abs));
  const smallest = Math.min(Infinity, ...finite.filter((x) => x !== 0).map(Math.abs));
  const write = values instanceof Int32Array ? String : chooseNotation(finite, largest, smallest);
  const spell = (x: number): string =>
    Number.isFinite(x) ? write(x) : Number.isNaN(x) ? 'NaN' : x > 0 ? 'Inf' : '-Inf';
  const width = Math.max(0, ...Array.from(values).map((x) => spell(x).length));
  return (x) => spell(x).padStart(width);
}

function chooseNotation(finite: number[], largest: number, smallest: number): (x: number) => string {
  if (finite.every(Number.isInteger) && largest < 1e9) return (x) => String(x);
  const wide = largest >= 1e5 || (smallest < 1e-4 && largest < 1) || largest / smallest > 1e6;
  return wide ? (x) => x.toExponential(4) : (x) => x.toFixed(4);
}
