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
