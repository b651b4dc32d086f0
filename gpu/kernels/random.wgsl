// Random numbers: Philox 4×32-10, as core/kernels/philox.ts has it. Block c of a seed's stream gives four numbers; each
// thread computes one block, whatever the others do.

override KIND: u32; // 0 uniform, 1 normal, 2 Bernoulli, 3 integer
override INTEGERS: bool = false; // what y holds
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  y0: u32,
  seedLow: u32,
  seedHigh: u32,
  counterLow: u32,
  counterHigh: u32,
  threshold: u32, // Bernoulli: 1 where bits are below
  always: u32,    // Bernoulli: p is 1, the threshold does not fit into 32 bits
  low: i32,       // integer: low ≤ number < low + range
  range: u32,     // 0 stands for 2³²
}

@group(0) @binding(0) var<storage, read_write> y: array<u32>;
@group(0) @binding(1) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = (group.y * groups.x + group.x) * GROUP + local;
  if (block * 4 >= its.n) { return; }
  let low = its.counterLow + block;
  let high = its.counterHigh + select(0u, 1u, low < block);
  let bits = philox(vec4u(low, high, 0, 0), vec2u(its.seedLow, its.seedHigh));
  for (var lane = 0u; lane < 4 && block * 4 + lane < its.n; lane++) {
    y[its.y0 + block * 4 + lane] = number(bits, lane);
  }
}

fn philox(counter: vec4u, seed: vec2u) -> vec4u {
  var c = counter;
  var key = seed;
  for (var round = 0; round < 10; round++) {
    let high0 = multiplyHigh(0xd2511f53u, c.x);
    let high1 = multiplyHigh(0xcd9e8d57u, c.z);
    c = vec4u(high1 ^ c.y ^ key.x, 0xcd9e8d57u * c.z, high0 ^ c.w ^ key.y, 0xd2511f53u * c.x);
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}

// The high 32 bits of a 32 × 32 bit product, from 16-bit halves.
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let low = (a & 0xffff) * (b & 0xffff);
  let middle = (a >> 16) * (b & 0xffff) + (low >> 16);
  let carry = (a & 0xffff) * (b >> 16) + (middle & 0xffff);
  return (a >> 16) * (b >> 16) + (middle >> 16) + (carry >> 16);
}

fn toUniform(bits: u32) -> f32 {
  return f32(bits >> 8) * exp2(-24.0);
}

fn number(bits: vec4u, lane: u32) -> u32 {
  switch (KIND) {
    case 0: { return bitcast<u32>(toUniform(bits[lane])); }
    case 1: { return bitcast<u32>(normal(bits, lane)); }
    case 2: { return whole(i32(bits[lane] < its.threshold || its.always == 1)); }
    // ⌊bits · range / 2³²⌋ is the high half of a product
    default: {
      let above = select(multiplyHigh(bits[lane], its.range), bits[lane], its.range == 0);
      return whole(its.low + i32(above));
    }
  }
}

fn whole(value: i32) -> u32 {
  if (INTEGERS) { return bitcast<u32>(value); }
  return bitcast<u32>(f32(value));
}

// Box and Muller: two uniforms are a radius and an angle; their two coordinates are independent normals.
fn normal(bits: vec4u, lane: u32) -> f32 {
  let pair = lane & 2;
  let radius = sqrt(-2.0 * logarithm(1.0 - toUniform(bits[pair])));
  return radius * sineOfTurns(toUniform(bits[pair + 1]), select(0, 1, lane % 2 == 0));
}

// The sine of 2π·turns + quarters·π/2. The nearest quarter turn is taken off without an error; what is left, at most
// an eighth of a turn, goes into a series.
fn sineOfTurns(turns: f32, quarters: i32) -> f32 {
  let nearest = round(4.0 * turns);
  let r = (4.0 * turns - nearest) * 1.5707963267948966;
  let s = r * r;
  let sine = r * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0))));
  let cosine = 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0 * (1.0 - s / 90.0))));
  let quadrant = (i32(nearest) + quarters) & 3;
  return select(1.0, -1.0, quadrant >= 2) * select(cosine, sine, (quadrant & 1) == 0);
}

// The natural logarithm: WGSL promises it to six digits near 1 only. v = m·2^e with m near 1, and with s = (m − 1)/(m +
// 1) log m = 2·(s + s³/3 + s⁵/5 + …). (1 − u is never 0.)
fn logarithm(v: f32) -> f32 {
  let parts = frexp(v);
  let small = parts.fract < 0.70710678;
  let m = select(parts.fract, 2.0 * parts.fract, small);
  let e = f32(select(parts.exp, parts.exp - 1, small));
  let s = (m - 1.0) / (m + 1.0);
  let z = s * s;
  let rest = 2.0 * s * (1.0 + z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z / 9.0))));
  return e * 0.693359375 + (e * -2.12194440e-4 + rest);
}
