// Each window of a plane becomes its largest value (and where it stands, h·W + w, the first of equals) or its mean.
// x: [planes, H, W]; y, index: [planes, rows, columns]. One thread an output.

override LARGEST: bool; // else the mean
override GROUP: u32 = 256;

struct Parameters {
  outputs: u32,
  x0: u32,
  y0: u32,
  index0: u32,
  extent: vec2i,   // H, W
  out: vec2i,      // rows, columns
  kernel: vec2i,
  stride: vec2i,
  dilation: vec2i,
  before: vec2i,   // padding
  end: vec2i,      // how far a window counts: H and W, padding after them included where padding counts
  start: vec2i,    // the same at the other end: 0, or −before
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read_write> index: array<i32>; // not used for the mean
@group(0) @binding(3) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let output = (group.y * groups.x + group.x) * GROUP + local;
  if (output >= its.outputs) { return; }
  let size = its.out.x * its.out.y;
  let plane = its.x0 + output / u32(size) * u32(its.extent.x * its.extent.y);
  let inPlane = i32(output % u32(size));
  let corner = vec2i(inPlane / its.out.y, inPlane % its.out.y) * its.stride - its.before;
  var largest = 0f;
  var at = -1;
  var sum = 0f;
  for (var u = 0; u < its.kernel.x; u++) {
    for (var v = 0; v < its.kernel.y; v++) {
      let place = corner + vec2i(u, v) * its.dilation;
      if (any(place < vec2i()) || any(place >= its.extent)) { continue; }
      let here = place.x * its.extent.y + place.y;
      let value = x[plane + u32(here)];
      sum += value;
      if (at < 0 || value > largest) {
        largest = value;
        at = here;
      }
    }
  }
  if (LARGEST) {
    y[its.y0 + output] = largest;
    index[its.index0 + output] = at;
  } else {
    let covered = min(corner + its.kernel, its.end) - max(corner, its.start);
    y[its.y0 + output] = sum / f32(covered.x * covered.y);
  }
}
