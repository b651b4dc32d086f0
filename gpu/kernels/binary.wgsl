// y = f(a, b), element by element; a and b may have any strides (0 repeats, as broadcasting does); y is contiguous.
// Arithmetic and comparisons, of floats and of integers: words are kept as they are and read as what they mean.
// One thread an element. FUNCTION is one of the numbers in elements.ts.

override FUNCTION: u32;
override INTEGERS: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  rank: u32,
  a0: u32, // where a, b and y begin
  b0: u32,
  y0: u32,
  extents: array<vec4u, 2>,
  stepsA: array<vec4i, 2>,
  stepsB: array<vec4i, 2>,
}

@group(0) @binding(0) var<storage, read> a: array<u32>;
@group(0) @binding(1) var<storage, read> b: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<u32>;
@group(0) @binding(3) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  let at = places(i);
  if (INTEGERS) {
    y[its.y0 + i] = bitcast<u32>(ofIntegers(bitcast<i32>(a[at.x]), bitcast<i32>(b[at.y])));
  } else {
    y[its.y0 + i] = ofFloats(bitcast<f32>(a[at.x]), bitcast<f32>(b[at.y]));
  }
}

// Where element i finds its a and its b.
fn places(i: u32) -> vec2u {
  var rest = i;
  var at = vec2i(i32(its.a0), i32(its.b0));
  for (var axis = i32(its.rank) - 1; axis > 0; axis--) {
    let extent = its.extents[axis / 4][axis % 4];
    at += i32(rest % extent) * vec2i(its.stepsA[axis / 4][axis % 4], its.stepsB[axis / 4][axis % 4]);
    rest /= extent;
  }
  at += i32(rest) * vec2i(its.stepsA[0].x, its.stepsB[0].x);
  return vec2u(at);
}

fn ofFloats(a: f32, b: f32) -> u32 {
  switch (FUNCTION) {
    case 0: { return bitcast<u32>(a + b); }
    case 1: { return bitcast<u32>(a - b); }
    case 2: { return bitcast<u32>(a * b); }
    case 3: { return bitcast<u32>(a / b); }
    case 4: { return bitcast<u32>(power(a, b)); }
    case 5: { return bitcast<u32>(max(a, b)); }
    case 6: { return bitcast<u32>(min(a, b)); }
    case 7: { return u32(a == b); }
    case 8: { return u32(a != b); }
    case 9: { return u32(a < b); }
    case 10: { return u32(a <= b); }
    case 11: { return u32(a > b); }
    default: { return u32(a >= b); }
  }
}

fn ofIntegers(a: i32, b: i32) -> i32 {
  switch (FUNCTION) {
    case 0: { return a + b; }
    case 1: { return a - b; }
    case 2: { return a * b; }
    case 3: { return a / b; }
    case 4: { return i32(power(f32(a), f32(b))); }
    case 5: { return max(a, b); }
    case 6: { return min(a, b); }
    case 7: { return i32(a == b); }
    case 8: { return i32(a != b); }
    case 9: { return i32(a < b); }
    case 10: { return i32(a <= b); }
    case 11: { return i32(a > b); }
    default: { return i32(a >= b); }
  }
}

// pow() knows no negative base, and small whole exponents come out better as products.
fn power(a: f32, b: f32) -> f32 {
  let whole = b == round(b);
  if (whole && abs(b) <= 16.0) {
    var product = 1.0;
    for (var i = 0; i < i32(abs(b)); i++) { product *= a; }
    return select(product, 1.0 / product, b < 0.0);
  }
  let size = pow(abs(a), b);
  let odd = whole && abs(b % 2.0) == 1.0;
  return select(size, -size, a < 0.0 && odd);
}
