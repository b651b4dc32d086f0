/**
 * One value in, one value out (cpu/map.ts): the unary functions, their gradients, and fill. Each function has a loop of
 * its own, made from one text: the loop is told the function by a constant.
 */
import { F32, VECTOR } from './lanes';
import * as math from './math';
import { addAxis, lastFour, moveFew, pieceFrom, sideBySide, startWalk, walk } from './rows';
import { ARGS, launch, run } from './threads';

/** Elements of a block. */
const BLOCK: i32 = 16384;
/** Fewer elements are not worth a second thread; a function that takes long is worth it sooner. */
const SMALL: i32 = 131072;
const SMALL_DEAR: i32 = 32768;

/** The numbers of the functions, as in map.ts one folder up. From EXP on they take long. */
const enum F {
  NEG, ABS, SIGN, SQRT, RSQRT, RELU, RELU6, LEAKY_RELU, FLOOR, ROUND, CLAMP,
  EXP, LOG, SIN, COS, TANH, ERF, SIGMOID, ELU, GELU, SILU, SOFTPLUS,
}

@unmanaged
class Unary {
  name: i32;
  x: usize;
  y: usize;
  p: f32;
  q: f32;
}

/** x side by side. */
export function unary(name: i32, x: usize, y: usize, n: i32, p: f32, q: f32): void {
  startWalk(0);
  addAxis(0, n, F32, F32, F32);
  stridedUnary(name, x, y, p, q);
}

/** x in the order of walk 0. */
export function stridedUnary(name: i32, x: usize, y: usize, p: f32, q: f32): void {
  const u = changetype<Unary>(ARGS);
  u.name = name;
  u.x = x;
  u.y = y;
  u.p = p;
  u.q = q;
  const n = walk(0).length;
  const blocks = (n + BLOCK - 1) / BLOCK;
  if (n < (name >= F.EXP ? SMALL_DEAR : SMALL)) run(unaryBlock, ARGS, blocks);
  else launch(unaryBlock, ARGS, blocks);
}

function unaryBlock(args: usize, block: i32): void {
  const u = changetype<Unary>(args);
  const w = walk(0);
  const start = block * BLOCK;
  const end = min(start + BLOCK, w.length);
  for (let i = start; i < end; ) {
    const n = pieceFrom(w, i, end);
    unaryRow(u, sideBySide(w, 0, u.x, i, n, start), u.y + i * F32, n);
    i += n;
  }
}

function unaryRow(u: Unary, x: usize, y: usize, n: i32): void {
  const whole = n & -4;
  unaryLoop(u.name, x, y, whole, u.p, u.q);
  if (whole == n) return;
  moveFew(x + whole * F32, lastFour(0), n - whole);
  unaryLoop(u.name, lastFour(0), lastFour(1), 4, u.p, u.q);
  moveFew(lastFour(1), y + whole * F32, n - whole);
}

function unaryLoop(name: i32, x: usize, y: usize, n: i32, p: f32, q: f32): void {
  switch (name) {
    case F.NEG: return negLoop(x, y, n, p, q);
    case F.ABS: return absLoop(x, y, n, p, q);
    case F.SIGN: return signLoop(x, y, n, p, q);
    case F.SQRT: return sqrtLoop(x, y, n, p, q);
    case F.RSQRT: return rsqrtLoop(x, y, n, p, q);
    case F.RELU: return reluLoop(x, y, n, p, q);
    case F.RELU6: return relu6Loop(x, y, n, p, q);
    case F.LEAKY_RELU: return leakyReluLoop(x, y, n, p, q);
    case F.FLOOR: return floorLoop(x, y, n, p, q);
    case F.ROUND: return roundLoop(x, y, n, p, q);
    case F.CLAMP: return clampLoop(x, y, n, p, q);
    case F.EXP: return expLoop(x, y, n, p, q);
    case F.LOG: return logLoop(x, y, n, p, q);
    case F.SIN: return sinLoop(x, y, n, p, q);
    case F.COS: return cosLoop(x, y, n, p, q);
    case F.TANH: return tanhLoop(x, y, n, p, q);
    case F.ERF: return erfLoop(x, y, n, p, q);
    case F.SIGMOID: return sigmoidLoop(x, y, n, p, q);
    case F.ELU: return eluLoop(x, y, n, p, q);
    case F.GELU: return geluLoop(x, y, n, p, q);
    case F.SILU: return siluLoop(x, y, n, p, q);
    case F.SOFTPLUS: return softplusLoop(x, y, n, p, q);
  }
}

