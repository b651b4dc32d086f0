/**
 * Functions of four numbers at a time, from polynomials of least greatest error. Each comment gives the largest error
 * found, in ulp (the distance of neighbouring float32 numbers at the exact value); test/kernels/ulp.test.ts holds them
 * to it. NaN, infinities, zeros and denormals give what JavaScript's Math gives.
 *
 * Constants lie in memory, as lists: a load takes one instruction, a constant in the code four, in each round of a
 * loop. pmin(x, bound) and pmax(x, bound), in this order, hand a NaN through, and take one instruction where min takes
 * five.
 */
import { madd } from './lanes';

const ONE = memory.data<f32>([1]);
const TWO = memory.data<f32>([2]);
const HALF = memory.data<f32>([0.5]);
const MINUS_HALF = memory.data<f32>([-0.5]);
const INFINITY = memory.data<f32>([Infinity]);
const SIGN = memory.data<u32>([0x80000000]);

/** The constant at an address, in all lanes. */
// @ts-ignore: decorator
@inline
function four(constant: usize): v128 {
  return v128.load32_splat(constant);
}

// @ts-ignore: decorator
@inline
function zero(): v128 {
  return f32x4.splat(0);
}

/** a where the mask is set, b elsewhere. */
// @ts-ignore: decorator
@inline
function select(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** The size of a (which is not negative) with the sign of b. */
// @ts-ignore: decorator
@inline
function withSignOf(a: v128, b: v128): v128 {
  return v128.or(a, v128.and(b, four(SIGN)));
}

/** −1, 0 or 1; a zero keeps its sign */
// @ts-ignore: decorator
@inline
export function sign(x: v128): v128 {
  const one = v128.or(f32x4.lt(x, zero()), f32x4.gt(x, zero())); // neither 0 nor NaN
  return select(one, withSignOf(four(ONE), x), x);
}

/** −|x| */
// @ts-ignore: decorator
@inline
function negativeSize(x: v128): v128 {
  return v128.or(x, four(SIGN));
}

/* polynomials, the highest power's coefficient first, by Estrin's scheme: parts that do not wait for one another, where
 * Horner's would be one long chain */

/** c₁ · x + c₂ for two coefficients side by side. */
// @ts-ignore: decorator
@inline
function pair(c: usize, x: v128): v128 {
  return madd(four(c), x, four(c + 4));
}

// @ts-ignore: decorator
@inline
function polynomial5(c: usize, x: v128): v128 {
  const x2 = f32x4.mul(x, x);
  return madd(madd(four(c), x2, pair(c + 4, x)), x2, pair(c + 12, x));
}

// @ts-ignore: decorator
@inline
function polynomial7(c: usize, x: v128): v128 {
  const x2 = f32x4.mul(x, x);
  const high = madd(four(c), x2, pair(c + 4, x));
  return madd(high, f32x4.mul(x2, x2), madd(pair(c + 12, x), x2, pair(c + 20, x)));
}

// @ts-ignore: decorator
@inline
function polynomial9(c: usize, x: v128): v128 {
  const x2 = f32x4.mul(x, x), x4 = f32x4.mul(x2, x2);
  const high = madd(four(c), x4, madd(pair(c + 4, x), x2, pair(c + 12, x)));
  return madd(high, x4, madd(pair(c + 20, x), x2, pair(c + 28, x)));
}

// @ts-ignore: decorator
@inline
function polynomial10(c: usize, x: v128): v128 {
  const x2 = f32x4.mul(x, x), x4 = f32x4.mul(x2, x2);
  const high = madd(pair(c, x), x4, madd(pair(c + 8, x), x2, pair(c + 16, x)));
  return madd(high, x4, madd(pair(c + 24, x), x2, pair(c + 32, x)));
}

/* ---------------------------------------------------- exp: x = n · ln 2 + r, eˣ = 2ⁿ · eʳ, |r| ≤ ln 2 / 2 */

const LOG2_E = memory.data<f32>([1.44269504]);
/** −ln 2 in two parts: whole multiples of the first, up to 2¹⁵, are exact. */
const LN2_HIGH = memory.data<f32>([-0.693359375]);
const LN2_LOW = memory.data<f32>([2.1219444e-4]);
/** 1.5 · 2²³: adding it rounds to a whole number n, which then stands in the lowest bits. */
const ROUNDING = memory.data<f32>([12582912]);
/** With 127 more, the lowest bits are the exponent of 2ⁿ, … */
const TO_POWER = memory.data<f32>([12582912 + 127]);
/** … with 64 more that of 2ⁿ⁺⁶⁴, which is a normal number for all n from −190 to 63, … */
const TO_RAISED_POWER = memory.data<f32>([12582912 + 127 + 64]);
/** … and with twice 127, half of them is that of 2ⁿᐟ². */
const TO_TWO_POWERS = memory.data<f32>([12582912 + 2 * 127]);
const TWO_TO_MINUS_64 = memory.data<f32>([5.42101086e-20]);
const EXPM1 = memory.data<f32>([0.00138825295, 0.00836652797, 0.0416672006, 0.166665435, 0.49999997]);

/** The whole number n nearest to x / ln 2, made with one of the constants above. */
// @ts-ignore: decorator
@inline
function roundedPower(x: v128, rounding: usize): v128 {
  return madd(x, four(LOG2_E), four(rounding));
}

// @ts-ignore: decorator
@inline
function remainder(x: v128, rounded: v128, rounding: usize): v128 {
  const n = f32x4.sub(rounded, four(rounding));
  return madd(n, four(LN2_LOW), madd(n, four(LN2_HIGH), x));
}

/** eʳ − 1 for |r| ≤ ln 2 / 2 */
// @ts-ignore: decorator
@inline
function expm1OfRemainder(r: v128): v128 {
  return madd(polynomial5(EXPM1, r), f32x4.mul(r, r), r);
}

/** 2ⁿ · eʳ for all n, in two steps: 2ⁿ alone may be too large or too small for a float32. */
// @ts-ignore: decorator
@inline
function expFrom(r: v128, rounded: v128): v128 {
  const half = i32x4.shr_s(rounded, 1);
  const power = i32x4.shl(half, 23), rest = i32x4.shl(i32x4.sub(rounded, half), 23);
  return f32x4.mul(madd(expm1OfRemainder(r), power, power), rest);
}

/** 2ⁿ⁺⁶⁴ · eʳ for n < 64. */
// @ts-ignore: decorator
@inline
function raisedExpFrom(r: v128, rounded: v128): v128 {
  const power = i32x4.shl(rounded, 23);
  return madd(expm1OfRemainder(r), power, power);
}

/** Beyond these, eˣ is infinity or 0. */
const EXP_MOST = memory.data<f32>([89]);
const EXP_LEAST = memory.data<f32>([-104]);

/** eˣ: 1 ulp */
// @ts-ignore: decorator
@inline
export function exp(v: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(v, four(EXP_MOST)), four(EXP_LEAST));
  const rounded = roundedPower(x, TO_TWO_POWERS);
  return expFrom(remainder(x, rounded, TO_TWO_POWERS), rounded);
}

