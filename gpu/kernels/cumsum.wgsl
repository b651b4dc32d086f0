// y[r, i] = x[r, 0] + … + x[r, i]. x and y: [rows, n].
// One workgroup a row. Each thread sums a stretch; one adds up the stretches; each thread goes over its own again.

override INTEGERS: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  x0: u32,
  y0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@group(0) @binding(2) var<uniform> its: Parameters;

var<workgroup> before: array<u32, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = group.y * groups.x + group.x;
  if (row >= its.rows) { return; }
  let stretch = (its.n + GROUP - 1) / GROUP;
  let begin = min(local * stretch, its.n);
  let end = min(begin + stretch, its.n);
  var sum = 0u;
  for (var i = begin; i < end; i++) { sum = plus(sum, x[its.x0 + row * its.n + i]); }
  before[local] = sum;
  workgroupBarrier();
  if (local == 0) {
    var total = 0u;
    for (var i = 0u; i < GROUP; i++) {
      let own = before[i];
      before[i] = total;
      total = plus(total, own);
    }
  }
  workgroupBarrier();
  sum = before[local];
  for (var i = begin; i < end; i++) {
    sum = plus(sum, x[its.x0 + row * its.n + i]);
    y[its.y0 + row * its.n + i] = sum;
  }
}

// The sum of two words, read as what they mean. (All bits 0 is 0 in both.)
fn plus(a: u32, b: u32) -> u32 {
  if (INTEGERS) { return a + b; }
  return bitcast<u32>(bitcast<f32>(a) + bitcast<f32>(b));
}
