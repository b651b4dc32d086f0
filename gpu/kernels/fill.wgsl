// y = one word, everywhere. One thread an element.

override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  y0: u32, // where y begins
  word: u32,
}

@group(0) @binding(0) var<storage, read_write> y: array<u32>;
@group(0) @binding(1) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i < its.n) { y[its.y0 + i] = its.word; }
}
