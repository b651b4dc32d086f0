// y[o, i, k] = x[o, index, k] with index[o, i, k], or with SELECT index[i]. x: [outer, n, inner]; y: [outer, m, inner].
// One thread an element of y. Words are passed on as they are. An index out of range reads 0 and raises the flag.

override SELECT: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  count: u32, // elements of y
  n: u32,
  m: u32,
  inner: u32,
  x0: u32,
  index0: u32,
  y0: u32,
  complaint: u32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> index: array<i32>;
@group(0) @binding(2) var<storage, read_write> y: array<u32>;
@group(0) @binding(3) var<storage, read_write> flag: atomic<u32>;
@group(0) @binding(4) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let element = (group.y * groups.x + group.x) * GROUP + local;
  if (element >= its.count) { return; }
  let k = element % its.inner;
  let i = element / its.inner % its.m;
  let o = element / its.inner / its.m;
  let at = index[its.index0 + select(element, i, SELECT)];
  if (at < 0 || u32(at) >= its.n) {
    atomicMax(&flag, its.complaint);
    y[its.y0 + element] = 0;
    return;
  }
  y[its.y0 + element] = x[its.x0 + (o * its.n + u32(at)) * its.inner + k];
}
