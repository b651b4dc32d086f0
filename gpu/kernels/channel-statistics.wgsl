// The mean of each channel over its N·S values, and rstd = 1/√(variance + eps). x: [N, C, S]; mean, rstd: [C].
// Running statistics take their share, of the variance the unbiased one. One workgroup a channel.

override RUNNING: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  examples: u32,
  channels: u32,
  size: u32,
  x0: u32,
  mean0: u32,
  rstd0: u32,
  runningMean0: u32,
  runningVariance0: u32,
  eps: f32,
  momentum: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> mean: array<f32>;
@group(0) @binding(2) var<storage, read_write> rstd: array<f32>;
@group(0) @binding(3) var<storage, read_write> runningMean: array<f32>;
@group(0) @binding(4) var<storage, read_write> runningVariance: array<f32>;
@group(0) @binding(5) var<uniform> its: Parameters;

var<workgroup> sums: array<f32, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let channel = group.y * groups.x + group.x;
  if (channel >= its.channels) { return; }
  let count = its.examples * its.size;
  var sum = 0f;
  for (var i = local; i < count; i += GROUP) { sum += x[place(channel, i)]; }
  let m = together(local, sum) / f32(count);
  var squares = 0f;
  for (var i = local; i < count; i += GROUP) {
    let deviation = x[place(channel, i)] - m;
    squares += deviation * deviation;
  }
  squares = together(local, squares);
  if (local > 0) { return; }
  mean[its.mean0 + channel] = m;
  rstd[its.rstd0 + channel] = inverseSqrt(squares / f32(count) + its.eps);
  if (RUNNING) {
    let oldMean = runningMean[its.runningMean0 + channel];
    let oldVariance = runningVariance[its.runningVariance0 + channel];
    runningMean[its.runningMean0 + channel] = oldMean + its.momentum * (m - oldMean);
    let variance = squares / f32(count - 1);
    runningVariance[its.runningVariance0 + channel] = oldVariance + its.momentum * (variance - oldVariance);
  }
}

// Value i of a channel, counted through all examples.
fn place(channel: u32, i: u32) -> u32 {
  return its.x0 + (i / its.size * its.channels + channel) * its.size + i % its.size;
}

// What the threads have, added up by halves; every thread gets the sum.
fn together(local: u32, value: f32) -> f32 {
  sums[local] = value;
  for (var half = GROUP / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { sums[local] += sums[local + half]; }
  }
  workgroupBarrier();
  let sum = sums[0];
  workgroupBarrier();
  return sum;
}
