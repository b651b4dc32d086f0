// The second half of batch norm's gradient: gx = rstd·weight·(g − mean(g) − x̂·mean(g·x̂)); where the statistics were
// not computed from x (FIXED), gx = rstd·weight·g. The sums over N·S come from batch-norm-sums.wgsl.
// x, g, gx: [N, C, S]; all others [C]. One thread an element.

override WEIGHT: bool = false;
override FIXED: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  count: u32,
  channels: u32,
  size: u32,
  x0: u32,
  mean0: u32,
  rstd0: u32,
  weight0: u32,
  g0: u32,
  stretch0: u32,
  shift0: u32,
  gx0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> mean: array<f32>;
@group(0) @binding(2) var<storage, read> rstd: array<f32>;
@group(0) @binding(3) var<storage, read> weight: array<f32>;
@group(0) @binding(4) var<storage, read> g: array<f32>;
@group(0) @binding(5) var<storage, read> stretch: array<f32>; // Σ g·x̂
@group(0) @binding(6) var<storage, read> shift: array<f32>;   // Σ g
@group(0) @binding(7) var<storage, read_write> gx: array<f32>;
@group(0) @binding(8) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.count) { return; }
  let c = i / its.size % its.channels;
  var scale = rstd[its.rstd0 + c];
  var value = g[its.g0 + i];
  if (!FIXED) {
    let xHat = (x[its.x0 + i] - mean[its.mean0 + c]) * scale;
    let count = f32(its.count / its.channels);
    value -= (shift[its.shift0 + c] + xHat * stretch[its.stretch0 + c]) / count;
  }
  if (WEIGHT) { scale *= weight[its.weight0 + c]; }
  gx[its.gx0 + i] = scale * value;
}