/** eˣ for x ≤ 0: 1 ulp */
// @ts-ignore: decorator
@inline
export function expOfNegative(v: v128): v128 {
  const x = f32x4.pmax(v, four(EXP_LEAST));
  const rounded = roundedPower(x, TO_RAISED_POWER);
  return f32x4.mul(raisedExpFrom(remainder(x, rounded, TO_RAISED_POWER), rounded), four(TWO_TO_MINUS_64));
}

/** Beyond these, eˣ − 1 is −1, and (e²ˣ − 1) / (e²ˣ + 1) is 1. */
const EXPM1_LEAST = memory.data<f32>([-18]);
const EXPM1_MOST = memory.data<f32>([40]);

/** eˣ − 1 for x ≤ 40, without loss around 0 */
// @ts-ignore: decorator
@inline
function expm1(v: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(v, four(EXPM1_MOST)), four(EXPM1_LEAST));
  const rounded = roundedPower(x, TO_POWER);
  const power = i32x4.shl(rounded, 23);
  return madd(expm1OfRemainder(remainder(x, rounded, TO_POWER)), power, f32x4.sub(power, four(ONE)));
}

/** 1 / (1 + e⁻ˣ): 2.3 ulp. Only ever a power of e below 1 is taken, so nothing overflows. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const one = four(ONE);
  const e = expOfNegative(negativeSize(x));
  return f32x4.div(select(f32x4.lt(x, zero()), e, one), f32x4.add(one, e));
}

/** (e²ˣ − 1) / (e²ˣ + 1): 2.5 ulp */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const e = expm1(f32x4.add(size, size));
  return withSignOf(f32x4.div(e, f32x4.add(e, four(TWO))), x);
}

