/**
 * Normalisation over rows: layerNorm and rmsNorm of cpu/normalisation.ts, written as one, since a root mean square is a
 * standard deviation around 0: the second has no means. Normalisation over channels is in channels.ts.
 */
import { F32, madd, sumLanes, VECTOR } from './lanes';
import { launchRows, ONES, rowsOfBlock, SMALL, squares, sum, ZEROS } from './sums';
import { ARGS, launch, run } from './threads';

@unmanaged
class Rows {
  x: usize; // [rows, n]
  weight: usize; // [n], or 0: none
  bias: usize; // [n], or 0: none
  y: usize; // [rows, n]
  mean: usize; // [rows], or 0: rmsNorm
  rstd: usize; // [rows]
  rows: i32;
  n: i32;
  eps: f64;
}

/* ------------------------------------------------------------------------------------------------- forward */

export function rowNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, rstd: usize, rows: i32, n: i32, eps: f64,
): void {
  const p = changetype<Rows>(ARGS);
  p.x = x;
  p.weight = weight;
  p.bias = bias;
  p.y = y;
  p.mean = mean;
  p.rstd = rstd;
  p.rows = rows;
  p.n = n;
  p.eps = eps;
  launchRows(normBlock, rows, n);
}

function normBlock(args: usize, block: i32): void {
  const p = changetype<Rows>(args);
  const n = p.n;
  const first = block * rowsOfBlock(n);
  const end = min(first + rowsOfBlock(n), p.rows);
  for (let r = first; r < end; r++) {
    const x = p.x + r * n * F32;
    let m: f32 = 0;
    if (p.mean) {
      m = <f32>(sum(x, n) / n);
      store<f32>(p.mean + r * F32, m);
    }
    const s = <f32>(1 / sqrt(squares(x, m, n) / n + p.eps));
    store<f32>(p.rstd + r * F32, s);
    scaleRow(x, p.weight, p.bias, p.y + r * n * F32, n, m, s);
  }
}

/** y = (x − m) · s · w + b */
function scaleRow(x: usize, weight: usize, bias: usize, y: usize, n: i32, m: f32, s: f32): void {
  const centre = f32x4.splat(m), scale = f32x4.splat(s);
  const wStep = weight ? F32 : 0, bStep = bias ? F32 : 0;
  let w = weight || ONES, b = bias || ZEROS;
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR, y += VECTOR, w += 4 * wStep, b += 4 * bStep) {
    const xHat = f32x4.mul(f32x4.sub(v128.load(x), centre), scale);
    v128.store(y, madd(xHat, v128.load(w), v128.load(b)));
  }
  for (; i < n; i++, x += F32, y += F32, w += wStep, b += bStep) {
    store<f32>(y, (load<f32>(x) - m) * s * load<f32>(w) + load<f32>(b));
  }
}

/* ------------------------------------------------------------------------------------------------ backward */

@unmanaged
class RowsGradient {
  x: usize; // [rows, n]
  weight: usize; // [n], or 0: none
  mean: usize; // [rows], or 0: rmsNorm
  rstd: usize; // [rows]
  g: usize; // [rows, n]
  gx: usize; // [rows, n]
  partial: usize; // [blocks, 2, n]: each block's share of gWeight and gBias; or 0
  rows: i32;
  n: i32;
  rowsOfBlock: i32;
  blocks: i32;
}

/** `partial` is memory for [⌈rows / rowsOfBlock⌉, 2, n] numbers, or 0 where neither gWeight nor gBias is wanted. */
export function rowNormGradient(
  x: usize, weight: usize, mean: usize, rstd: usize, g: usize, gx: usize, gWeight: usize, gBias: usize,
  partial: usize, rows: i32, n: i32, rowsOfBlock: i32,
): void {
  const p = changetype<RowsGradient>(ARGS);
  p.x = x;
  p.weight = weight;
  p.mean = mean;
  p.rstd = rstd;
  p.g = g;
  p.gx = gx;
  p.partial = partial;
  p.rows = rows;
  p.n = n;
  p.rowsOfBlock = rowsOfBlock;
  p.blocks = (rows + rowsOfBlock - 1) / rowsOfBlock;
  if (<i64>rows * n < SMALL) run(gradientBlock, ARGS, p.blocks);
  else launch(gradientBlock, ARGS, p.blocks);
  if (gWeight) addUp(p, partial, gWeight);
  if (gBias) addUp(p, partial + n * F32, gBias);
}

