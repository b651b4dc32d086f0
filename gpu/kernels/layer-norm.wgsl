// Row by row: y = (x − mean)·rstd·weight + bias with rstd = 1/√(variance + eps); without CENTRED the mean counts as 0,
// which is RMS norm. x, y: [rows, n]; weight, bias: [n]; mean, rstd: [rows]. LANES threads share a row.

override CENTRED: bool = true;
override WEIGHT: bool = false;
override BIAS: bool = false;
override LANES: u32 = 16; // a power of two, up to GROUP
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  x0: u32,
  weight0: u32,
  bias0: u32,
  y0: u32,
  mean0: u32,
  rstd0: u32,
  eps: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<storage, read_write> mean: array<f32>; // not used unless CENTRED
@group(0) @binding(5) var<storage, read_write> rstd: array<f32>;
@group(0) @binding(6) var<uniform> its: Parameters;

var<workgroup> sums: array<f32, GROUP>;

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

  var m = 0f;
  if (CENTRED) {
    var sum = 0f;
    for (var i = lane; i < n; i += LANES) { sum += x[xRow + i]; }
    m = sumOfRow(local, lane, sum) / f32(its.n);
  }
  var squares = 0f;
  for (var i = lane; i < n; i += LANES) {
    let deviation = x[xRow + i] - m;
    squares += deviation * deviation;
  }
  let s = inverseSqrt(sumOfRow(local, lane, squares) / f32(its.n) + its.eps);

  for (var i = lane; i < n; i += LANES) {
    var value = (x[xRow + i] - m) * s;
    if (WEIGHT) { value *= weight[its.weight0 + i]; }
    if (BIAS) { value += bias[its.bias0 + i]; }
    y[its.y0 + row * its.n + i] = value;
  }
  if (lane == 0 && row < its.rows) {
    if (CENTRED) { mean[its.mean0 + row] = m; }
    rstd[its.rstd0 + row] = s;
  }
}

// What the lanes of a row have, added up by halves; every lane gets the sum.
fn sumOfRow(local: u32, lane: u32, value: f32) -> f32 {
  sums[local] = value;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { sums[local] += sums[local + half]; }
  }
  workgroupBarrier();
  let sum = sums[local - lane];
  workgroupBarrier();
  return sum;
}
