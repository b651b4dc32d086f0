// The first half of batch norm's gradient: of each channel Σ g·x̂, which is gWeight, and Σ g, which is gBias, with
// x̂ = (x − mean)·rstd. x, g: [N, C, S]; all others [C]. One workgroup a channel.

override GROUP: u32 = 256;

struct Parameters {
  examples: u32,
  channels: u32,
  size: u32,
  x0: u32,
  mean0: u32,
  rstd0: u32,
  g0: u32,
  gWeight0: u32,
  gBias0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> mean: array<f32>;
@group(0) @binding(2) var<storage, read> rstd: array<f32>;
@group(0) @binding(3) var<storage, read> g: array<f32>;
@group(0) @binding(4) var<storage, read_write> gWeight: array<f32>;
@group(0) @binding(5) var<storage, read_write> gBias: array<f32>;
@group(0) @binding(6) var<uniform> its: Parameters;

var<workgroup> sums: array<vec2f, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let channel = group.y * groups.x + group.x;
  if (channel >= its.channels) { return; }
  let m = mean[its.mean0 + channel];
  let s = rstd[its.rstd0 + channel];
  var sum = vec2f();
  for (var i = local; i < its.examples * its.size; i += GROUP) {
    let at = (i / its.size * its.channels + channel) * its.size + i % its.size;
    let gi = g[its.g0 + at];
    sum += vec2f(gi * (x[its.x0 + at] - m) * s, gi);
  }
  sums[local] = sum;
  for (var half = GROUP / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { sums[local] += sums[local + half]; }
  }
  if (local > 0) { return; }
  gWeight[its.gWeight0 + channel] = sums[0].x;
  gBias[its.gBias0 + channel] = sums[0].y;
}
