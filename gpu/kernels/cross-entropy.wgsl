// y[r] = −log softmax(x[r])[label[r]], or with GRADIENT gx[r] = g[r]·(softmax(x[r]) − one-hot(label[r])).
// x, gx: [rows, n]; labels, g, y: [rows]. LANES threads share a row. A label out of range raises the flag, and its row
// gets 0.

override GRADIENT: bool = false;
override LANES: u32 = 16;
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  x0: u32,
  labels0: u32,
  g0: u32,
  y0: u32, // or gx0
  complaint: u32, // what the flag is raised to
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> g: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // or gx
@group(0) @binding(4) var<storage, read_write> flag: atomic<u32>;
@group(0) @binding(5) var<uniform> its: Parameters;

var<workgroup> partial: array<f32, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.y * groups.x + group.x) * (GROUP / LANES) + local / LANES;
  let lane = local % LANES;
  let n = select(0, its.n, row < its.rows);
  let start = its.x0 + row * its.n;

  var largest = -3.4028234e38f;
  for (var i = lane; i < n; i += LANES) { largest = max(largest, x[start + i]); }
  partial[local] = largest;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[local] = max(partial[local], partial[local + half]); }
  }
  workgroupBarrier();
  largest = partial[local - lane];
  workgroupBarrier();

  var sum = 0f;
  for (var i = lane; i < n; i += LANES) { sum += exp(x[start + i] - largest); }
  partial[local] = sum;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[local] += partial[local + half]; }
  }
  workgroupBarrier();
  sum = partial[local - lane];

  if (row >= its.rows) { return; }
  let label = labels[its.labels0 + row];
  let inRange = label >= 0 && u32(label) < its.n;
  if (!inRange) { atomicMax(&flag, its.complaint); }
  if (GRADIENT) {
    let scale = select(0, g[its.g0 + row], inRange);
    for (var i = lane; i < n; i += LANES) {
      let share = exp(x[start + i] - largest) / sum;
      y[its.y0 + row * its.n + i] = scale * (share - select(0.0, 1.0, i == u32(label)));
    }
  } else if (lane == 0) {
    y[its.y0 + row] = 0;
    if (inRange) { y[its.y0 + row] = largest + log(sum) - x[start + u32(label)]; }
  }
}
