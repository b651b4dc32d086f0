// gx = g · f′, with f′ computed from v: the function's x or its y, as its name says. All contiguous.
// One thread an element. FUNCTION is one of the numbers in elements.ts.

override FUNCTION: u32;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  g0: u32, // where g, v and gx begin
  v0: u32,
  gx0: u32,
  p: f32,
}

@group(0) @binding(0) var<storage, read> g: array<f32>;
@group(0) @binding(1) var<storage, read> v: array<f32>;
@group(0) @binding(2) var<storage, read_write> gx: array<f32>;
@group(0) @binding(3) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  gx[its.gx0 + i] = g[its.g0 + i] * slope(v[its.v0 + i]);
}

fn slope(v: f32) -> f32 {
  switch (FUNCTION) {
    case 0: { return 1.0 - v * v; }                                 // tanh, from y
    case 1: { return v * (1.0 - v); }                               // sigmoid, from y
    case 2: { return select(0.0, 1.0, v > 0.0); }                   // relu, from y
    case 3: { return select(0.0, 1.0, v > 0.0 && v < 6.0); }        // relu6, from y
    case 4: { return select(its.p, 1.0, v > 0.0); }                 // leaky relu, from x
    case 5: { return select(its.p * exp(min(v, 0.0)), 1.0, v > 0.0); } // elu, from x
    case 6: { return normalCdf(v) + v * normalDensity(v); }         // gelu, from x
    case 7: { return sigmoid(v) * (1.0 + v * (1.0 - sigmoid(v))); } // silu, from x
    default: { return sigmoid(v); }                                 // softplus, from x
  }
}

fn sigmoid(v: f32) -> f32 {
  return 1.0 / (1.0 + exp(min(-v, 88.72)));
}

// Near 0 the Taylor series of erf, elsewhere Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7).
fn normalCdf(v: f32) -> f32 {
  let z = v * 0.7071067811865476;
  let s = z * z;
  let series = 1.1283791671 * z * (1.0 - s / 3.0 * (1.0 - s * 0.3 * (1.0 - s * 5.0 / 21.0 * (1.0 - s * 7.0 / 36.0))));
  let t = 1.0 / (1.0 + 0.3275911 * abs(z));
  let tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * (1.0 + select(sign(z) * (1.0 - tail * exp(-s)), series, abs(z) < 0.4));
}

fn normalDensity(v: f32) -> f32 {
  return 0.3989422804014327 * exp(-0.5 * v * v);
}
