// y += d·x, or y += x where nothing is to be multiplied. One thread an element.

override FACTOR: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  d0: u32,
  x0: u32,
  y0: u32,
}

@group(0) @binding(0) var<storage, read> d: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  var value = x[its.x0 + i];
  if (FACTOR) { value *= d[its.d0 + i]; }
  y[its.y0 + i] += value;
}
