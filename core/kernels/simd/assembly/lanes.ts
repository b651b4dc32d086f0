/**
 * Four numbers at a time: the few words that every kernel here is written in. A vector (`v128`) holds four float32
 * lanes; sums of products go through `madd`, which the relaxed build turns into one instruction.
 */

/** Bytes of one number, and of one vector. */
export const F32: usize = 4;
export const VECTOR: usize = 16;

/** a · b + c */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of the four lanes, in a fixed order. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** The first `count` < 4 numbers of a vector; what is missing is `rest`. */
// @ts-ignore: decorator
@inline
export function loadPart(x: usize, count: i32, rest: f32): v128 {
  let v = f32x4.splat(rest);
  if (count > 0) v = v128.load_lane<f32>(x, v, 0);
  if (count > 1) v = v128.load_lane<f32>(x, v, 1, F32);
  if (count > 2) v = v128.load_lane<f32>(x, v, 2, 2 * F32);
  return v;
}

/** Stores the first `count` < 4 numbers of a vector. */
// @ts-ignore: decorator
@inline
export function storePart(y: usize, v: v128, count: i32): void {
  if (count > 0) v128.store_lane<f32>(y, v, 0);
  if (count > 1) v128.store_lane<f32>(y, v, 1, F32);
  if (count > 2) v128.store_lane<f32>(y, v, 2, 2 * F32);
}
