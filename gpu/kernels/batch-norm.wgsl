// Channel by channel: y = (x − mean)·rstd·weight + bias. x, y: [N, C, S]; all others [C]. One thread an element.

override WEIGHT: bool = false;
override BIAS: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  count: u32,
  channels: u32,
  size: u32,
  x0: u32,
  mean0: u32,
  rstd0: u32,
  weight0: u32,
  bias0: u32,
  y0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> mean: array<f32>;
@group(0) @binding(2) var<storage, read> rstd: array<f32>;
@group(0) @binding(3) var<storage, read> weight: array<f32>;
@group(0) @binding(4) var<storage, read> bias: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;
@group(0) @binding(6) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.count) { return; }
  let c = i / its.size % its.channels;
  var value = (x[its.x0 + i] - mean[its.mean0 + c]) * rstd[its.rstd0 + c];
  if (WEIGHT) { value *= weight[its.weight0 + c]; }
  if (BIAS) { value += bias[its.bias0 + c]; }
  y[its.y0 + i] = value;
}
