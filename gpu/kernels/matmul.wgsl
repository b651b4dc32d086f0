// Y[b] = A[b]·B[b] (+ bias): as core/kernels/cpu/matmul.ts, in tiles.
//
// A workgroup of SIDE × SIDE threads computes a square of Y, 4·SIDE wide; each thread 4 × 4 elements of it, in
// registers. Going along k, the group brings a strip of A and a strip of B, DEPTH deep, into workgroup memory, where
// every number is then used 4·SIDE times.

override TRANSPOSE_A: bool = false; // a is [k, m]
override TRANSPOSE_B: bool = false; // b is [n, k]
override BIAS: bool = false;
override SIDE: u32 = 16;
override DEPTH: u32 = 16;

struct Parameters {
  m: u32,
  n: u32,
  k: u32,
  across: u32, // squares in a row of Y
  down: u32,
  a0: u32, // where the matrices begin, and from one to the next of the batch
  aBatch: u32,
  b0: u32,
  bBatch: u32,
  y0: u32,
  bias0: u32,
  squares: u32, // in all
}

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> its: Parameters;

var<workgroup> stripA: array<vec4f, DEPTH * SIDE>; // [DEPTH][SIDE], 4 rows of A each
var<workgroup> stripB: array<vec4f, DEPTH * SIDE>; // [DEPTH][SIDE], 4 columns of B each

@compute @workgroup_size(SIDE, SIDE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let square = group.y * groups.x + group.x;
  if (square >= its.squares) { return; }
  let batch = square / (its.across * its.down);
  let top = square / its.across % its.down * 4 * SIDE;
  let left = square % its.across * 4 * SIDE;
  let a1 = its.a0 + batch * its.aBatch;
  let b1 = its.b0 + batch * its.bBatch;
  var c0 = vec4f();
  var c1 = vec4f();
  var c2 = vec4f();
  var c3 = vec4f();
  for (var l0 = 0u; l0 < its.k; l0 += DEPTH) {
    for (var at = index; at < DEPTH * SIDE; at += SIDE * SIDE) {
      let l = l0 + at / SIDE;
      stripA[at] = fourOfA(a1, top + at % SIDE * 4, l);
      stripB[at] = fourOfB(b1, l, left + at % SIDE * 4);
    }
    workgroupBarrier();
    for (var l = 0u; l < DEPTH; l++) {
      let ai = stripA[l * SIDE + local.y];
      let bj = stripB[l * SIDE + local.x];
      c0 += ai.x * bj;
      c1 += ai.y * bj;
      c2 += ai.z * bj;
      c3 += ai.w * bj;
    }
    workgroupBarrier();
  }
  let i = top + local.y * 4;
  let j = left + local.x * 4;
  store(batch, i, j, c0);
  store(batch, i + 1, j, c1);
  store(batch, i + 2, j, c2);
  store(batch, i + 3, j, c3);
}

// a[i…i+3, l]; 0 outside.
fn fourOfA(start: u32, i: u32, l: u32) -> vec4f {
  return vec4f(ofA(start, i, l), ofA(start, i + 1, l), ofA(start, i + 2, l), ofA(start, i + 3, l));
}

fn ofA(start: u32, i: u32, l: u32) -> f32 {
  if (i >= its.m || l >= its.k) { return 0; }
  if (TRANSPOSE_A) { return a[start + l * its.m + i]; }
  return a[start + i * its.k + l];
}

// b[l, j…j+3]; 0 outside.
fn fourOfB(start: u32, l: u32, j: u32) -> vec4f {
  return vec4f(ofB(start, l, j), ofB(start, l, j + 1), ofB(start, l, j + 2), ofB(start, l, j + 3));
}

fn ofB(start: u32, l: u32, j: u32) -> f32 {
  if (l >= its.k || j >= its.n) { return 0; }
  if (TRANSPOSE_B) { return b[start + j * its.k + l]; }
  return b[start + l * its.n + j];
}

fn store(batch: u32, i: u32, j: u32, c: vec4f) {
  if (i >= its.m) { return; }
  let row = its.y0 + (batch * its.m + i) * its.n;
  for (var s = 0u; s < 4 && j + s < its.n; s++) {
    y[row + j + s] = c[s];
    if (BIAS) { y[row + j + s] += bias[its.bias0 + j + s]; }
  }
}