/** x · sigmoid(x): 2.7 ulp; 52 where eˣ is denormal, x < −87 */
// @ts-ignore: decorator
@inline
export function silu(x: v128): v128 {
  return f32x4.mul(x, sigmoid(x));
}

/** x, and below zero p · (eˣ − 1): 1.5 ulp */
// @ts-ignore: decorator
@inline
export function elu(x: v128, p: v128): v128 {
  return select(f32x4.lt(x, zero()), f32x4.mul(p, expm1(x)), x);
}

/* ---------------------------------- log: x = 2ⁱ · (1 + f), log x = i · ln 2 + log(1 + f), √½ ≤ 1 + f < √2 */

const LEAST_NORMAL = memory.data<f32>([1.17549435e-38]);
const TWO_23 = memory.data<f32>([8388608]);
const TWENTY_THREE = memory.data<f32>([23]);
const MINUS_INFINITY = memory.data<f32>([-Infinity]);
const NOT_A_NUMBER = memory.data<f32>([NaN]);
const ROOT_HALF = memory.data<f32>([0.70710677]);
const EXPONENT = memory.data<u32>([0xff800000]);
const LOG1P = memory.data<f32>([
  -0.0763450414, 0.127615795, -0.131601796, 0.142017573, -0.166233569, 0.200012267, -0.250008196, 0.333333313, -0.5,
]);

/** log(1 + f) for √½ ≤ 1 + f < √2 */
// @ts-ignore: decorator
@inline
function log1pOfFraction(f: v128): v128 {
  return madd(polynomial9(LOG1P, f), f32x4.mul(f, f), f);
}

/** log(x · 2^−shift) for a positive, finite, normal x. */
// @ts-ignore: decorator
@inline
function logOfNormal(x: v128, shift: v128): v128 {
  const exponent = v128.and(i32x4.sub(x, four(ROOT_HALF)), four(EXPONENT));
  const f = f32x4.sub(i32x4.sub(x, exponent), four(ONE));
  const i = f32x4.sub(f32x4.convert_i32x4_s(i32x4.shr_s(exponent, 23)), shift);
  const low = f32x4.sub(log1pOfFraction(f), f32x4.mul(i, four(LN2_LOW)));
  return f32x4.sub(low, f32x4.mul(i, four(LN2_HIGH)));
}

/** With denormals, zeros, negative numbers, infinity or NaN in some lanes. */
function logOfAny(x: v128): v128 {
  const denormal = f32x4.lt(x, four(LEAST_NORMAL));
  const normal = select(denormal, f32x4.mul(x, four(TWO_23)), x);
  const y = logOfNormal(normal, v128.and(denormal, four(TWENTY_THREE)));
  const none = select(f32x4.lt(x, zero()), four(NOT_A_NUMBER), x);
  const infinite = select(f32x4.eq(x, zero()), four(MINUS_INFINITY), none);
  return select(v128.and(f32x4.gt(x, zero()), f32x4.lt(x, four(INFINITY))), y, infinite);
}

/** log x: 1 ulp */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const ordinary = v128.and(f32x4.ge(x, four(LEAST_NORMAL)), f32x4.lt(x, four(INFINITY)));
  return i32x4.all_true(ordinary) ? logOfNormal(x, zero()) : logOfAny(x);
}

const ROOT_TWO_MINUS_ONE = memory.data<f32>([0.41421354]);
const LN2 = memory.data<f32>([0.693147181]);

