// One step of a recurrent cell for all sequences of a batch, after W_hh·(d ∘ h) + b_hh has been computed (`hidden`):
// the gates become activations, and the states of the next step are written. One thread a unit of a sequence.
//
//   rnn   h′ = f(a + hidden)
//   lstm  i, f, o = σ(…), g = tanh(…);  c′ = f·c + i·g;  h′ = o·tanh c′
//   gru   r, z = σ(…);  n = tanh(a + r·hidden);  h′ = (1 − z)·n + z·h, and hidden's third part is kept as q
//
// Where the mask is 0 the step is padding: the states pass through.

override CELL: u32; // 0 rnn with tanh, 1 rnn with relu, 2 lstm, 3 gru
override MASK: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  N: u32,
  H: u32,
  gates0: u32, // [N, G·H], where this step's begin
  h0: u32,     // [N, H], the state before; the one after follows N·H further on, as in c
  mask0: u32,  // [N]
  extra0: u32, // c of an lstm, q of a gru
}

@group(0) @binding(0) var<storage, read> hidden: array<f32>; // [N, G·H]
@group(0) @binding(1) var<storage, read> mask: array<i32>;
@group(0) @binding(2) var<storage, read_write> gates: array<f32>;
@group(0) @binding(3) var<storage, read_write> h: array<f32>;
@group(0) @binding(4) var<storage, read_write> extra: array<f32>;
@group(0) @binding(5) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let unit = (group.y * groups.x + group.x) * GROUP + local;
  if (unit >= its.N * its.H) { return; }
  let n = unit / its.H;
  let before = its.h0 + unit;
  let after = before + its.N * its.H;
  if (MASK && mask[its.mask0 + n] == 0) {
    h[after] = h[before];
    if (CELL == 2) { extra[its.extra0 + its.N * its.H + unit] = extra[its.extra0 + unit]; }
    return;
  }
  switch (CELL) {
    case 0: { h[after] = hyperbolicTangent(gates[its.gates0 + unit] + hidden[unit]); }
    case 1: { h[after] = max(gates[its.gates0 + unit] + hidden[unit], 0.0); }
    case 2: { lstm(n, unit % its.H, unit, after); }
    default: { gru(n, unit % its.H, unit, before, after); }
  }
}

fn lstm(n: u32, j: u32, unit: u32, after: u32) {
  let p = n * 4 * its.H + j;
  let a = its.gates0 + p;
  let i = sigmoid(gates[a] + hidden[p]);
  let f = sigmoid(gates[a + its.H] + hidden[p + its.H]);
  let g = hyperbolicTangent(gates[a + 2 * its.H] + hidden[p + 2 * its.H]);
  let o = sigmoid(gates[a + 3 * its.H] + hidden[p + 3 * its.H]);
  let c = f * extra[its.extra0 + unit] + i * g;
  extra[its.extra0 + its.N * its.H + unit] = c;
  h[after] = o * hyperbolicTangent(c);
  gates[a] = i;
  gates[a + its.H] = f;
  gates[a + 2 * its.H] = g;
  gates[a + 3 * its.H] = o;
}

fn gru(n: u32, j: u32, unit: u32, before: u32, after: u32) {
  let p = n * 3 * its.H + j;
  let a = its.gates0 + p;
  let q = hidden[p + 2 * its.H];
  let r = sigmoid(gates[a] + hidden[p]);
  let z = sigmoid(gates[a + its.H] + hidden[p + its.H]);
  let fresh = hyperbolicTangent(gates[a + 2 * its.H] + r * q);
  h[after] = (1 - z) * fresh + z * h[before];
  gates[a] = r;
  gates[a + its.H] = z;
  gates[a + 2 * its.H] = fresh;
  extra[its.extra0 + unit] = q;
}

fn sigmoid(v: f32) -> f32 {
  return 1.0 / (1.0 + exp(min(-v, 88.72)));
}

// As in unary.wgsl: bounded for large v, a series for small ones.
fn hyperbolicTangent(v: f32) -> f32 {
  let s = v * v;
  let series = v * (1.0 - s / 3.0 * (1.0 - s * 0.4 * (1.0 - s * 17.0 / 42.0)));
  return select(tanh(clamp(v, -10.0, 10.0)), series, abs(v) < 0.1);
}
