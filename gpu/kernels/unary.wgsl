// y = f(x), element by element, with up to two numbers p and q. x may have any strides; y is contiguous.
// One thread an element. FUNCTION is one of the numbers in elements.ts; the compiler keeps that branch alone.

override FUNCTION: u32;
override INTEGERS: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,    // elements
  rank: u32, // axes of x, neighbours merged where possible
  x0: u32, // where x and y begin
  y0: u32,
  p: f32,
  q: f32,
  extents: array<vec4u, 2>,
  steps: array<vec4i, 2>, // from one element of x to the next along each axis
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@group(0) @binding(2) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  let word = x[place(i)];
  if (INTEGERS) {
    y[its.y0 + i] = bitcast<u32>(ofInteger(bitcast<i32>(word)));
  } else {
    y[its.y0 + i] = bitcast<u32>(f(bitcast<f32>(word)));
  }
}

// Where element i of y finds its x: i is taken apart into a place on each axis, the last one first; what is left for
// the first needs no division.
fn place(i: u32) -> u32 {
  var rest = i;
  var at = i32(its.x0);
  for (var axis = i32(its.rank) - 1; axis > 0; axis--) {
    let extent = its.extents[axis / 4][axis % 4];
    at += i32(rest % extent) * its.steps[axis / 4][axis % 4];
    rest /= extent;
  }
  return u32(at + i32(rest) * its.steps[0].x);
}

fn ofInteger(v: i32) -> i32 {
  switch (FUNCTION) {
    case 0: { return -v; }
    case 1: { return abs(v); }
    case 2: { return sign(v); }
    default: { return i32(f(f32(v))); }
  }
}

fn f(v: f32) -> f32 {
  switch (FUNCTION) {
    case 0: { return -v; }
    case 1: { return abs(v); }
    case 2: { return sign(v); }
    case 3: { return exponential(v); }
    case 4: { return logarithm(v); }
    case 5: { return sqrt(v); }
    case 6: { return inverseSqrt(v); }
    case 7: { return sine(v, 0); }
    case 8: { return sine(v, 1); }
    case 9: { return hyperbolicTangent(v); }
    case 10: { return erf(v); }
    case 11: { return sigmoid(v); }
    case 12: { return max(v, 0.0); }
    case 13: { return clamp(v, 0.0, 6.0); }
    case 14: { return select(v, its.p * v, v < 0.0); }
    case 15: { return select(v, its.p * exponentialMinusOne(v), v < 0.0); }
    case 16: { return v * normalCdf(v); }
    case 17: { return v * sigmoid(v); }
    case 18: { return max(v, 0.0) + logOnePlus(exp(-abs(v))); }
    case 19: { return floor(v); }
    case 20: { return round(v); } // halves go to the even neighbour, as WGSL has it
    default: { return min(max(v, its.p), its.q); }
  }
}

// The sine of v + quarters·π/2. WGSL promises three digits only. The nearest multiple of π/2 is taken off (in three
// parts, so that no digit is lost), and what is left, at most π/4, goes into a series.
fn sine(v: f32, quarters: i32) -> f32 {
  let multiple = round(v * 0.6366197723675814);
  let r = ((v - multiple * 1.5703125) - multiple * 4.837512969970703e-4) - multiple * 7.549789948768648e-8;
  let s = r * r;
  let sine = r * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0))));
  let cosine = 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0 * (1.0 - s / 90.0))));
  let quadrant = (i32(multiple) + quarters) & 3;
  return select(1.0, -1.0, quadrant >= 2) * select(cosine, sine, (quadrant & 1) == 0);
}

// A shader may take it that infinity does not occur: what would overflow ends at the largest number.
fn exponential(v: f32) -> f32 {
  return exp(min(v, 88.72));
}

// e^v − 1 loses its digits near 0, where the series is exact.
fn exponentialMinusOne(v: f32) -> f32 {
  let series = v * (1.0 + v / 2.0 * (1.0 + v / 3.0 * (1.0 + v / 4.0 * (1.0 + v / 5.0 * (1.0 + v / 6.0)))));
  return select(exp(v) - 1.0, series, abs(v) < 0.3);
}

// log(1 + v) for 0 ≤ v ≤ 1: where 1 + v rounds, what was lost is put back (Kahan).
fn logOnePlus(v: f32) -> f32 {
  let u = 1.0 + v;
  return select(logarithm(u) - ((u - 1.0) - v) / u, v, u == 1.0);
}

// Some drivers compute tanh from e^(2v), which overflows long after tanh has become ±1; near 0 its series is better.
fn hyperbolicTangent(v: f32) -> f32 {
  let s = v * v;
  let series = v * (1.0 - s / 3.0 * (1.0 - s * 0.4 * (1.0 - s * 17.0 / 42.0)));
  return select(tanh(clamp(v, -10.0, 10.0)), series, abs(v) < 0.1);
}

fn sigmoid(v: f32) -> f32 {
  return 1.0 / (1.0 + exponential(-v));
}

// Near 0 the Taylor series, elsewhere Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7).
fn erf(v: f32) -> f32 {
  let s = v * v;
  let series = 1.1283791671 * v * (1.0 - s / 3.0 * (1.0 - s * 0.3 * (1.0 - s * 5.0 / 21.0 * (1.0 - s * 7.0 / 36.0))));
  let t = 1.0 / (1.0 + 0.3275911 * abs(v));
  let tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return select(sign(v) * (1.0 - tail * exp(-s)), series, abs(v) < 0.4);
}

// Φ, the part of the normal distribution below v.
fn normalCdf(v: f32) -> f32 {
  return 0.5 * (1.0 + erf(v * 0.7071067811865476));
}

// The natural logarithm: WGSL promises it to six digits near 1 only. v = m·2^e with m near 1, and with s = (m − 1)/(m +
// 1) log m = 2·(s + s³/3 + s⁵/5 + …). Of 0 it is the smallest number there is: infinity may be taken not to occur.
fn logarithm(v: f32) -> f32 {
  if (v <= 0) { return -3.4028234e38; }
  let parts = frexp(v);
  let small = parts.fract < 0.70710678;
  let m = select(parts.fract, 2.0 * parts.fract, small);
  let e = f32(select(parts.exp, parts.exp - 1, small));
  let s = (m - 1.0) / (m + 1.0);
  let z = s * s;
  let rest = 2.0 * s * (1.0 + z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z / 9.0))));
  return e * 0.693359375 + (e * -2.12194440e-4 + rest);
}
