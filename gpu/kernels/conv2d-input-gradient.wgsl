// What each input place gave to every output, times g: gx[n, c, h, w] = Σ w[o, c, u, v] · g[n, o, i, j] over the
// outputs o of c's group and the window places (u, v) through which output (i, j) saw it: i·stride = h + before −
// u·dilation, if that is possible. Also the forward of a transposed convolution.
//
// A product again: Wᵀ [C, O·kh·kw] times what the input places meet [O·kh·kw, N·H·W], in the tiles of conv2d.wgsl.

override TALL: u32 = 16; // threads along the channels, and along the positions
override WIDE: u32 = 16;
override DEPTH: u32 = 16;

struct Parameters {
  outputs: u32,   // channels of a group, in and out
  inputs: u32,
  groups: u32,
  positions: u32, // N · H · W
  down: u32,      // squares: along the inputs, along the positions, in all
  across: u32,
  squares: u32,
  g0: u32,
  w0: u32,
  unused: u32,
  gx0: u32,
  unused2: u32,
  extent: vec2i,  // H, W
  out: vec2i,     // rows, columns
  kernel: vec2i,
  stride: vec2i,
  dilation: vec2i,
  before: vec2i,
}

@group(0) @binding(0) var<storage, read> g: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> gx: array<f32>;
@group(0) @binding(3) var<uniform> its: Parameters;

var<workgroup> weights: array<vec4f, DEPTH * TALL>; // [DEPTH][TALL], 4 input channels each
var<workgroup> met: array<vec4f, DEPTH * WIDE>;     // [DEPTH][WIDE], 4 positions each

@compute @workgroup_size(WIDE, TALL)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let square = group.y * groups.x + group.x;
  if (square >= its.squares) { return; }
  let channels = square / (its.across * its.down); // the group of channels
  let top = square / its.across % its.down * 4 * TALL;
  let left = square % its.across * 4 * WIDE;
  let depth = its.outputs * u32(its.kernel.x * its.kernel.y);
  var c0 = vec4f();
  var c1 = vec4f();
  var c2 = vec4f();
  var c3 = vec4f();
  for (var l0 = 0u; l0 < depth; l0 += DEPTH) {
    for (var at = index; at < DEPTH * TALL; at += WIDE * TALL) {
      let l = at % DEPTH;
      let four = at / DEPTH;
      let c = top + 4 * four;
      for (var s = 0u; s < 4; s++) { weights[l * TALL + four][s] = weight(channels, c + s, l0 + l, depth); }
    }
    for (var at = index; at < DEPTH * WIDE; at += WIDE * TALL) {
      let p = left + at % WIDE * 4;
      for (var s = 0u; s < 4; s++) { met[at][s] = gradient(channels, l0 + at / WIDE, p + s, depth); }
    }
    workgroupBarrier();
    for (var l = 0u; l < DEPTH; l++) {
      let wi = weights[l * TALL + local.y];
      let gj = met[l * WIDE + local.x];
      c0 += wi.x * gj;
      c1 += wi.y * gj;
      c2 += wi.z * gj;
      c3 += wi.w * gj;
    }
    workgroupBarrier();
  }
  let c = top + local.y * 4;
  let p = left + local.x * 4;
  store(channels, c, p, c0);
  store(channels, c + 1, p, c1);
  store(channels, c + 2, p, c2);
  store(channels, c + 3, p, c3);
}

// Place l is an output channel of the group and a place of the window.
fn weight(channels: u32, c: u32, l: u32, depth: u32) -> f32 {
  if (c >= its.inputs || l >= depth) { return 0; }
  let size = u32(its.kernel.x * its.kernel.y);
  let o = channels * its.outputs + l / size;
  return w[its.w0 + (o * its.inputs + c) * size + l % size];
}

fn gradient(channels: u32, l: u32, p: u32, depth: u32) -> f32 {
  if (l >= depth || p >= its.positions) { return 0; }
  let window = i32(l % u32(its.kernel.x * its.kernel.y));
  let o = channels * its.outputs + l / u32(its.kernel.x * its.kernel.y);
  let size = u32(its.extent.x * its.extent.y);
  let n = p / size;
  let inPlane = i32(p % size);
  let place = vec2i(inPlane / its.extent.y, inPlane % its.extent.y) + its.before;
  let reach = place - vec2i(window / its.kernel.y, window % its.kernel.y) * its.dilation;
  let at = reach / its.stride;
  if (any(reach < vec2i()) || any(at * its.stride != reach) || any(at >= its.out)) { return 0; }
  let plane = n * its.groups * its.outputs + o;
  return g[its.g0 + plane * u32(its.out.x * its.out.y) + u32(at.x * its.out.y + at.y)];
}

fn store(channels: u32, c: u32, p: u32, sums: vec4f) {
  if (c >= its.inputs) { return; }
  let size = u32(its.extent.x * its.extent.y);
  for (var s = 0u; s < 4 && p + s < its.positions; s++) {
    let plane = ((p + s) / size * its.groups + channels) * its.inputs + c;
    gx[its.gx0 + plane * size + (p + s) % size] = sums[s];
  }
}