function gradientBlock(args: usize, block: i32): void {
  const p = changetype<RowsGradient>(args);
  const n = p.n;
  const first = block * p.rowsOfBlock;
  const end = min(first + p.rowsOfBlock, p.rows);
  const gw = p.partial + block * 2 * n * F32;
  const gb = gw + n * F32;
  if (p.partial) memory.fill(gw, 0, 2 * n * F32);
  for (let r = first; r < end; r++) {
    const x = p.x + r * n * F32, g = p.g + r * n * F32, gx = p.gx + r * n * F32;
    const m = p.mean ? load<f32>(p.mean + r * F32) : <f32>0;
    const s = load<f32>(p.rstd + r * F32);
    if (p.partial) addToPartial(x, g, gw, gb, n, m, s);
    gradientRow(x, p.weight, g, gx, n, m, s, p.mean != 0);
  }
}

/** gw += g·x̂, gb += g */
function addToPartial(x: usize, g: usize, gw: usize, gb: usize, n: i32, m: f32, s: f32): void {
  const centre = f32x4.splat(m), scale = f32x4.splat(s);
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR, g += VECTOR, gw += VECTOR, gb += VECTOR) {
    const xHat = f32x4.mul(f32x4.sub(v128.load(x), centre), scale);
    const gi = v128.load(g);
    v128.store(gw, madd(gi, xHat, v128.load(gw)));
    v128.store(gb, f32x4.add(gi, v128.load(gb)));
  }
  for (; i < n; i++, x += F32, g += F32, gw += F32, gb += F32) {
    store<f32>(gw, load<f32>(gw) + load<f32>(g) * ((load<f32>(x) - m) * s));
    store<f32>(gb, load<f32>(gb) + load<f32>(g));
  }
}

/** gx = s · (ĝ − mean(ĝ) − x̂ · mean(ĝ·x̂)) with ĝ = g·w; the first mean only where x was centred. */
function gradientRow(x: usize, weight: usize, g: usize, gx: usize, n: i32, m: f32, s: f32, centred: bool): void {
  const centre = f32x4.splat(m), scale = f32x4.splat(s);
  const wStep = weight ? F32 : 0;
  let shifts = f32x4.splat(0), stretches = shifts; // Σ ĝ, Σ ĝ·x̂
  let w = weight || ONES;
  let i = 0;
  let at: usize = 0;
  for (; i <= n - 4; i += 4, at += VECTOR, w += 4 * wStep) {
    const xHat = f32x4.mul(f32x4.sub(v128.load(x + at), centre), scale);
    const gHat = f32x4.mul(v128.load(g + at), v128.load(w));
    shifts = f32x4.add(shifts, gHat);
    stretches = madd(gHat, xHat, stretches);
  }
  let shift = sumLanes(shifts);
  let stretch = sumLanes(stretches);
  for (; i < n; i++, at += F32, w += wStep) {
    const gHat = load<f32>(g + at) * load<f32>(w);
    shift += gHat;
    stretch += gHat * ((load<f32>(x + at) - m) * s);
  }
  shift = centred ? shift / <f32>n : 0;
  stretch /= <f32>n;

  const meanShift = f32x4.splat(shift), meanStretch = f32x4.splat(stretch);
  w = weight || ONES;
  i = 0;
  at = 0;
  for (; i <= n - 4; i += 4, at += VECTOR, w += 4 * wStep) {
    const xHat = f32x4.mul(f32x4.sub(v128.load(x + at), centre), scale);
    const gHat = f32x4.mul(v128.load(g + at), v128.load(w));
    const flat = f32x4.sub(gHat, meanShift);
    v128.store(gx + at, f32x4.mul(scale, f32x4.sub(flat, f32x4.mul(xHat, meanStretch))));
  }
  for (; i < n; i++, at += F32, w += wStep) {
    const xHat = (load<f32>(x + at) - m) * s;
    store<f32>(gx + at, s * (load<f32>(g + at) * load<f32>(w) - shift - xHat * stretch));
  }
}

/** to[i] = Σ partial[block, i] over the blocks, in their order. */
function addUp(p: RowsGradient, partial: usize, to: usize): void {
  const step = 2 * p.n * F32;
  for (let i = 0; i < p.n; i++, partial += F32, to += F32) {
    let sum: f64 = 0;
    let from = partial;
    for (let block = 0; block < p.blocks; block++, from += step) sum += load<f32>(from);
    store<f32>(to, <f32>sum);
  }
}
