// y[r] = the first place of the largest (or smallest) element of row r. x: [rows, n]; y: [rows], integers.
// LANES threads share a row, as in reduce.wgsl; of equal values the one further in front wins.

override SMALLEST: bool = false;
override INTEGERS: bool = false;
override LANES: u32 = 16;
override GROUP: u32 = 256;

struct Parameters {
  rows: u32,
  n: u32,
  x0: u32,
  y0: u32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<i32>;
@group(0) @binding(2) var<uniform> its: Parameters;

var<workgroup> values: array<u32, GROUP>;
var<workgroup> places: array<u32, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.y * groups.x + group.x) * (GROUP / LANES) + local / LANES;
  let lane = local % LANES;
  var best = 0u;
  var at = its.n; // none yet
  if (row < its.rows) {
    for (var i = lane; i < its.n; i += LANES) {
      let value = x[its.x0 + row * its.n + i];
      if (at == its.n || better(value, best)) {
        best = value;
        at = i;
      }
    }
  }
  values[local] = best;
  places[local] = at;
  for (var half = LANES / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { meet(local, local + half); }
  }
  if (lane == 0 && row < its.rows) { y[its.y0 + row] = i32(places[local]); }
}

fn better(a: u32, b: u32) -> bool {
  if (a == b) { return false; }
  if (INTEGERS) { return (bitcast<i32>(a) < bitcast<i32>(b)) == SMALLEST; }
  if (bitcast<f32>(a) == bitcast<f32>(b)) { return false; } // 0 and −0
  return (bitcast<f32>(a) < bitcast<f32>(b)) == SMALLEST;
}

fn meet(here: u32, there: u32) {
  if (places[there] == its.n) { return; }
  let worse = better(values[here], values[there]);
  let wins = better(values[there], values[here]) || (!worse && places[there] < places[here]);
  if (places[here] == its.n || wins) {
    values[here] = values[there];
    places[here] = places[there];
  }
}
