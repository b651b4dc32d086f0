// One step of a recurrent cell backwards: from the gradients of the states after it (gH, gC, which the walk carries)
// and of the step's output, those of the gates. What comes back through W_hh is a product of its own; here gH becomes
// what reaches the earlier state on other ways, which only a gru has (z·gH). One thread a unit of a sequence.
//
// Where the mask is 0 the step is padding: its gates get 0, and gH passes through.

override CELL: u32; // 0 rnn with tanh, 1 rnn with relu, 2 lstm, 3 gru
override MASK: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  N: u32,
  H: u32,
  gates0: u32,  // [N, G·H] of this step: activations, and their gradients
  states0: u32, // [N, H], before the step: h of an rnn or gru, c of an lstm; after it N·H further on
  q0: u32,      // [N, H] of this step (gru)
  gh0: u32,     // [N, H] of this step
  mask0: u32,
  gGates0: u32,
  gHidden0: u32, // [N, 3·H] of this step (gru)
  gH0: u32,      // [N, H]
  gC0: u32,      // [N, H] (lstm)
}

@group(0) @binding(0) var<storage, read> gates: array<f32>;
@group(0) @binding(1) var<storage, read> states: array<f32>;
@group(0) @binding(2) var<storage, read> q: array<f32>;
@group(0) @binding(3) var<storage, read> gh: array<f32>;
@group(0) @binding(4) var<storage, read> mask: array<i32>;
@group(0) @binding(5) var<storage, read_write> gGates: array<f32>;
@group(0) @binding(6) var<storage, read_write> gHidden: array<f32>;
@group(0) @binding(7) var<storage, read_write> gH: array<f32>;
@group(0) @binding(8) var<storage, read_write> gC: array<f32>;
@group(0) @binding(9) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let unit = (group.y * groups.x + group.x) * GROUP + local;
  if (unit >= its.N * its.H) { return; }
  let n = unit / its.H;
  let g = gH[its.gH0 + unit] + gh[its.gh0 + unit];
  let padding = MASK && mask[its.mask0 + n] == 0;
  switch (CELL) {
    case 2: { gH[its.gH0 + unit] = lstm(n, unit % its.H, unit, g, padding); }
    case 3: { gH[its.gH0 + unit] = gru(n, unit % its.H, unit, g, padding); }
    default: { gH[its.gH0 + unit] = rnn(unit, g, padding); }
  }
}

fn rnn(unit: u32, g: f32, padding: bool) -> f32 {
  let y = states[its.states0 + its.N * its.H + unit];
  let slope = select(1 - y * y, select(0.0, 1.0, y > 0), CELL == 1);
  gGates[its.gGates0 + unit] = select(g * slope, 0.0, padding);
  return select(0.0, g, padding);
}

// cₜ = f·cₜ₋₁ + i·g,  hₜ = o·tanh cₜ
fn lstm(n: u32, j: u32, unit: u32, gOut: f32, padding: bool) -> f32 {
  let p = n * 4 * its.H + j;
  if (padding) {
    for (var gate = 0u; gate < 4; gate++) { gGates[its.gGates0 + p + gate * its.H] = 0; }
    return gOut;
  }
  let a = its.gates0 + p;
  let i = gates[a];
  let f = gates[a + its.H];
  let g = gates[a + 2 * its.H];
  let o = gates[a + 3 * its.H];
  let tanhC = hyperbolicTangent(states[its.states0 + its.N * its.H + unit]);
  let gc = gC[its.gC0 + unit] + gOut * o * (1 - tanhC * tanhC);
  gC[its.gC0 + unit] = gc * f;
  gGates[its.gGates0 + p] = gc * g * i * (1 - i);
  gGates[its.gGates0 + p + its.H] = gc * states[its.states0 + unit] * f * (1 - f);
  gGates[its.gGates0 + p + 2 * its.H] = gc * i * (1 - g * g);
  gGates[its.gGates0 + p + 3 * its.H] = gOut * tanhC * o * (1 - o);
  return 0;
}

// hₜ = (1 − z)·n + z·hₜ₋₁,  n = tanh(… + r·q)
fn gru(n: u32, j: u32, unit: u32, gOut: f32, padding: bool) -> f32 {
  let p = n * 3 * its.H + j;
  if (padding) {
    for (var gate = 0u; gate < 3; gate++) {
      gGates[its.gGates0 + p + gate * its.H] = 0;
      gHidden[its.gHidden0 + p + gate * its.H] = 0;
    }
    return gOut;
  }
  let a = its.gates0 + p;
  let r = gates[a];
  let z = gates[a + its.H];
  let fresh = gates[a + 2 * its.H];
  let gn = gOut * (1 - z) * (1 - fresh * fresh);
  let gr = gn * q[its.q0 + unit] * r * (1 - r);
  let gz = gOut * (states[its.states0 + unit] - fresh) * z * (1 - z);
  gGates[its.gGates0 + p] = gr;
  gGates[its.gGates0 + p + its.H] = gz;
  gGates[its.gGates0 + p + 2 * its.H] = gn;
  gHidden[its.gHidden0 + p] = gr;
  gHidden[its.gHidden0 + p + its.H] = gz;
  gHidden[its.gHidden0 + p + 2 * its.H] = gn * r;
  return gOut * z;
}

fn hyperbolicTangent(v: f32) -> f32 {
  let s = v * v;
  let series = v * (1.0 - s / 3.0 * (1.0 - s * 0.4 * (1.0 - s * 17.0 / 42.0)));
  return select(tanh(clamp(v, -10.0, 10.0)), series, abs(v) < 0.1);
}
