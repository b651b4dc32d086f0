// One step of RMSprop, or of Adagrad where SUM: the formulas stand in core/optim. One thread a weight.

override SUM: bool = false; // squares are summed up (Adagrad), not averaged
override MOMENTUM: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  n: u32,
  w0: u32, // where weights, gradients, squares and velocities begin
  g0: u32,
  s0: u32,
  v0: u32,
  lr: f32,
  alpha: f32,
  eps: f32,
  weightDecay: f32,
  momentum: f32,
}

@group(0) @binding(0) var<storage, read_write> w: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> square: array<f32>;
@group(0) @binding(3) var<storage, read_write> velocity: array<f32>; // not used without momentum
@group(0) @binding(4) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.y * groups.x + group.x) * GROUP + local;
  if (i >= its.n) { return; }
  let weight = w[its.w0 + i];
  let g = gradient[its.g0 + i] + its.weightDecay * weight;
  var s = square[its.s0 + i];
  if (SUM) { s += g * g; } else { s = its.alpha * s + (1 - its.alpha) * g * g; }
  square[its.s0 + i] = s;
  var change = g / (sqrt(s) + its.eps);
  if (MOMENTUM) {
    change += its.momentum * velocity[its.v0 + i];
    velocity[its.v0 + i] = change;
  }
  w[its.w0 + i] = weight - its.lr * change;
}