/** log(1 + eˣ), as max(x, 0) + log(1 + e) with e = e^−|x| ≤ 1: 1.7 ulp */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  const e = expOfNegative(negativeSize(x));
  const large = f32x4.gt(e, four(ROOT_TWO_MINUS_ONE)); // then log(1 + e) = ln 2 + log(1 + (e − 1) / 2)
  const f = select(large, f32x4.mul(f32x4.sub(e, four(ONE)), four(HALF)), e);
  const log1p = f32x4.add(v128.and(large, four(LN2)), log1pOfFraction(f));
  return f32x4.add(f32x4.pmax(x, zero()), log1p);
}

/* ---------------------------------------------------------- the bell curve and the area to the left of it */

const HEAD = memory.data<u32>([0xfffff000]);
const BELL_MOST = memory.data<f32>([15]);
const MINUS_HALF_LOG2_E = memory.data<f32>([-0.721347511]);
const TAIL_STEP = memory.data<f32>([0.375]);
/** These and the density are 2⁻⁶⁴ of what they mean, since the bell is 2⁶⁴ of what it means. */
const TAIL = memory.data<f32>([
  -1.06497333e-21, 2.67939694e-21, -9.75622374e-22, -6.83185856e-22, -2.14041162e-21, -9.08150306e-22, 6.52918336e-21,
  8.13439317e-21, -3.0566104e-20, 2.71050543e-20,
]);
const DENSITY_AT_0 = memory.data<f32>([2.1626705e-20]);

/** |x|, but no more than from where on the bell is 0. */
// @ts-ignore: decorator
@inline
function distance(x: v128): v128 {
  return f32x4.pmin(f32x4.abs(x), four(BELL_MOST));
}

/**
 * 2⁶⁴ · e^(−a²/2): 1.2 ulp. a² is taken as head² + (a + head)·(a − head), or its rounding would show in the result. The
 * remainder is summed up in two parts that do not wait for one another.
 */
// @ts-ignore: decorator
@inline
function bell(a: v128): v128 {
  const head = v128.and(a, four(HEAD));
  const square = f32x4.mul(head, head); // exact
  const rest = f32x4.mul(f32x4.add(a, head), f32x4.sub(a, head));
  const rounded = madd(square, four(MINUS_HALF_LOG2_E), four(TO_RAISED_POWER));
  const n = f32x4.sub(rounded, four(TO_RAISED_POWER));
  const high = madd(n, four(LN2_HIGH), f32x4.mul(square, four(MINUS_HALF)));
  const low = madd(n, four(LN2_LOW), f32x4.mul(rest, four(MINUS_HALF)));
  return raisedExpFrom(f32x4.add(high, low), rounded);
}

/**
 * Φ(−a), the part of the bell's area left of −a, given b = bell(a): 5.3 ulp. It is e^(−a²/2) · t · P(1 − t) with
 * t = 1 / (1 + 3a/8).
 */
// @ts-ignore: decorator
@inline
function tail(a: v128, b: v128): v128 {
  const scaled = f32x4.mul(a, four(TAIL_STEP));
  const t = f32x4.div(four(ONE), f32x4.add(scaled, four(ONE)));
  const u = f32x4.mul(scaled, t); // 1 − t, without loss around 0
  return f32x4.mul(f32x4.mul(polynomial10(TAIL, u), t), b);
}

/** x · Φ(x), as max(x, 0) − |x| · Φ(−|x|): 5.3 ulp (the test's numbers: 5); 9 where the bell is denormal, x < −13 */
// @ts-ignore: decorator
@inline
export function gelu(x: v128): v128 {
  const a = distance(x);
  const minusSize = f32x4.pmin(x, f32x4.neg(a)); // finite for ∞, where the tail is 0
  return madd(minusSize, tail(a, bell(a)), f32x4.pmax(x, zero()));
}

/** The slope of gelu, Φ(x) + x · φ(x) with φ(x) = e^(−x²/2) / √2π */
// @ts-ignore: decorator
@inline
export function geluSlope(x: v128): v128 {
  const a = distance(x);
  const b = bell(a), left = tail(a, b);
  const area = select(f32x4.gt(x, zero()), f32x4.sub(four(ONE), left), left);
  return madd(f32x4.mul(x, four(DENSITY_AT_0)), b, area);
}

