// Convolution: y[n, o, i, j] = bias[o] + Σ w[o, c, u, v] · x[n, first(o) + c, i·stride + u·dilation − before, …].
//
// It is a product of matrices, W [O, C·kh·kw] times the patches [C·kh·kw, N·rows·columns], and runs in tiles as
// matmul.wgsl does; only the patches are never written down: each number is fetched from the picture when its strip is
// brought in. A tile is 4·TALL channels high, as few as there may be, and 4·WIDE positions wide. Groups are products of
// their own.

override BIAS: bool = false;
override TALL: u32 = 16; // threads along the channels, and along the positions
override WIDE: u32 = 16;
override DEPTH: u32 = 16;

struct Parameters {
  outputs: u32,   // channels of a group, in and out
  inputs: u32,
  groups: u32,
  positions: u32, // N · rows · columns
  down: u32,      // squares: along the outputs, along the positions, in all
  across: u32,
  squares: u32,
  x0: u32,
  w0: u32,
  bias0: u32,
  y0: u32,
  unused: u32,
  extent: vec2i,  // H, W
  out: vec2i,     // rows, columns
  kernel: vec2i,
  stride: vec2i,
  dilation: vec2i,
  before: vec2i,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> its: Parameters;

var<workgroup> weights: array<vec4f, DEPTH * TALL>; // [DEPTH][TALL], 4 output channels each
var<workgroup> patches: array<vec4f, DEPTH * WIDE>; // [DEPTH][WIDE], 4 positions each

@compute @workgroup_size(WIDE, TALL)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let square = group.y * groups.x + group.x;
  if (square >= its.squares) { return; }
  let g = square / (its.across * its.down); // the group of channels
  let top = square / its.across % its.down * 4 * TALL;
  let left = square % its.across * 4 * WIDE;
  let depth = its.inputs * u32(its.kernel.x * its.kernel.y);
  var c0 = vec4f();
  var c1 = vec4f();
  var c2 = vec4f();
  var c3 = vec4f();
  for (var l0 = 0u; l0 < depth; l0 += DEPTH) {
    // Neighbours bring what lies side by side: of the weights along l, of the picture along its positions
    for (var at = index; at < DEPTH * TALL; at += WIDE * TALL) {
      let l = at % DEPTH;
      let four = at / DEPTH;
      let o = top + 4 * four;
      for (var s = 0u; s < 4; s++) { weights[l * TALL + four][s] = weight(g, o + s, l0 + l, depth); }
    }
    for (var at = index; at < DEPTH * WIDE; at += WIDE * TALL) {
      let p = left + at % WIDE * 4;
      for (var s = 0u; s < 4; s++) { patches[at][s] = ofPatch(g, l0 + at / WIDE, p + s, depth); }
    }
    workgroupBarrier();
    for (var l = 0u; l < DEPTH; l++) {
      let wi = weights[l * TALL + local.y];
      let xj = patches[l * WIDE + local.x];
      c0 += wi.x * xj;
      c1 += wi.y * xj;
      c2 += wi.z * xj;
      c3 += wi.w * xj;
    }
    workgroupBarrier();
  }
  let o = top + local.y * 4;
  let p = left + local.x * 4;
  store(g, o, p, c0);
  store(g, o + 1, p, c1);
  store(g, o + 2, p, c2);
  store(g, o + 3, p, c3);
}

fn weight(g: u32, o: u32, l: u32, depth: u32) -> f32 {
  if (o >= its.outputs || l >= depth) { return 0; }
  return w[its.w0 + (g * its.outputs + o) * depth + l];
}

// What position p meets at place l of its window: channel, row and column; 0 where that is padding.
fn ofPatch(g: u32, l: u32, p: u32, depth: u32) -> f32 {
  if (l >= depth || p >= its.positions) { return 0; }
  let window = i32(l % u32(its.kernel.x * its.kernel.y));
  let c = l / u32(its.kernel.x * its.kernel.y);
  let size = u32(its.out.x * its.out.y);
  let n = p / size;
  let inPlane = i32(p % size);
  let corner = vec2i(inPlane / its.out.y, inPlane % its.out.y) * its.stride - its.before;
  let place = corner + vec2i(window / its.kernel.y, window % its.kernel.y) * its.dilation;
  if (any(place < vec2i()) || any(place >= its.extent)) { return 0; }
  let plane = (n * its.groups + g) * its.inputs + c;
  return x[its.x0 + plane * u32(its.extent.x * its.extent.y) + u32(place.x * its.extent.y + place.y)];
}

fn store(g: u32, o: u32, p: u32, c: vec4f) {
  if (o >= its.outputs) { return; }
  let channel = g * its.outputs + o;
  let size = u32(its.out.x * its.out.y);
  for (var s = 0u; s < 4 && p + s < its.positions; s++) {
    let at = its.y0 + ((p + s) / size * its.groups * its.outputs + channel) * size + (p + s) % size;
    y[at] = c[s];
    if (BIAS) { y[at] += bias[its.bias0 + channel]; }
  }
}
