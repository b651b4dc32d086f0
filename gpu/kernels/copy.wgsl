// y = x, element by element, any strides on both sides, from floats to integers (the fraction is cut off) and back.
// One thread an element.

override FROM_INTEGERS: bool = false;
override TO_INTEGERS: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  rank: u32,
  x0: u32, // where x and y begin
  y0: u32,
  extents: array<vec4u, 2>,
  stepsX: array<vec4i, 2>,
  stepsY: array<vec4i, 2>,
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
  var rest = i;
  var at = vec2i(i32(its.x0), i32(its.y0));
  for (var axis = i32(its.rank) - 1; axis > 0; axis--) {
    let extent = its.extents[axis / 4][axis % 4];
    at += i32(rest % extent) * vec2i(its.stepsX[axis / 4][axis % 4], its.stepsY[axis / 4][axis % 4]);
    rest /= extent;
  }
  at += i32(rest) * vec2i(its.stepsX[0].x, its.stepsY[0].x);
  y[at.y] = converted(x[at.x]);
}

fn converted(word: u32) -> u32 {
  if (FROM_INTEGERS == TO_INTEGERS) { return word; }
  if (TO_INTEGERS) { return bitcast<u32>(i32(bitcast<f32>(word))); }
  return bitcast<u32>(f32(bitcast<i32>(word)));
}
