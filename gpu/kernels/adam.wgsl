// One step of Adam, or of AdamW where `decoupled`: the formulas stand in core/optim/adam.ts. One thread a weight.

override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  w0: u32, // where weights, gradients, means and squares begin
  g0: u32,
  m0: u32,
  s0: u32,
  decoupled: u32,
  lr: f32,
  beta1: f32,
  beta2: f32,
  eps: f32,
  weightDecay: f32,
  meanCorrection: f32,   // 1 − beta1^step: both averages start at 0 and are too small at first
  squareCorrection: f32, // 1 − beta2^step
}

@group(0) @binding(0) var<storage, read_write> w: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> mean: array<f32>;
@group(0) @binding(3) var<storage, read_write> square: array<f32>;
@group(0) @binding(4) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  var weight = w[its.w0 + i];
  var g = gradient[its.g0 + i];
  if (its.decoupled == 1) { weight -= its.lr * its.weightDecay * weight; } else { g += its.weightDecay * weight; }
  let m = its.beta1 * mean[its.m0 + i] + (1 - its.beta1) * g;
  let s = its.beta2 * square[its.s0 + i] + (1 - its.beta2) * g * g;
  mean[its.m0 + i] = m;
  square[its.s0 + i] = s;
  w[its.w0 + i] = weight - its.lr * (m / its.meanCorrection) / (sqrt(s / its.squareCorrection) + its.eps);
}
