// gw[o, c, u, v] = Σ g[n, o, i, j] · x[n, first(o) + c, …] over n, i, j: the product of G [O, N·rows·columns] and the
// patches turned [N·rows·columns, C·kh·kw], in the tiles of conv2d.wgsl.
//
// The sum is long and the result small, so the positions are cut into chunks, each with a result of its own;
// reduce.wgsl adds them up in order.

override TALL: u32 = 16; // threads along the channels, and along the weights of one
override WIDE: u32 = 16;
override DEPTH: u32 = 16;

struct Parameters {
  outputs: u32,   // channels of a group, in and out
  inputs: u32,
  groups: u32,
  positions: u32, // N · rows · columns
  down: u32,      // squares: along the outputs, along the weights of one, in all
  across: u32,
  squares: u32,
  x0: u32,
  g0: u32,
  chunk: u32,     // positions of a chunk
  gw0: u32,
  unused: u32,
  extent: vec2i,  // H, W
  out: vec2i,     // rows, columns
  kernel: vec2i,
  stride: vec2i,
  dilation: vec2i,
  before: vec2i,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> g: array<f32>;
@group(0) @binding(2) var<storage, read_write> gw: array<f32>; // [chunks, O, C, kh, kw]
@group(0) @binding(3) var<uniform> its: Parameters;

var<workgroup> gradients: array<vec4f, DEPTH * TALL>; // [DEPTH][TALL], 4 output channels each
var<workgroup> patches: array<vec4f, DEPTH * WIDE>;   // [DEPTH][WIDE], 4 weights each

@compute @workgroup_size(WIDE, TALL)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let square = group.y * groups.x + group.x;
  if (square >= its.squares) { return; }
  let chunk = square / (its.across * its.down * its.groups);
  let channels = square / (its.across * its.down) % its.groups; // the group of channels
  let top = square / its.across % its.down * 4 * TALL;
  let left = square % its.across * 4 * WIDE;
  let end = min((chunk + 1) * its.chunk, its.positions);
  var c0 = vec4f();
  var c1 = vec4f();
  var c2 = vec4f();
  var c3 = vec4f();
  for (var p0 = chunk * its.chunk; p0 < end; p0 += DEPTH) {
    // Neighbours bring what lies side by side: both strips along the positions
    for (var at = index; at < DEPTH * TALL; at += WIDE * TALL) {
      let p = at % DEPTH;
      let four = at / DEPTH;
      let o = top + 4 * four;
      for (var s = 0u; s < 4; s++) { gradients[p * TALL + four][s] = gradient(channels, o + s, p0 + p, end); }
    }
    for (var at = index; at < DEPTH * WIDE; at += WIDE * TALL) {
      let p = at % DEPTH;
      let four = at / DEPTH;
      let l = left + 4 * four;
      for (var s = 0u; s < 4; s++) { patches[p * WIDE + four][s] = ofPatch(channels, l + s, p0 + p, end); }
    }
    workgroupBarrier();
    for (var p = 0u; p < DEPTH; p++) {
      let gi = gradients[p * TALL + local.y];
      let xj = patches[p * WIDE + local.x];
      c0 += gi.x * xj;
      c1 += gi.y * xj;
      c2 += gi.z * xj;
      c3 += gi.w * xj;
    }
    workgroupBarrier();
  }
  let o = top + local.y * 4;
  let l = left + local.x * 4;
  store(chunk, channels, o, l, c0);
  store(chunk, channels, o + 1, l, c1);
  store(chunk, channels, o + 2, l, c2);
  store(chunk, channels, o + 3, l, c3);
}

fn gradient(channels: u32, o: u32, p: u32, end: u32) -> f32 {
  if (o >= its.outputs || p >= end) { return 0; }
  let size = u32(its.out.x * its.out.y);
  let plane = (p / size * its.groups + channels) * its.outputs + o;
  return g[its.g0 + plane * size + p % size];
}

// What position p meets at place l of its window: channel, row and column; 0 where that is padding.
fn ofPatch(channels: u32, l: u32, p: u32, end: u32) -> f32 {
  let window = i32(l % u32(its.kernel.x * its.kernel.y));
  let c = l / u32(its.kernel.x * its.kernel.y);
  if (c >= its.inputs || p >= end) { return 0; }
  let size = u32(its.out.x * its.out.y);
  let inPlane = i32(p % size);
  let corner = vec2i(inPlane / its.out.y, inPlane % its.out.y) * its.stride - its.before;
  let place = corner + vec2i(window / its.kernel.y, window % its.kernel.y) * its.dilation;
  if (any(place < vec2i()) || any(place >= its.extent)) { return 0; }
  let plane = (p / size * its.groups + channels) * its.inputs + c;
  return x[its.x0 + plane * u32(its.extent.x * its.extent.y) + u32(place.x * its.extent.y + place.y)];
}

fn store(chunk: u32, channels: u32, o: u32, l: u32, sums: vec4f) {
  if (o >= its.outputs) { return; }
  let weights = its.inputs * u32(its.kernel.x * its.kernel.y); // of one output
  let row = (chunk * its.groups + channels) * its.outputs + o;
  for (var s = 0u; s < 4 && l + s < weights; s++) { gw[its.gw0 + row * weights + l + s] = sums[s]; }
}