const ERF_SMALL = memory.data<f32>([0.927734375]);
const ERF_MOST = memory.data<f32>([4]);
/** erf(x) = x + x · P(x²) for small x … */
const ERF = memory.data<f32>([
  8.31678844e-5, -0.000813001534, 0.00519990688, -0.0268589407, 0.112836875, -0.376126319, 0.128379166,
]);
/** … and 1 − e^(−x + x · P(x)) for others. */
const ERFC = memory.data<f32>([
  -1.7285347e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1,
]);

/** erf x: 1.2 ulp */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), four(ERF_MOST));
  const square = f32x4.mul(size, size);
  const near = madd(polynomial7(ERF, square), size, size);
  const exponent = f32x4.sub(f32x4.mul(polynomial7(ERFC, size), size), size);
  const far = f32x4.sub(four(ONE), expOfNegative(exponent));
  return withSignOf(select(f32x4.gt(size, four(ERF_SMALL)), far, near), x);
}

/* ------------------------------- sin and cos: |x| = n · π/2 + r, |r| ≤ π/4, and n mod 4 says which of two */

const TWO_OVER_PI = memory.data<f64>([0.6366197723675814]);
/** π/2 in two parts: whole multiples of the first, up to 2²⁸, are exact. */
const PI_HALF_HIGH = memory.data<f64>([1.5707963109016418]);
const PI_HALF_LOW = memory.data<f64>([1.5893254773528197e-8]);
/** As ROUNDING, for double precision. */
const ROUNDING_64 = memory.data<f64>([6755399441055744]);
/** From here on, x is reduced with as many digits of 2/π as it takes. */
const LARGE = memory.data<f32>([1e8]);
const SIN = memory.data<f32>([-0.000195152184, 0.0083321603, -0.166666552]);
const COS = memory.data<f32>([2.4433084e-5, -0.00138873153, 0.0416666456, -0.5]);

/** The first two lanes in double precision. */
// @ts-ignore: decorator
@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The last two. */
// @ts-ignore: decorator
@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Back to four lanes in single precision. */
// @ts-ignore: decorator
@inline
function join(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

// @ts-ignore: decorator
@inline
function roundedQuarters(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, v128.load64_splat(TWO_OVER_PI)), v128.load64_splat(ROUNDING_64));
}

// @ts-ignore: decorator
@inline
function remainderOfQuarters(x: v128, rounded: v128): v128 {
  const n = f64x2.sub(rounded, v128.load64_splat(ROUNDING_64));
  const r = f64x2.sub(x, f64x2.mul(n, v128.load64_splat(PI_HALF_HIGH)));
  return f64x2.sub(r, f64x2.mul(n, v128.load64_splat(PI_HALF_LOW)));
}

/** sin(r + n · π/2) */
// @ts-ignore: decorator
@inline
function sinFrom(r: v128, n: v128): v128 {
  const square = f32x4.mul(r, r);
  let s = madd(four(SIN), square, four(SIN + 4));
  s = madd(s, square, four(SIN + 8));
  s = madd(f32x4.mul(s, square), r, r);
  let c = madd(four(COS), square, four(COS + 4));
  c = madd(c, square, four(COS + 8));
  c = madd(c, square, four(COS + 12));
  c = madd(c, square, four(ONE));
  const odd = i32x4.shr_s(i32x4.shl(n, 31), 31);
  return v128.xor(select(odd, c, s), v128.and(i32x4.shl(n, 30), four(SIGN)));
}

/** sin(x + quarters · π/2) for 0 ≤ x < LARGE */
// @ts-ignore: decorator
@inline
function sinOfMedium(x: v128, quarters: i32): v128 {
  const a = low(x), b = high(x);
  const nA = roundedQuarters(a), nB = roundedQuarters(b);
  const r = join(remainderOfQuarters(a, nA), remainderOfQuarters(b, nB));
  return sinFrom(r, i32x4.add(v128.shuffle<i32>(nA, nB, 0, 2, 4, 6), i32x4.splat(quarters)));
}

/** sin(|x| + quarters · π/2) */
// @ts-ignore: decorator
@inline
function sinOfSize(x: v128, quarters: i32): v128 {
  const size = f32x4.abs(x);
  const medium = f32x4.lt(size, four(LARGE));
  return i32x4.all_true(medium) ? sinOfMedium(size, quarters) : sinOfAny(size, medium, quarters);
}

