// One pass of merge sort: each row of x consists of sorted runs of `run` elements; neighbours are merged into runs of
// twice the length. Where an element goes: its place in its own run, and how many of the other run come before it,
// which bisection tells. Of equal elements those of the left run come first, so that old order is kept.
// One thread an element. `before` holds old places, `after` takes them along.

override DESCENDING: bool = false;
override INTEGERS: bool = false;
override GROUP: u32 = 256;

struct Parameters {
  count: u32, // elements in all
  n: u32,     // in a row
  run: u32,
  x0: u32,
  y0: u32,
  before0: u32,
  after0: u32,
  fresh: u32, // 1: the first pass, `before` is not written yet: each element is in its old place
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> before: array<i32>;
@group(0) @binding(2) var<storage, read_write> y: array<u32>;
@group(0) @binding(3) var<storage, read_write> after: array<i32>;
@group(0) @binding(4) var<uniform> its: Parameters;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let element = (group.y * groups.x + group.x) * GROUP + local;
  if (element >= its.count) { return; }
  let row = element / its.n * its.n;
  let i = element - row;
  let isLeft = i / its.run % 2 == 0;
  let pair = i / (2 * its.run) * 2 * its.run;
  let middle = min(pair + its.run, its.n);
  let value = x[its.x0 + element];
  var low = select(pair, middle, isLeft); // the other run
  var high = select(middle, min(pair + 2 * its.run, its.n), isLeft);
  let first = low;
  while (low < high) {
    let probe = (low + high) / 2;
    if (comesBefore(x[its.x0 + row + probe], value, !isLeft)) { low = probe + 1; } else { high = probe; }
  }
  let own = select(i - middle, i - pair, isLeft);
  let to = row + pair + own + (low - first);
  y[its.y0 + to] = value;
  var oldPlace = i32(i);
  if (its.fresh == 0) { oldPlace = before[its.before0 + element]; }
  after[its.after0 + to] = oldPlace;
}

// Does the other run's element come before this one? Of equal ones, those of the left run do.
fn comesBefore(other: u32, own: u32, otherIsLeft: bool) -> bool {
  if (INTEGERS) {
    let a = bitcast<i32>(other);
    let b = bitcast<i32>(own);
    return select((a < b) != DESCENDING, otherIsLeft, a == b);
  }
  let a = bitcast<f32>(other);
  let b = bitcast<f32>(own);
  return select((a < b) != DESCENDING, otherIsLeft, a == b);
}
