// One step of SGD, with momentum (Nesterov's too) or without: the formulas stand in core/optim/sgd.ts.
// One thread a weight.

override MOMENTUM: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  w0: u32, // where weights, gradients and velocities begin
  g0: u32,
  v0: u32,
  first: u32, // 1: the velocity starts as the gradient itself
  nesterov: u32,
  lr: f32,
  momentum: f32,
  dampening: f32,
  weightDecay: f32,
}

@group(0) @binding(0) var<storage, read_write> w: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> velocity: array<f32>; // not used without momentum
@group(0) @binding(3) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  let weight = w[its.w0 + i];
  var g = gradient[its.g0 + i] + its.weightDecay * weight;
  if (MOMENTUM) {
    var v = g;
    if (its.first == 0) { v = its.momentum * velocity[its.v0 + i] + (1 - its.dampening) * g; }
    velocity[its.v0 + i] = v;
    g = select(v, g + its.momentum * v, its.nesterov == 1);
  }
  w[its.w0 + i] = weight - its.lr * g;
}