/** Functions of their own: side by side in one, the optimiser takes these loops, alike but for a constant, for one. */
function negLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.NEG, x, y, n, p, q); }
function absLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.ABS, x, y, n, p, q); }
function signLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.SIGN, x, y, n, p, q); }
function sqrtLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.SQRT, x, y, n, p, q); }
function rsqrtLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.RSQRT, x, y, n, p, q); }
function reluLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.RELU, x, y, n, p, q); }
function relu6Loop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.RELU6, x, y, n, p, q); }
function leakyReluLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.LEAKY_RELU, x, y, n, p, q); }
function floorLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.FLOOR, x, y, n, p, q); }
function roundLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.ROUND, x, y, n, p, q); }
function clampLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.CLAMP, x, y, n, p, q); }
function expLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.EXP, x, y, n, p, q); }
function logLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.LOG, x, y, n, p, q); }
function sinLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.SIN, x, y, n, p, q); }
function cosLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.COS, x, y, n, p, q); }
function tanhLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.TANH, x, y, n, p, q); }
function erfLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.ERF, x, y, n, p, q); }
function sigmoidLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.SIGMOID, x, y, n, p, q); }
function eluLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.ELU, x, y, n, p, q); }
function geluLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.GELU, x, y, n, p, q); }
function siluLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.SILU, x, y, n, p, q); }
function softplusLoop(x: usize, y: usize, n: i32, p: f32, q: f32): void { loop(F.SOFTPLUS, x, y, n, p, q); }

/** For n a multiple of 4. */
// @ts-ignore: decorator
@inline
function loop(name: i32, x: usize, y: usize, n: i32, p: f32, q: f32): void {
  const p4 = f32x4.splat(p), q4 = f32x4.splat(q);
  for (const end = x + n * F32; x < end; x += VECTOR, y += VECTOR) {
    v128.store(y, valueOf(name, v128.load(x), p4, q4));
  }
}

// @ts-ignore: decorator
@inline
function valueOf(name: i32, x: v128, p: v128, q: v128): v128 {
  if (name == F.NEG) return f32x4.neg(x);
  if (name == F.ABS) return f32x4.abs(x);
  if (name == F.SIGN) return math.sign(x);
  if (name == F.SQRT) return f32x4.sqrt(x);
  if (name == F.RSQRT) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x)); // 1.5 ulp
  if (name == F.RELU) return v128.andnot(x, f32x4.lt(x, f32x4.splat(0)));
  if (name == F.RELU6) return f32x4.min(f32x4.max(x, f32x4.splat(0)), f32x4.splat(6));
  if (name == F.LEAKY_RELU) return v128.bitselect(f32x4.mul(p, x), x, f32x4.lt(x, f32x4.splat(0)));
  if (name == F.FLOOR) return f32x4.floor(x);
  if (name == F.ROUND) return f32x4.nearest(x);
  if (name == F.CLAMP) return f32x4.min(f32x4.max(x, p), q);
  if (name == F.EXP) return math.exp(x);
  if (name == F.LOG) return math.log(x);
  if (name == F.SIN) return math.sin(x);
  if (name == F.COS) return math.cos(x);
  if (name == F.TANH) return math.tanh(x);
  if (name == F.ERF) return math.erf(x);
  if (name == F.SIGMOID) return math.sigmoid(x);
  if (name == F.ELU) return math.elu(x, p);
  if (name == F.GELU) return math.gelu(x);
  if (name == F.SILU) return math.silu(x);
  return math.softplus(x);
}

/* -------------------------------------------------------------------------------------------------- gradients */

@unmanaged
class UnaryGradient {
  name: i32;
  g: usize;
  v: usize;
  gx: usize;
  n: i32;
  p: f32;
}

/** gx = g · f′, computed from v; all side by side. */
export function unaryGradient(name: i32, g: usize, v: usize, gx: usize, n: i32, p: f32): void {
  const u = changetype<UnaryGradient>(ARGS);
  u.name = name;
  u.g = g;
  u.v = v;
  u.gx = gx;
  u.n = n;
  u.p = p;
  const blocks = (n + BLOCK - 1) / BLOCK;
  if (n < (name >= F.EXP ? SMALL_DEAR : SMALL)) run(gradientBlock, ARGS, blocks);
  else launch(gradientBlock, ARGS, blocks);
}

