// Y[b] = A[b]·B[b] (+ bias): as core/kernels/cpu/matmul.ts, in tiles.
//
// A workgroup of SIDE × SIDE threads computes a square of Y, 4·SIDE·BLOCKS wide; each thread keeps BLOCKS × BLOCKS
// blocks of 4 × 4 elements of it in registers. Going along k, the group brings a strip of A and a strip of B, DEPTH
// deep, into workgroup memory, where every number is then used 4·SIDE·BLOCKS times. With two blocks a side a thread
// multiplies 64 times for 4 vectors that it reads there, with one 16 times for 2; but the squares are larger and fewer.

override TRANSPOSE_A: bool = false; // a is [k, m]
override TRANSPOSE_B: bool = false; // b is [n, k]
override BIAS: bool = false;
override SIDE: u32 = 16;
override DEPTH: u32 = 16;
override BLOCKS: u32 = 1; // or 2
override FOURS: u32 = SIDE * BLOCKS; // groups of four rows or columns in the square
override STEP: u32 = FOURS + 1; // from layer to layer of a strip; the odd one keeps them in different memory banks

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

var<workgroup> stripA: array<vec4f, DEPTH * STEP>; // [DEPTH][STEP], 4 rows of A each
var<workgroup> stripB: array<vec4f, DEPTH * STEP>; // [DEPTH][STEP], 4 columns of B each

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
  let top = square / its.across % its.down * 4 * FOURS;
  let left = square % its.across * 4 * FOURS;
  let startA = its.a0 + batch * its.aBatch;
  let startB = its.b0 + batch * its.bBatch;
  var c00 = mat4x4f(); // four rows of four each
  var c01 = mat4x4f();
  var c10 = mat4x4f();
  var c11 = mat4x4f();
  for (var l0 = 0u; l0 < its.k; l0 += DEPTH) {
    for (var at = index; at < DEPTH * FOURS; at += SIDE * SIDE) {
      let inA = spot(at, !TRANSPOSE_A);
      stripA[inA.x * STEP + inA.y] = fourOfA(startA, top + 4 * inA.y, l0 + inA.x);
      let inB = spot(at, TRANSPOSE_B);
      stripB[inB.x * STEP + inB.y] = fourOfB(startB, l0 + inB.x, left + 4 * inB.y);
    }
    workgroupBarrier();
    for (var l = 0u; l < DEPTH; l++) {
      let a0 = stripA[l * STEP + local.y];
      let b0 = stripB[l * STEP + local.x];
      c00 = plusProduct(c00, a0, b0);
      if (BLOCKS == 2) {
        let a1 = stripA[l * STEP + SIDE + local.y];
        let b1 = stripB[l * STEP + SIDE + local.x];
        c01 = plusProduct(c01, a0, b1);
        c10 = plusProduct(c10, a1, b0);
        c11 = plusProduct(c11, a1, b1);
      }
    }
    workgroupBarrier();
  }
  let i = top + local.y * 4;
  let j = left + local.x * 4;
  store(batch, i, j, c00);
  if (BLOCKS == 2) {
    store(batch, i, j + 4 * SIDE, c01);
    store(batch, i + 4 * SIDE, j, c10);
    store(batch, i + 4 * SIDE, j + 4 * SIDE, c11);
  }
}

// Which layer of a strip and which four of it a thread brings, so that neighbours read what lies side by side: along k,
// or along the fours.
fn spot(at: u32, alongK: bool) -> vec2u {
  if (alongK) { return vec2u(at % DEPTH, at / DEPTH); }
  return vec2u(at / FOURS, at % FOURS);
}

// c plus each of four rows times each of four columns
fn plusProduct(c: mat4x4f, a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(c[0] + a.x * b, c[1] + a.y * b, c[2] + a.z * b, c[3] + a.w * b);
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

fn store(batch: u32, top: u32, left: u32, c: mat4x4f) {
  storeRow(batch, top, left, c[0]);
  storeRow(batch, top + 1, left, c[1]);
  storeRow(batch, top + 2, left, c[2]);
  storeRow(batch, top + 3, left, c[3]);
}

fn storeRow(batch: u32, i: u32, j: u32, c: vec4f) {
  if (i >= its.m) { return; }
  let row = its.y0 + (batch * its.m + i) * its.n;
  for (var s = 0u; s < 4 && j + s < its.n; s++) {
    y[row + j + s] = c[s];
    if (BIAS) { y[row + j + s] += bias[its.bias0 + j + s]; }
  }
}
