// Row by row, with x̂ = (x − mean)·rstd and ĝ = g·weight: gx = rstd·(ĝ − mean(ĝ) − x̂·mean(ĝ·x̂)); for RMS norm, not
// CENTRED, without mean(ĝ). x, g, gx: [rows, n]; weight: [n]; mean, rstd: [rows]. LANES threads share a row.

override CENTRED: bool = true;
override WEIGHT: bool = false;
override LANES: u32 = 16;
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  x0: u32,
  weight0: u32,
  mean0: u32,
  rstd0: u32,
  g0: u32,
  gx0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read> mean: array<f32>; // not used unless CENTRED
@group(0) @binding(3) var<storage, read> rstd: array<f32>;
@group(0) @binding(4) var<storage, read> g: array<f32>;
@group(0) @binding(5) var<storage, read_write> gx: array<f32>;
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
  let start = row * its.n;
  var m = 0f;
  var s = 0f;
  if (row < its.rows) {
    s = rstd[its.rstd0 + row];
    if (CENTRED) { m = mean[its.mean0 + row]; }
  }

  var shift = 0f;
  var stretch = 0f;
  for (var i = lane; i < n; i += LANES) {
    let gHat = weighted(start, i);
    shift += gHat;
    stretch += gHat * (x[its.x0 + start + i] - m) * s;
  }
  shift = sumOfRow(local, lane, shift) / f32(its.n);
  stretch = sumOfRow(local, lane, stretch) / f32(its.n);
  if (!CENTRED) { shift = 0; }

  for (var i = lane; i < n; i += LANES) {
    let xHat = (x[its.x0 + start + i] - m) * s;
    gx[its.gx0 + start + i] = s * (weighted(start, i) - shift - xHat * stretch);
  }
}

fn weighted(start: u32, i: u32) -> f32 {
  let value = g[its.g0 + start + i];
  if (WEIGHT) { return value * weight[its.weight0 + i]; }
  return value;
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