function gradientBlock(args: usize, block: i32): void {
  const u = changetype<UnaryGradient>(args);
  const start = block * BLOCK;
  const n = min(BLOCK, u.n - start);
  const whole = n & -4;
  gradientLoop(u.name, u.g + start * F32, u.v + start * F32, u.gx + start * F32, whole, u.p);
  if (whole == n) return;
  const rest = (start + whole) * F32;
  moveFew(u.g + rest, lastFour(0), n - whole);
  moveFew(u.v + rest, lastFour(1), n - whole);
  gradientLoop(u.name, lastFour(0), lastFour(1), lastFour(2), 4, u.p);
  moveFew(lastFour(2), u.gx + rest, n - whole);
}

function gradientLoop(name: i32, g: usize, v: usize, gx: usize, n: i32, slope: f32): void {
  const p = f32x4.splat(slope);
  switch (name) {
    case F.TANH: return tanhSlope(g, v, gx, n, p);
    case F.SIGMOID: return sigmoidSlope(g, v, gx, n, p);
    case F.RELU: return reluSlope(g, v, gx, n, p);
    case F.RELU6: return relu6Slope(g, v, gx, n, p);
    case F.LEAKY_RELU: return leakyReluSlope(g, v, gx, n, p);
    case F.ELU: return eluSlope(g, v, gx, n, p);
    case F.GELU: return geluSlope(g, v, gx, n, p);
    case F.SILU: return siluSlope(g, v, gx, n, p);
    case F.SOFTPLUS: return softplusSlope(g, v, gx, n, p);
  }
}

function tanhSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.TANH, g, v, gx, n, p); }
function sigmoidSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.SIGMOID, g, v, gx, n, p); }
function reluSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.RELU, g, v, gx, n, p); }
function relu6Slope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.RELU6, g, v, gx, n, p); }
function leakyReluSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void {
  slopeLoop(F.LEAKY_RELU, g, v, gx, n, p);
}
function eluSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.ELU, g, v, gx, n, p); }
function geluSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.GELU, g, v, gx, n, p); }
function siluSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.SILU, g, v, gx, n, p); }
function softplusSlope(g: usize, v: usize, gx: usize, n: i32, p: v128): void { slopeLoop(F.SOFTPLUS, g, v, gx, n, p); }

/** For n a multiple of 4. */
// @ts-ignore: decorator
@inline
function slopeLoop(name: i32, g: usize, v: usize, gx: usize, n: i32, p: v128): void {
  for (const end = g + n * F32; g < end; g += VECTOR, v += VECTOR, gx += VECTOR) {
    v128.store(gx, timesSlope(name, v128.load(g), v128.load(v), p));
  }
}

/** g · f′, where f′ is a mask for the piecewise linear ones: 0 · NaN would be NaN. */
// @ts-ignore: decorator
@inline
function timesSlope(name: i32, g: v128, v: v128, p: v128): v128 {
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  if (name == F.TANH) return f32x4.mul(g, f32x4.sub(one, f32x4.mul(v, v)));
  if (name == F.SIGMOID) return f32x4.mul(f32x4.mul(g, v), f32x4.sub(one, v));
  const positive = f32x4.gt(v, zero);
  if (name == F.RELU) return v128.and(g, positive);
  if (name == F.RELU6) return v128.and(g, v128.and(positive, f32x4.lt(v, f32x4.splat(6))));
  if (name == F.LEAKY_RELU) return v128.bitselect(g, f32x4.mul(p, g), positive);
  if (name == F.ELU) return v128.bitselect(g, f32x4.mul(f32x4.mul(p, math.exp(v)), g), positive);
  if (name == F.GELU) return f32x4.mul(g, math.geluSlope(v));
  const s = math.sigmoid(v);
  if (name == F.SILU) return f32x4.mul(f32x4.mul(g, s), f32x4.add(one, f32x4.mul(v, f32x4.sub(one, s))));
  return f32x4.mul(g, s);
}

/* ------------------------------------------------------------------------------------------------------- fill */

@unmanaged
class Fill {
  y: usize;
  n: i32;
  value: f32;
}

export function fill(y: usize, n: i32, value: f32): void {
  const f = changetype<Fill>(ARGS);
  f.y = y;
  f.n = n;
  f.value = value;
  const blocks = (n + BLOCK - 1) / BLOCK;
  if (n < SMALL) run(fillBlock, ARGS, blocks);
  else launch(fillBlock, ARGS, blocks);
}

function fillBlock(args: usize, block: i32): void {
  const f = changetype<Fill>(args);
  const start = block * BLOCK;
  const value = f32x4.splat(f.value);
  let y = f.y + start * F32;
  let n = min(BLOCK, f.n - start);
  for (; n >= 4; n -= 4, y += VECTOR) v128.store(y, value);
  for (; n > 0; n--, y += F32) store<f32>(y, f.value);
}
