// gWeight = Σ g·x̂ and gBias = Σ g over rows. The rows are cut into chunks, each with sums of its own, which
// reduce.wgsl adds up in order. x, g: [rows, n]; gWeight, gBias: [chunks, n]. One thread a column of a chunk.

override CENTRED: bool = true;
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  chunk: u32, // rows
  chunks: u32,
  x0: u32,
  mean0: u32,
  rstd0: u32,
  g0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> mean: array<f32>; // not used unless CENTRED
@group(0) @binding(2) var<storage, read> rstd: array<f32>;
@group(0) @binding(3) var<storage, read> g: array<f32>;
@group(0) @binding(4) var<storage, read_write> gWeight: array<f32>;
@group(0) @binding(5) var<storage, read_write> gBias: array<f32>;
@group(0) @binding(6) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.y * groups.x + group.x) * GROUP + local;
  if (thread >= its.chunks * its.n) { return; }
  let i = thread % its.n;
  let chunk = thread / its.n;
  var weightSum = 0f;
  var biasSum = 0f;
  for (var row = chunk * its.chunk; row < min((chunk + 1) * its.chunk, its.rows); row++) {
    var m = 0f;
    if (CENTRED) { m = mean[its.mean0 + row]; }
    let gi = g[its.g0 + row * its.n + i];
    weightSum += gi * (x[its.x0 + row * its.n + i] - m) * rstd[its.rstd0 + row];
    biasSum += gi;
  }
  gWeight[thread] = weightSum;
  gBias[thread] = biasSum;
}
