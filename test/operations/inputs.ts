/**
 * What goes into a row: a shape, and a rule for its values. Floating values are multiples of 2⁻¹⁶, which float32 holds
 * exactly, so every dtype and device starts from the same numbers. They are drawn by the row's name: a new row changes
 * the values of no other.
 */
import { createHash } from 'node:crypto';
import type { Shape } from '../../core';

/** Uniform in [0, 1). */
export type Random = () => number;

export interface Input {
  shape: Shape;
  dtype: 'float' | 'int32';
  /** Shall gradients flow into it? */
  wantsGradient: boolean;
  draw(random: Random, size: number): number[];
}

/** An input with its values. */
export interface Sample extends Omit<Input, 'draw'> {
  values: number[];
}

const floats = (shape: Shape, draw: Input['draw']): Input => ({ shape, dtype: 'float', wantsGradient: true, draw });
const integers = (shape: Shape, draw: Input['draw']): Input => ({ shape, dtype: 'int32', wantsGradient: false, draw });

const times = (count: number, value: () => number): number[] => Array.from({ length: count }, value);
const exact = (x: number): number => Math.round(x * 2 ** 16) / 2 ** 16;

/* ---------------------------------------------------------------------------------------------- floats */

export const between = (low: number, high: number, ...shape: number[]): Input =>
  floats(shape, (random, size) => times(size, () => exact(low + random() * (high - low))));

/** Of either sign, up to 2, and at least 0.1 away from 0, where many functions have a kink. */
export const reals = (...shape: number[]): Input =>
  floats(shape, (random, size) => times(size, () => exact((0.1 + random() * 1.9) * (random() < 0.5 ? -1 : 1))));

export const positive = (...shape: number[]): Input => between(0.25, 2, ...shape);

export const probabilities = (...shape: number[]): Input => between(0.05, 0.95, ...shape);

/** Of either sign, each at least 0.1 away from the next: for functions that choose the largest. */
export const distinct = (...shape: number[]): Input =>
  floats(shape, (random, size) =>
    shuffled(size, random).map((place) => exact((place - size / 2) / 4 + random() * 0.15)),
  );

/** The values themselves, as nested lists. */
export const given = (values: Nested): Input => floats(shapeOf(values), () => flatten(values));

/** The same, but no gradient is asked for: targets, and places where there is none. */
export const fixed = (input: Input): Input => ({ ...input, wantsGradient: false });

/* ----------------------------------------------------------------------------------------------- int32 */

/** From −9 to 9. */
export const whole = (...shape: number[]): Input =>
  integers(shape, (random, size) => times(size, () => Math.floor(random() * 19) - 9));

/** From 0 up to but without `count`. */
export const places = (count: number, ...shape: number[]): Input =>
  integers(shape, (random, size) => times(size, () => Math.floor(random() * count)));

/** 0 or 1. */
export const mask = (...shape: number[]): Input => places(2, ...shape);

export const givenWhole = (values: Nested): Input => integers(shapeOf(values), given(values).draw);

/* --------------------------------------------------------------------------------------------- drawing */

export type Nested = number | Nested[];

const shapeOf = (values: Nested): number[] =>
  Array.isArray(values) ? [values.length, ...(values.length > 0 ? shapeOf(values[0]) : [])] : [];

const flatten = (values: Nested): number[] => (Array.isArray(values) ? values.flatMap(flatten) : [values]);

/** Gives an input its values; the same name gives the same ones. */
export function draw({ draw, ...input }: Input, name: string): Sample {
  const size = input.shape.reduce((product, extent) => product * extent, 1);
  return { ...input, values: draw(randomFrom(name), size) };
}

/** Mulberry32: small, and not the generator that is tested here. */
function randomFrom(name: string): Random {
  let state = createHash('sha1').update(name).digest().readInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 0 to n − 1 in random order. */
function shuffled(n: number, random: Random): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
