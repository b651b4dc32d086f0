// y[o] = the sum, product, largest or smallest of a stretch of x[o, …]. x may have any strides: its first axes count
// the outputs, the others are reduced. A long reduction is cut into `chunks` stretches, each with an output of its own.
//
// LANES threads share an output: each goes over every LANES-th element, then halves of them are put together until one
// value is left. The order is the same each time, and so is the result, to the bit.

override FUNCTION: u32; // 0 sum, 1 product, 2 largest, 3 smallest
override INTEGERS: bool = false;
override LANES: u32 = 16; // a power of two, up to GROUP
override GROUP: u32 = 256;

struct Parameters {
  outputs: u32, // chunks included
  chunks: u32,
  n: u32,    // elements that are reduced to one, or to `chunks`
  rank: u32,
  kept: u32, // so many of the axes count the outputs
  x0: u32,   // where x and y begin
  y0: u32,
  extents: array<vec4u, 2>,
  steps: array<vec4i, 2>,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@group(0) @binding(2) var<uniform> its: Parameters;

var<workgroup> partial: array<u32, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let output = (group.y * groups.x + group.x) * (GROUP / LANES) + local / LANES;
  let lane = local % LANES;
  var result = nothing();
  if (output < its.outputs) {
    let first = place(output / its.chunks, 0u, its.kept, i32(its.x0));
    let size = (its.n + its.chunks - 1) / its.chunks;
    let end = min((output % its.chunks + 1) * size, its.n);
    for (var i = (output % its.chunks) * size + lane; i < end; i += LANES) {
      result = together(result, x[place(i, its.kept, its.rank, first)]);
    }
  }
  partial[local] = result;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[local] = together(partial[local], partial[local + half]); }
  }
  if (lane == 0 && output < its.outputs) { y[its.y0 + output] = partial[local]; }
}

// Takes i apart into a place on the axes from `begin` to `end`, the last one first. Without axes, i is 0.
fn place(i: u32, begin: u32, end: u32, start: i32) -> i32 {
  var rest = i;
  var at = start;
  for (var axis = i32(end) - 1; axis > i32(begin); axis--) {
    let extent = its.extents[axis / 4][axis % 4];
    at += i32(rest % extent) * its.steps[axis / 4][axis % 4];
    rest /= extent;
  }
  return at + i32(rest) * its.steps[begin / 4][begin % 4];
}

// What changes nothing: where a stretch has fewer elements than lanes.
fn nothing() -> u32 {
  if (INTEGERS) {
    switch (FUNCTION) {
      case 0: { return 0; }
      case 1: { return 1; }
      case 2: { return 0x80000000u; }
      default: { return 0x7fffffffu; }
    }
  }
  switch (FUNCTION) {
    case 0: { return 0; }
    case 1: { return bitcast<u32>(1f); }
    case 2: { return bitcast<u32>(-3.4028234e38f); }
    default: { return bitcast<u32>(3.4028234e38f); }
  }
}

fn together(a: u32, b: u32) -> u32 {
  if (INTEGERS) { return bitcast<u32>(ofIntegers(bitcast<i32>(a), bitcast<i32>(b))); }
  return bitcast<u32>(ofFloats(bitcast<f32>(a), bitcast<f32>(b)));
}

fn ofFloats(a: f32, b: f32) -> f32 {
  switch (FUNCTION) {
    case 0: { return a + b; }
    case 1: { return a * b; }
    case 2: { return max(a, b); }
    default: { return min(a, b); }
  }
}

fn ofIntegers(a: i32, b: i32) -> i32 {
  switch (FUNCTION) {
    case 0: { return a + b; }
    case 1: { return a * b; }
    case 2: { return max(a, b); }
    default: { return min(a, b); }
  }
}
