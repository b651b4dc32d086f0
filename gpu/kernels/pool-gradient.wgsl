// What each input place gets back of g: from the windows whose largest value it was, or its share of every window that
// covered it. One thread an input place, which goes over the windows that can have seen it: so none writes where
// another does. g, index: [planes, rows, columns]; gx: [planes, H, W].

override LARGEST: bool; // else the mean
override GROUP: u32 = 256;

struct Parameters {
  inputs: u32,
  g0: u32,
  gx0: u32,
  index0: u32,
  extent: vec2i,   // H, W
  out: vec2i,      // rows, columns
  kernel: vec2i,
  stride: vec2i,
  dilation: vec2i,
  before: vec2i,
  end: vec2i,      // as in pool.wgsl
  start: vec2i,
}

@group(0) @binding(0) var<storage, read> g: array<f32>;
@group(0) @binding(1) var<storage, read> index: array<i32>; // not used for the mean
@group(0) @binding(2) var<storage, read_write> gx: array<f32>;
@group(0) @binding(3) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let input = (group.y * groups.x + group.x) * GROUP + local;
  if (input >= its.inputs) { return; }
  let size = its.extent.x * its.extent.y;
  let inPlane = i32(input % u32(size));
  let place = vec2i(inPlane / its.extent.y, inPlane % its.extent.y) + its.before;
  let plane = input / u32(size) * u32(its.out.x * its.out.y);
  var sum = 0f;
  for (var u = 0; u < its.kernel.x; u++) {
    for (var v = 0; v < its.kernel.y; v++) {
      let reach = place - vec2i(u, v) * its.dilation; // the window's corner, padding included
      let window = reach / its.stride;
      if (any(reach < vec2i()) || any(window * its.stride != reach) || any(window >= its.out)) { continue; }
      let at = plane + u32(window.x * its.out.y + window.y);
      if (LARGEST) {
        if (index[its.index0 + at] == inPlane) { sum += g[its.g0 + at]; }
      } else {
        let corner = reach - its.before;
        let covered = min(corner + its.kernel, its.end) - max(corner, its.start);
        sum += g[its.g0 + at] / f32(covered.x * covered.y);
      }
    }
  }
  gx[its.gx0 + input] = sum;
}
