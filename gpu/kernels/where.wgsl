// y = condition ≠ 0 ? a : b, element by element; the inputs may have any strides; y is contiguous.
// One thread an element. Words are passed on as they are, floats and integers alike.

override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  rank: u32,
  condition0: u32, // where condition, a, b and y begin
  a0: u32,
  b0: u32,
  y0: u32,
  extents: array<vec4u, 2>,
  stepsCondition: array<vec4i, 2>,
  stepsA: array<vec4i, 2>,
  stepsB: array<vec4i, 2>,
}

@group(0) @binding(0) var<storage, read> condition: array<u32>;
@group(0) @binding(1) var<storage, read> a: array<u32>;
@group(0) @binding(2) var<storage, read> b: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<u32>;
@group(0) @binding(4) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  var rest = i;
  var at = vec3i(i32(its.condition0), i32(its.a0), i32(its.b0));
  for (var axis = i32(its.rank) - 1; axis > 0; axis--) {
    let extent = its.extents[axis / 4][axis % 4];
    let steps = vec3i(
      its.stepsCondition[axis / 4][axis % 4],
      its.stepsA[axis / 4][axis % 4],
      its.stepsB[axis / 4][axis % 4],
    );
    at += i32(rest % extent) * steps;
    rest /= extent;
  }
  at += i32(rest) * vec3i(its.stepsCondition[0].x, its.stepsA[0].x, its.stepsB[0].x);
  if (condition[at.x] != 0u) { y[its.y0 + i] = a[at.y]; } else { y[its.y0 + i] = b[at.z]; }
}
