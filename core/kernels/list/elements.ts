/**
 * Kernels element by element: filling, copying, functions of one and of two values. These take any strides.
 */
import type { Strided } from '../strided';

export type UnaryName =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'rsqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'erf'
  | 'sigmoid'
  | 'relu'
  | 'relu6'
  | 'leakyRelu' // p: the slope below zero
  | 'elu' // p: α
  | 'gelu' // x·Φ(x), exact
  | 'silu'
  | 'softplus'
  | 'floor'
  | 'round' // halves go to the even neighbour
  | 'clamp'; // p: the least, q: the largest value

/** Functions whose derivative has a kernel of its own; in brackets what it is computed from. */
export type UnaryGradientName =
  | 'tanh' // (y) 1 − y²
  | 'sigmoid' // (y) y·(1 − y)
  | 'relu' // (y) 1 where y > 0
  | 'relu6' // (y) 1 where 0 < y < 6
  | 'leakyRelu' // (x) 1 where x > 0, else p
  | 'elu' // (x) 1 where x > 0, else p·eˣ
  | 'gelu' // (x) Φ(x) + x·φ(x)
  | 'silu' // (x) σ(x)·(1 + x·(1 − σ(x)))
  | 'softplus'; // (x) σ(x)

export type BinaryName = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'maximum' | 'minimum';
export type CompareName = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

export interface ElementKernels {
  /** y[…] = value */
  fill(y: Strided, value: number): void;
  /**
   * y[…] = x[…]; any strides on both sides (negative ones too), any dtypes (a fraction is cut off on its way to
   * int32).
   */
  copy(x: Strided, y: Strided): void;
  /** y = f(x), with up to two numbers; x with any strides. */
  unary(name: UnaryName, x: Strided, y: Strided, p?: number, q?: number): void;
  /**
   * gx = g · f′, with f′ computed from v: the function's x or its y, as its name says. All of one shape, contiguous.
   */
  unaryGradient(name: UnaryGradientName, g: Strided, v: Strided, gx: Strided, p?: number): void;
  /** y = f(a, b); a and b with any strides and the shape of y (broadcasting is a stride of 0). */
  binary(name: BinaryName, a: Strided, b: Strided, y: Strided): void;
  /** y = 1 where a ∘ b holds, else 0; y is int32; a and b as for binary. */
  compare(name: CompareName, a: Strided, b: Strided, y: Strided): void;
  /** y = condition ≠ 0 ? a : b; condition is int32; all inputs with any strides and the shape of y. */
  where(condition: Strided, a: Strided, b: Strided, y: Strided): void;
}