function sinOfAny(size: v128, medium: v128, quarters: i32): v128 {
  return select(medium, sinOfMedium(size, quarters), sinOfLarge(size, quarters));
}

/** sin x: 1.6 ulp */
// @ts-ignore: decorator
@inline
export function sin(x: v128): v128 {
  return v128.xor(sinOfSize(x, 0), v128.and(x, four(SIGN)));
}

/** cos x: 1.6 ulp */
// @ts-ignore: decorator
@inline
export function cos(x: v128): v128 {
  return sinOfSize(x, 1);
}

const FOUR = memory.data<f32>([4]);
const PI_HALF = memory.data<f32>([1.57079633]);

/** sin 2πu for 0 ≤ u < 1: 3 ulp of 1. Nothing is lost before u, in quarters, is split. */
// @ts-ignore: decorator
@inline
export function sinOfTurn(u: v128): v128 {
  return sinOfQuarters(f32x4.mul(u, four(FOUR)), 0);
}

// @ts-ignore: decorator
@inline
export function cosOfTurn(u: v128): v128 {
  return sinOfQuarters(f32x4.mul(u, four(FOUR)), 1);
}

// @ts-ignore: decorator
@inline
function sinOfQuarters(x: v128, quarters: i32): v128 {
  const rounded = f32x4.add(x, four(ROUNDING));
  const r = f32x4.mul(f32x4.sub(x, f32x4.sub(rounded, four(ROUNDING))), four(PI_HALF));
  return sinFrom(r, i32x4.add(rounded, i32x4.splat(quarters)));
}

/** The binary digits of 2/π after the point. */
const DIGITS = memory.data<u64>([0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561]);

/** The same for |x| from LARGE on, lane by lane, the vectors turning. Infinities have no sine. */
function sinOfLarge(x: v128, quarters: i32): v128 {
  let size = f32x4.pmax(x, four(LARGE));
  let r = zero(), n = zero();
  for (let lane = 0; lane < 4; lane++) {
    const turn = partOfTurn(f32x4.extract_lane(size, 0));
    const remainder = <f64>(<i64>(turn << 2)) * 8.515303950216386e-20; // π/2 · 2⁻⁶⁴
    r = f32x4.replace_lane(v128.shuffle<f32>(r, r, 1, 2, 3, 0), 3, <f32>remainder);
    n = i32x4.replace_lane(v128.shuffle<i32>(n, n, 1, 2, 3, 0), 3, <i32>((turn + (1 << 61)) >> 62));
    size = v128.shuffle<f32>(size, size, 1, 2, 3, 0);
  }
  const y = sinFrom(r, i32x4.add(n, i32x4.splat(quarters)));
  return select(f32x4.lt(size, four(INFINITY)), y, four(NOT_A_NUMBER));
}

/**
 * x · 2/π mod 4, in units of 2⁻⁶² (Payne and Hanek, 1983): of x = m · 2ᵉ and the digits of 2/π only those are
 * multiplied that do not make whole turns.
 */
function partOfTurn(x: f32): u64 {
  const bits = reinterpret<u32>(x);
  const m = <u64>((bits & 0x7fffff) | 0x800000);
  const skipped = <i32>(bits >> 23) - 152; // e − 2: these digits make multiples of 4
  return m * digits(skipped) + ((m * (digits(skipped + 64) >> 32)) >> 32);
}

/** 64 of the digits, the first so many left out. */
function digits(skipped: i32): u64 {
  const word = DIGITS + ((skipped >> 6) << 3);
  const shift = <u64>(skipped & 63);
  return shift ? (load<u64>(word) << shift) | (load<u64>(word, 8) >> (64 - shift)) : load<u64>(word);
}

/* ------------------------------------------------------------------------------- pow: aᵇ = 2^(b · log₂ a) */

const LN2_64 = memory.data<f64>([0.6931471805599453]);
const TWO_64 = memory.data<f64>([2]);
/** Powers of 2 beyond these are infinity or 0. */
const POWER_MOST = memory.data<f64>([160]);
const POWER_LEAST = memory.data<f64>([-160]);
/** log₂ m = s · P(s²) with s = (m − 1) / (m + 1) */
const LOG2 = memory.data<f64>([
  0.34072739021284476, 0.4116728786703033, 0.5770835820448691, 0.9617966733586772, 2.885390081790072,
]);

