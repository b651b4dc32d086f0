// Attention for one query: y = Σ pⱼ·v[j] over the keys j that it sees, with p the softmax of its scores. A workgroup a
// query. The keys are taken GROUP at a time: each thread scores one, the largest score so far is found, what was summed
// is scaled down to it, and each thread adds up its columns of y. There is never more than a row of GROUP scores.

override CAUSAL: bool = false;
override MASK: u32 = 0; // 0 none, 1 integers: 1 takes part; 2 floats: added to the scores
override WIDTH: u32 = 64; // at least D and Dv
override GROUP: u32 = 64;

struct Parameters {
  queries: u32,
  keys: u32,
  depth: u32, // D, of q and k
  width: u32, // Dv, of v and y
  heads: u32,
  rows: u32,  // N · heads · queries
  q0: u32,
  k0: u32,
  v0: u32,
  mask0: u32,
  y0: u32,
  logSums0: u32,
  maskSteps: vec4i, // example, head, query, key
  scale: f32,
}

@group(0) @binding(0) var<storage, read> q: array<f32>;
@group(0) @binding(1) var<storage, read> k: array<f32>;
@group(0) @binding(2) var<storage, read> v: array<f32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read_write> logSums: array<f32>;
@group(0) @binding(6) var<uniform> its: Parameters;

const NOT_SEEN = -3.0e38f;
const LEFT_OUT = -1.0e30f; // a mask that adds less than this leaves the key out

var<workgroup> query: array<f32, WIDTH>;
var<workgroup> row: array<f32, WIDTH>; // Σ e^(score − max)·v
var<workgroup> scores: array<f32, GROUP>;
var<workgroup> partial: array<f32, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let place = group.y * groups.x + group.x;
  if (place >= its.rows) { return; }
  let i = place % its.queries;
  let head = place / its.queries; // counted through all examples
  for (var d = local; d < its.depth; d += GROUP) { query[d] = q[its.q0 + place * its.depth + d]; }
  for (var d = local; d < its.width; d += GROUP) { row[d] = 0; }
  workgroupBarrier();

  var largest = NOT_SEEN;
  var sum = 0f;
  for (var first = 0u; first < its.keys; first += GROUP) {
    let j = first + local;
    let score = scoreOf(head, i, j);
    let highest = max(largest, largestOf(local, score));
    let shrink = exp(largest - highest); // 1 or less; what was summed before counts from the new largest
    let weight = select(0.0, exp(score - highest), score > NOT_SEEN);
    scores[local] = weight;
    sum = sum * shrink + sumOf(local, weight);
    for (var d = local; d < its.width; d += GROUP) {
      var total = row[d] * shrink;
      for (var s = 0u; s < min(GROUP, its.keys - first); s++) {
        total += scores[s] * v[its.v0 + (head * its.keys + first + s) * its.width + d];
      }
      row[d] = total;
    }
    largest = highest;
    workgroupBarrier();
  }
  for (var d = local; d < its.width; d += GROUP) {
    y[its.y0 + place * its.width + d] = select(0.0, row[d] / sum, sum > 0);
  }
  if (local == 0) { logSums[its.logSums0 + place] = select(0.0, largest + log(sum), sum > 0); }
}

// NOT_SEEN where the query does not see the key.
fn scoreOf(head: u32, i: u32, j: u32) -> f32 {
  if (j >= its.keys || (CAUSAL && j + its.queries > i + its.keys)) { return NOT_SEEN; }
  var added = 0f;
  if (MASK > 0) {
    let at = vec4i(i32(head / its.heads), i32(head % its.heads), i32(i), i32(j)) * its.maskSteps;
    let word = mask[i32(its.mask0) + at.x + at.y + at.z + at.w];
    if (MASK == 1) {
      if (word == 0) { return NOT_SEEN; }
    } else {
      added = bitcast<f32>(word);
      if (added < LEFT_OUT) { return NOT_SEEN; }
    }
  }
  var sum = 0f;
  let key = its.k0 + (head * its.keys + j) * its.depth;
  for (var d = 0u; d < its.depth; d++) { sum += query[d] * k[key + d]; }
  return its.scale * sum + added;
}

fn largestOf(local: u32, value: f32) -> f32 {
  partial[local] = value;
  for (var half = GROUP / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { partial[local] = max(partial[local], partial[local + half]); }
  }
  workgroupBarrier();
  let result = partial[0];
  workgroupBarrier();
  return result;
}

fn sumOf(local: u32, value: f32) -> f32 {
  partial[local] = value;
  for (var half = GROUP / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { partial[local] += partial[local + half]; }
  }
  workgroupBarrier();
  let result = partial[0];
  workgroupBarrier();
  return result;
}
