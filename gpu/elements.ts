/** Kernels element by element: kernels/fill, copy, unary, unary-gradient, binary and where. */
import { planWalk } from '../core/kernels/cpu/rows';
import type { BinaryName, CompareName, UnaryGradientName, UnaryName } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { asFloat, launch } from './queue';

/** Threads of a workgroup. */
export const GROUP = 256;

export const count = ({ shape }: Strided): number => shape.reduce((product, extent) => product * extent, 1);
export const groupsFor = (threads: number): number => Math.ceil(threads / GROUP);

// A function's number in its shader is its place here.
const UNARY: UnaryName[] = [
  ...(['neg', 'abs', 'sign', 'exp', 'log', 'sqrt', 'rsqrt', 'sin', 'cos', 'tanh', 'erf', 'sigmoid'] as const),
  ...(['relu', 'relu6', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus', 'floor', 'round', 'clamp'] as const),
];
const UNARY_GRADIENT: UnaryGradientName[] = [
  ...(['tanh', 'sigmoid', 'relu', 'relu6', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus'] as const),
];
const BINARY: (BinaryName | CompareName)[] = [
  ...(['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum'] as const),
  ...(['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const),
];

/** Merged axes as a shader reads them: the extents, then each operand's steps, eight words each. */
export function walkOf(shape: readonly number[], operands: readonly Strided[]): { rank: number; words: number[] } {
  const { extents, strides } = planWalk(
    shape,
    operands.map((operand) => operand.strides),
  );
  return { rank: extents.length, words: [extents, ...strides].flatMap(eight) };
}

export const eight = (values: number[]): number[] => [...values, ...new Array(8 - values.length).fill(0)];
/** Parameters up to a multiple of four words: where a shader's arrays begin. */
const aligned = (words: number[]): number[] => [...words, ...new Array(-words.length & 3).fill(0)];

export function fill(y: Strided, value: number): void {
  const n = count(y);
  const word = y.dtype === 'int32' ? value : asFloat(value);
  launch({ kernel: 'fill', buffers: [y], parameters: [n, y.offset, word], groups: groupsFor(n) });
}

export function copy(x: Strided, y: Strided): void {
  const n = count(y);
  const { rank, words } = walkOf(y.shape, [x, y]);
  launch({
    kernel: 'copy',
    constants: { FROM_INTEGERS: Number(x.dtype === 'int32'), TO_INTEGERS: Number(y.dtype === 'int32') },
    buffers: [x, y],
    parameters: [n, rank, x.offset, y.offset, ...words],
    groups: groupsFor(n),
  });
}

export function unary(name: UnaryName, x: Strided, y: Strided, p = 0, q = 0): void {
  const n = count(y);
  const { rank, words } = walkOf(y.shape, [x]);
  launch({
    kernel: 'unary',
    constants: { FUNCTION: UNARY.indexOf(name), INTEGERS: Number(x.dtype === 'int32') },
    buffers: [x, y],
    parameters: [...aligned([n, rank, x.offset, y.offset, asFloat(p), asFloat(q)]), ...words],
    groups: groupsFor(n),
  });
}

export function unaryGradient(name: UnaryGradientName, g: Strided, v: Strided, gx: Strided, p = 0): void {
  const n = count(gx);
  launch({
    kernel: 'unary-gradient',
    constants: { FUNCTION: UNARY_GRADIENT.indexOf(name) },
    buffers: [g, v, gx],
    parameters: [n, g.offset, v.offset, gx.offset, asFloat(p)],
    groups: groupsFor(n),
  });
}

export function binary(name: BinaryName | CompareName, a: Strided, b: Strided, y: Strided): void {
  const n = count(y);
  const { rank, words } = walkOf(y.shape, [a, b]);
  launch({
    kernel: 'binary',
    constants: { FUNCTION: BINARY.indexOf(name), INTEGERS: Number(a.dtype === 'int32') },
    buffers: [a, b, y],
    parameters: [...aligned([n, rank, a.offset, b.offset, y.offset]), ...words],
    groups: groupsFor(n),
  });
}

export const compare = binary;

export function where(condition: Strided, a: Strided, b: Strided, y: Strided): void {
  const n = count(y);
  const { rank, words } = walkOf(y.shape, [condition, a, b]);
  launch({
    kernel: 'where',
    buffers: [condition, a, b, y],
    parameters: [...aligned([n, rank, condition.offset, a.offset, b.offset, y.offset]), ...words],
    groups: groupsFor(n),
  });
}
