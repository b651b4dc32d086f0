// Row by row: gx = y·(g − Σ g·y) for softmax, gx = g − e^y·Σ g for its logarithm. y, g, gx: [rows, n].
// LANES threads share a row.

override LOGARITHM: bool = false;
override LANES: u32 = 16;
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  y0: u32,
  g0: u32,
  gx0: u32,
}

@group(0) @binding(0) var<storage, read> y: array<f32>;
@group(0) @binding(1) var<storage, read> g: array<f32>;
@group(0) @binding(2) var<storage, read_write> gx: array<f32>;
@group(0) @binding(3) var<uniform> its: Parameters;

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
  var sum = 0f;
  for (var i = start + lane; i < start + n; i += LANES) {
    if (LOGARITHM) { sum += g[its.g0 + i]; } else { sum += g[its.g0 + i] * y[its.y0 + i]; }
  }
  sums[local] = sum;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { sums[local] += sums[local + half]; }
  }
  workgroupBarrier();
  sum = sums[local - lane];
  for (var i = start + lane; i < start + n; i += LANES) {
    let yi = y[its.y0 + i];
    let gi = g[its.g0 + i];
    if (LOGARITHM) { gx[its.gx0 + i] = gi - exp(yi) * sum; } else { gx[its.gx0 + i] = yi * (gi - sum); }
  }
}
