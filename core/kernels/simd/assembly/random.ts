/**
 * Random numbers (cpu/random.ts): Philox 4×32-10 for four counters at a time, a lane for each; the formulas and
 * constants are those of ../../philox.ts.
 */
import { F32, VECTOR } from './lanes';
import * as math from './math';
import { moveFew } from './rows';
import { ARGS, launch, run, scratch } from './threads';

/** Elements of a block, and of a round: four counters give sixteen numbers. */
const BLOCK: i32 = 8192;
const ROUND: i32 = 16;
/** Fewer elements are not worth a second thread. */
const SMALL: i32 = 16384;

/** The numbers of the distributions, as in random.ts one folder up. */
const enum D {
  UNIFORM, NORMAL, BERNOULLI,
}

@unmanaged
class Draw {
  distribution: i32;
  y: usize;
  n: i32;
  seedLow: u32;
  seedHigh: u32;
  counter: u64;
  threshold: u32;
}

export function random(
  distribution: i32, y: usize, n: i32,
  seedLow: u32, seedHigh: u32, counterLow: u32, counterHigh: u32, threshold: u32,
): void {
  const d = changetype<Draw>(ARGS);
  d.distribution = distribution;
  d.y = y;
  d.n = n;
  d.seedLow = seedLow;
  d.seedHigh = seedHigh;
  d.counter = (<u64>counterHigh << 32) | counterLow;
  d.threshold = threshold;
  const blocks = (n + BLOCK - 1) / BLOCK;
  if (n < SMALL) run(drawBlock, ARGS, blocks);
  else launch(drawBlock, ARGS, blocks);
}

function drawBlock(args: usize, block: i32): void {
  const d = changetype<Draw>(args);
  const start = block * BLOCK;
  const end = min(start + BLOCK, d.n);
  for (let i = start; i < end; i += ROUND) {
    const y = d.y + i * F32;
    const whole = i + ROUND <= end;
    const to = whole ? y : scratch;
    if (d.distribution == D.UNIFORM) drawSixteen(D.UNIFORM, d, i, to);
    else if (d.distribution == D.NORMAL) drawSixteen(D.NORMAL, d, i, to);
    else drawSixteen(D.BERNOULLI, d, i, to);
    if (!whole) moveFew(scratch, y, end - i);
  }
}

/** Elements i to i + 15. Lane l of c0 … c3 holds the four numbers of counter i / 4 + l. */
// @ts-ignore: decorator
@inline
function drawSixteen(distribution: i32, d: Draw, i: i32, y: usize): void {
  const counter = d.counter + (<u64>i >> 2);
  const first = i32x4.splat(<i32>counter);
  let c0 = i32x4.add(first, i32x4(0, 1, 2, 3));
  const carry = i32x4.lt_u(c0, first);
  let c1 = i32x4.sub(i32x4.splat(<i32>(counter >> 32)), carry); // a mask is −1
  let c2 = i32x4.splat(0), c3 = i32x4.splat(0);
  let k0 = d.seedLow, k1 = d.seedHigh;
  const m0 = i32x4.splat(0xd2511f53), m1 = i32x4.splat(0xcd9e8d57);
  for (let round = 0; round < 10; round++) {
    const low0 = i64x2.extmul_low_i32x4_u(c0, m0), high0 = i64x2.extmul_high_i32x4_u(c0, m0);
    const low1 = i64x2.extmul_low_i32x4_u(c2, m1), high1 = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(v128.shuffle<i32>(low1, high1, 1, 3, 5, 7), c1), i32x4.splat(k0));
    c2 = v128.xor(v128.xor(v128.shuffle<i32>(low0, high0, 1, 3, 5, 7), c3), i32x4.splat(k1));
    c1 = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
    c3 = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  if (distribution == D.BERNOULLI) {
    storeTurned(isBelow(c0, d), isBelow(c1, d), isBelow(c2, d), isBelow(c3, d), y);
  } else if (distribution == D.UNIFORM) {
    storeTurned(toUniform(c0), toUniform(c1), toUniform(c2), toUniform(c3), y);
  } else {
    const radius0 = radius(c0), radius1 = radius(c2);
    const turn0 = toUniform(c1), turn1 = toUniform(c3);
    storeTurned(
      f32x4.mul(radius0, math.cosOfTurn(turn0)), f32x4.mul(radius0, math.sinOfTurn(turn0)),
      f32x4.mul(radius1, math.cosOfTurn(turn1)), f32x4.mul(radius1, math.sinOfTurn(turn1)), y,
    );
  }
}

/** 24 random bits as a number in [0, 1) */
// @ts-ignore: decorator
@inline
function toUniform(bits: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(bits, 8)), f32x4.splat(5.9604644775390625e-8));
}

// @ts-ignore: decorator
@inline
function isBelow(bits: v128, d: Draw): v128 {
  return v128.and(i32x4.lt_u(bits, i32x4.splat(d.threshold)), f32x4.splat(1));
}

/** √(−2 log(1 − u)), of Box and Muller */
// @ts-ignore: decorator
@inline
function radius(bits: v128): v128 {
  const log = math.log(f32x4.sub(f32x4.splat(1), toUniform(bits)));
  return f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log));
}

/** Stores the lanes of the four vectors by turns: first all first ones. */
// @ts-ignore: decorator
@inline
function storeTurned(r0: v128, r1: v128, r2: v128, r3: v128, y: usize): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(y, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), VECTOR);
  v128.store(y, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 2 * VECTOR);
  v128.store(y, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 3 * VECTOR);
}