/** b · log₂(2ⁱ · (1 + f)), two lanes in double precision: an error here counts up to 150 times in the power. */
// @ts-ignore: decorator
@inline
function scaledLog2(b: v128, i: v128, f: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, v128.load64_splat(TWO_64)));
  const square = f64x2.mul(s, s);
  let p = f64x2.add(f64x2.mul(v128.load64_splat(LOG2), square), v128.load64_splat(LOG2 + 8));
  p = f64x2.add(f64x2.mul(p, square), v128.load64_splat(LOG2 + 16));
  p = f64x2.add(f64x2.mul(p, square), v128.load64_splat(LOG2 + 24));
  p = f64x2.add(f64x2.mul(p, square), v128.load64_splat(LOG2 + 32));
  const product = f64x2.mul(b, f64x2.add(f64x2.mul(p, s), i));
  return f64x2.pmax(f64x2.pmin(product, v128.load64_splat(POWER_MOST)), v128.load64_splat(POWER_LEAST));
}

/** (x · 2^−shift)ᵇ for a positive, finite, normal x. */
// @ts-ignore: decorator
@inline
function powOfNormal(x: v128, shift: v128, b: v128): v128 {
  const exponent = v128.and(i32x4.sub(x, four(ROOT_HALF)), four(EXPONENT));
  const f = f32x4.sub(i32x4.sub(x, exponent), four(ONE));
  const i = f32x4.sub(f32x4.convert_i32x4_s(i32x4.shr_s(exponent, 23)), shift);
  const p0 = scaledLog2(low(b), low(i), low(f)), p1 = scaledLog2(high(b), high(i), high(f));
  const n0 = f64x2.nearest(p0), n1 = f64x2.nearest(p1);
  const ln2 = v128.load64_splat(LN2_64);
  const r = join(f64x2.mul(f64x2.sub(p0, n0), ln2), f64x2.mul(f64x2.sub(p1, n1), ln2));
  return expFrom(r, f32x4.add(join(n0, n1), four(TO_TWO_POWERS)));
}

/** With denormals, zeros, negative numbers, infinities or NaN in some lanes. */
function powOfAny(a: v128, b: v128): v128 {
  const size = f32x4.abs(a);
  const denormal = f32x4.lt(size, four(LEAST_NORMAL));
  const normal = select(denormal, f32x4.mul(size, four(TWO_23)), size);
  const isZero = f32x4.eq(a, zero());
  const isInfinite = f32x4.eq(size, four(INFINITY));
  const vanishes = v128.xor(isZero, f32x4.lt(b, zero())); // where a is 0 or infinite
  const known = v128.andnot(four(INFINITY), vanishes);
  let y = powOfNormal(normal, v128.and(denormal, four(TWENTY_THREE)), b);
  y = select(v128.or(isZero, isInfinite), known, y);

  const half = f32x4.mul(b, four(HALF));
  const whole = f32x4.eq(f32x4.floor(b), b);
  const odd = v128.andnot(whole, f32x4.eq(f32x4.floor(half), half));
  y = v128.xor(y, v128.and(v128.and(a, four(SIGN)), odd));
  const none = v128.and(v128.andnot(f32x4.lt(a, zero()), whole), f32x4.gt(a, four(MINUS_INFINITY)));
  const unordered = v128.or(f32x4.ne(a, a), f32x4.ne(b, b));
  y = select(v128.or(none, unordered), four(NOT_A_NUMBER), y);
  return select(f32x4.eq(b, zero()), four(ONE), y);
}

/** aᵇ: 1.5 ulp */
// @ts-ignore: decorator
@inline
export function pow(a: v128, b: v128): v128 {
  const ordinaryA = v128.and(f32x4.ge(a, four(LEAST_NORMAL)), f32x4.lt(a, four(INFINITY)));
  const ordinary = v128.and(ordinaryA, f32x4.lt(f32x4.abs(b), four(INFINITY)));
  return i32x4.all_true(ordinary) ? powOfNormal(a, zero(), b) : powOfAny(a, b);
}
