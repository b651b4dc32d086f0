// The gradients of attention. With p = e^(score − logSum), ∂p = g[i]·v[j] and ∂s = p·(∂p − overlap[i]), where
// overlap[i] = g[i]·y[i]:
//
//   gq[i] = scale · Σⱼ ∂s·k[j]      a workgroup a query, which goes over the keys
//   gk[j] = scale · Σᵢ ∂s·q[i]      a workgroup a key, which goes over the queries (BY_KEY)
//   gv[j] =         Σᵢ p·g[i]       the same workgroup
//
// Partners are taken GROUP at a time: each thread makes p and ∂s of one pair anew, then each adds up its columns.
// Nobody writes where another does, and no matrix of scores is kept.

override BY_KEY: bool;
override CAUSAL: bool = false;
override MASK: u32 = 0; // 0 none, 1 integers: 1 takes part; 2 floats: added to the scores
override GROUP: u32 = 64;

struct Parameters {
  queries: u32,
  keys: u32,
  depth: u32, // D, of q and k
  width: u32, // Dv, of v, y and g
  heads: u32,
  rows: u32,  // workgroups: N · heads · queries, or keys
  q0: u32,
  k0: u32,
  v0: u32,
  mask0: u32,
  logSums0: u32,
  g0: u32,
  maskSteps: vec4i, // example, head, query, key
  overlap0: u32,
  first0: u32,  // gq, or gk
  second0: u32, // gv
  scale: f32,
}

@group(0) @binding(0) var<storage, read> q: array<f32>;
@group(0) @binding(1) var<storage, read> k: array<f32>;
@group(0) @binding(2) var<storage, read> v: array<f32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>;
@group(0) @binding(4) var<storage, read> logSums: array<f32>;
@group(0) @binding(5) var<storage, read> g: array<f32>;
@group(0) @binding(6) var<storage, read> overlap: array<f32>; // overlap[i]
@group(0) @binding(7) var<storage, read_write> first: array<f32>;
@group(0) @binding(8) var<storage, read_write> second: array<f32>; // not used by queries
@group(0) @binding(9) var<uniform> its: Parameters;

const LEFT_OUT = -1.0e30f; // a mask that adds less than this leaves the key out

var<workgroup> weights: array<f32, GROUP>; // p
var<workgroup> slopes: array<f32, GROUP>;  // ∂s

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let place = group.y * groups.x + group.x;
  if (place >= its.rows) { return; }
  let own = select(its.queries, its.keys, BY_KEY);
  let partners = select(its.keys, its.queries, BY_KEY);
  let head = place / own; // counted through all examples
  let here = place % own;
  for (var d = local; d < its.depth; d += GROUP) { first[its.first0 + place * its.depth + d] = 0; }
  if (BY_KEY) {
    for (var d = local; d < its.width; d += GROUP) { second[its.second0 + place * its.width + d] = 0; }
  }
  for (var start = 0u; start < partners; start += GROUP) {
    let there = start + local;
    let pair = select(vec2u(here, there), vec2u(there, here), BY_KEY); // query, key
    let p = weightOf(head, pair.x, pair.y);
    weights[local] = p;
    slopes[local] = 0;
    if (p > 0) {
      let expected = overlap[its.overlap0 + head * its.queries + pair.x];
      slopes[local] = p * (changeOf(head, pair.x, pair.y) - expected);
    }
    workgroupBarrier();
    let count = min(GROUP, partners - start);
    let partner = head * partners + start;
    for (var d = local; d < its.depth; d += GROUP) {
      var sum = 0f;
      for (var s = 0u; s < count; s++) {
        let at = (partner + s) * its.depth + d;
        if (BY_KEY) { sum += slopes[s] * q[its.q0 + at]; } else { sum += slopes[s] * k[its.k0 + at]; }
      }
      first[its.first0 + place * its.depth + d] += its.scale * sum;
    }
    if (BY_KEY) {
      for (var d = local; d < its.width; d += GROUP) {
        var sum = 0f;
        for (var s = 0u; s < count; s++) { sum += weights[s] * g[its.g0 + (partner + s) * its.width + d]; }
        second[its.second0 + place * its.width + d] += sum;
      }
    }
    workgroupBarrier();
  }
}

// p of a query and a key; 0 where the query does not see it.
fn weightOf(head: u32, i: u32, j: u32) -> f32 {
  if (i >= its.queries || j >= its.keys || (CAUSAL && j + its.queries > i + its.keys)) { return 0; }
  var added = 0f;
  if (MASK > 0) {
    let at = vec4i(i32(head / its.heads), i32(head % its.heads), i32(i), i32(j)) * its.maskSteps;
    let word = mask[i32(its.mask0) + at.x + at.y + at.z + at.w];
    if (MASK == 1) {
      if (word == 0) { return 0; }
    } else {
      added = bitcast<f32>(word);
      if (added < LEFT_OUT) { return 0; }
    }
  }
  var sum = 0f;
  let query = its.q0 + (head * its.queries + i) * its.depth;
  let key = its.k0 + (head * its.keys + j) * its.depth;
  for (var d = 0u; d < its.depth; d++) { sum += q[query + d] * k[key + d]; }
  return exp(min(its.scale * sum + added - logSums[its.logSums0 + head * its.queries + i], 0.0));
}

// ∂p = g[i]·v[j]
fn changeOf(head: u32, i: u32, j: u32) -> f32 {
  var sum = 0f;
  let row = its.g0 + (head * its.queries + i) * its.width;
  let value = its.v0 + (head * its.keys + j) * its.width;
  for (var d = 0u; d < its.width; d++) { sum += g[row + d] * v[value + d]; }
  return sum;
}
