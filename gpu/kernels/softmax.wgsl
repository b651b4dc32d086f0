// Row by row: y = e^(x − max) / Σ e^(x − max), or its logarithm x − max − log Σ e^(x − max). x, y: [rows, n].
// LANES threads share a row: they find its largest value, then the sum of exponentials, then write their elements.

override LOGARITHM: bool = false;
override LANES: u32 = 16; // a power of two, up to GROUP
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  x0: u32,
  y0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> its: Parameters;

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
  let xRow = its.x0 + row * its.n;
  let yRow = its.y0 + row * its.n;

  var largest = -3.4028234e38f;
  for (var i = lane; i < n; i += LANES) { largest = max(largest, x[xRow + i]); }
  largest = largestOfRow(local, lane, largest);

  var sum = 0f;
  for (var i = lane; i < n; i += LANES) { sum += exp(x[xRow + i] - largest); }
  sum = sumOfRow(local, lane, sum);

  for (var i = lane; i < n; i += LANES) {
    let shifted = x[xRow + i] - largest;
    if (LOGARITHM) { y[yRow + i] = shifted - log(sum); } else { y[yRow + i] = exp(shifted) / sum; }
  }
}

// What the lanes of a row have, put together by halves; every lane gets the result.
fn largestOfRow(local: u32, lane: u32, value: f32) -> f32 {
  partial[local] = value;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[local] = max(partial[local], partial[local + half]); }
  }
  workgroupBarrier();
  let result = partial[local - lane];
  workgroupBarrier();
  return result;
}

fn sumOfRow(local: u32, lane: u32, value: f32) -> f32 {
  partial[local] = value;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[local] += partial[local + half]; }
  }
  workgroupBarrier();
  let result = partial[local - lane];
  workgroupBarrier();
  return result;
}
