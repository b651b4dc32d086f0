// y[o, index, k] += source[o, i, k] with index[o, i, k], or with SELECT index[i]. source: [outer, m, inner];
// y: [outer, n, inner], which arrives filled.
//
// Equal places must add up in order, and without a race: a thread owns a column (o, k) of y, or every SLICES-th element
// of it, goes over all i in order, and adds what is its own.

override SELECT: bool = false;
override INTEGERS: bool = false;
override SLICES: u32 = 1;
override GROUP: u32 = 256;

struct Parameters {
  columns: u32, // outer · inner
  n: u32,
  m: u32,
  inner: u32,
  source0: u32,
  index0: u32,
  y0: u32,
  complaint: u32,
}

@group(0) @binding(0) var<storage, read> source: array<u32>;
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
  let thread = (group.y * groups.x + group.x) * GROUP + local;
  let column = thread % its.columns;
  let slice = i32(thread / its.columns);
  if (slice >= i32(SLICES)) { return; }
  let k = column % its.inner;
  let o = column / its.inner;
  for (var i = 0u; i < its.m; i++) {
    let element = (o * its.m + i) * its.inner + k;
    let at = index[its.index0 + select(element, i, SELECT)];
    if (at < 0 || u32(at) >= its.n) {
      atomicMax(&flag, its.complaint);
    } else if (at % i32(SLICES) == slice) {
      let to = its.y0 + (o * its.n + u32(at)) * its.inner + k;
      y[to] = plus(y[to], source[its.source0 + element]);
    }
  }
}

// The sum of two words, read as what they mean.
fn plus(a: u32, b: u32) -> u32 {
  if (INTEGERS) { return a + b; }
  return bitcast<u32>(bitcast<f32>(a) + bitcast<f32>(b));
}
