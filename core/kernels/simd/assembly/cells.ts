/**
 * The cells of recurrent networks: one step of one sequence, four units at a time. A function takes the addresses of
 * its row in each tensor, the gates of all units one after the other. `hidden` is W_hh·(d ∘ hₜ₋₁) + b_hh with
 * `padded` bytes for each gate, so that it is filled by whole tiles.
 */
import { F32, VECTOR } from './lanes';
import { sigmoid, tanh } from './math';

// @ts-ignore: decorator
@inline
function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** 1 − x */
// @ts-ignore: decorator
@inline
function rest(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), x);
}

/** Four units, or the `left` last of a row: what follows them is another row's. Nothing is decided for a literal 4. */
// @ts-ignore: decorator
@inline
function get(from: usize, left: i32): v128 {
  return left >= 4 ? v128.load(from) : getLast(from, left);
}

function getLast(from: usize, left: i32): v128 {
  let v = v128.load32_zero(from);
  if (left > 1) v = v128.load32_lane(from, v, 1, 4);
  if (left > 2) v = v128.load32_lane(from, v, 2, 8);
  return v;
}

// @ts-ignore: decorator
@inline
function put(to: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(to, v);
  else putLast(to, v, left);
}

function putLast(to: usize, v: v128, left: i32): void {
  v128.store32_lane(to, v, 0);
  if (left > 1) v128.store32_lane(to, v, 1, 4);
  if (left > 2) v128.store32_lane(to, v, 2, 8);
}

/** y = a ∘ b, or a where b is missing; added to what is there where `more`. */
export function scaleRow(a: usize, b: usize, y: usize, units: i32, more: bool): void {
  for (let left = units; left > 0; left -= 4, a += VECTOR, y += VECTOR) {
    let v = get(a, left);
    if (b) {
      v = mul(v, get(b, left));
      b += VECTOR;
    }
    put(y, more ? add(get(y, left), v) : v, left);
  }
}

/* ------------------------------------------------------------------------------------------------- rnn */

export function rnnCell(units: i32, hidden: usize, gates: usize, after: usize, relu: bool): void {
  for (let left = units; left > 0; left -= 4, hidden += VECTOR, gates += VECTOR, after += VECTOR) {
    const x = add(get(gates, left), v128.load(hidden));
    put(after, relu ? f32x4.max(x, f32x4.splat(0)) : tanh(x), left);
  }
}

export function rnnCellGradient(units: i32, after: usize, gh: usize, gGates: usize, relu: bool): void {
  for (let left = units; left > 0; left -= 4, after += VECTOR, gh += VECTOR, gGates += VECTOR) {
    const y = get(after, left);
    const slope = relu ? v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.splat(1)) : rest(mul(y, y));
    put(gGates, mul(get(gh, left), slope), left);
  }
}

/* ------------------------------------------------------------------------------------------------ lstm */

export function lstmCell(
  units: i32, hidden: usize, padded: usize, gates: usize, cBefore: usize, cAfter: usize, hAfter: usize,
): void {
  const H = units * F32;
  let j: usize = 0, left = units;
  for (; left >= 4; left -= 4, j += VECTOR) {
    lstmUnits(4, H, hidden + j, padded, gates + j, cBefore + j, cAfter + j, hAfter + j);
  }
  if (left > 0) lstmUnits(left, H, hidden + j, padded, gates + j, cBefore + j, cAfter + j, hAfter + j);
}

// @ts-ignore: decorator
@inline
function lstmUnits(
  left: i32, H: usize, hidden: usize, padded: usize, gates: usize, cBefore: usize, cAfter: usize, hAfter: usize,
): void {
  const i = sigmoid(add(get(gates, left), v128.load(hidden)));
  const f = sigmoid(add(get(gates + H, left), v128.load(hidden + padded)));
  const g = tanh(add(get(gates + 2 * H, left), v128.load(hidden + 2 * padded)));
  const o = sigmoid(add(get(gates + 3 * H, left), v128.load(hidden + 3 * padded)));
  const c = add(mul(f, get(cBefore, left)), mul(i, g));
  put(cAfter, c, left);
  put(hAfter, mul(o, tanh(c)), left);
  put(gates, i, left);
  put(gates + H, f, left);
  put(gates + 2 * H, g, left);
  put(gates + 3 * H, o, left);
}

export function lstmCellGradient(
  units: i32, gates: usize, cBefore: usize, cAfter: usize, gh: usize, gc: usize, gGates: usize,
): void {
  const H = units * F32;
  for (let j: usize = 0, left = units; left > 0; left -= 4, j += VECTOR) {
    const p = gates + j, gp = gGates + j;
    const i = get(p, left), f = get(p + H, left), g = get(p + 2 * H, left), o = get(p + 3 * H, left);
    const gH = get(gh + j, left);
    const tanhC = tanh(get(cAfter + j, left));
    const gC = add(get(gc + j, left), mul(mul(gH, o), rest(mul(tanhC, tanhC)))); // hₜ = o·tanh cₜ
    put(gc + j, mul(gC, f), left); // cₜ = f·cₜ₋₁ + i·g
    put(gp, mul(mul(gC, g), mul(i, rest(i))), left);
    put(gp + H, mul(mul(gC, get(cBefore + j, left)), mul(f, rest(f))), left);
    put(gp + 2 * H, mul(mul(gC, i), rest(mul(g, g))), left);
    put(gp + 3 * H, mul(mul(gH, tanhC), mul(o, rest(o))), left);
  }
}

/* ------------------------------------------------------------------------------------------------- gru */

export function gruCell(
  units: i32, hidden: usize, padded: usize, gates: usize, q: usize, before: usize, after: usize,
): void {
  const H = units * F32;
  let j: usize = 0, left = units;
  for (; left >= 4; left -= 4, j += VECTOR) {
    gruUnits(4, H, hidden + j, padded, gates + j, q + j, before + j, after + j);
  }
  if (left > 0) gruUnits(left, H, hidden + j, padded, gates + j, q + j, before + j, after + j);
}

// @ts-ignore: decorator
@inline
function gruUnits(
  left: i32, H: usize, hidden: usize, padded: usize, gates: usize, q: usize, before: usize, after: usize,
): void {
  const r = sigmoid(add(get(gates, left), v128.load(hidden)));
  const z = sigmoid(add(get(gates + H, left), v128.load(hidden + padded)));
  const qj = v128.load(hidden + 2 * padded);
  const n = tanh(add(get(gates + 2 * H, left), mul(r, qj)));
  put(after, add(mul(rest(z), n), mul(z, get(before, left))), left);
  put(gates, r, left);
  put(gates + H, z, left);
  put(gates + 2 * H, n, left);
  put(q, qj, left);
}

/** Leaves in gh what comes to the state before along z. */
export function gruCellGradient(
  units: i32, gates: usize, q: usize, before: usize, gh: usize, gGates: usize, gHidden: usize,
): void {
  const H = units * F32;
  for (let j: usize = 0, left = units; left > 0; left -= 4, j += VECTOR) {
    const p = gates + j, ga = gGates + j, gb = gHidden + j;
    const r = get(p, left), z = get(p + H, left), n = get(p + 2 * H, left);
    const gH = get(gh + j, left);
    const gn = mul(mul(gH, rest(z)), rest(mul(n, n))); // hₜ = (1 − z)·n + z·hₜ₋₁, n = tanh(… + r·q)
    const gr = mul(mul(gn, get(q + j, left)), mul(r, rest(r)));
    const gz = mul(mul(gH, f32x4.sub(get(before + j, left), n)), mul(z, rest(z)));
    put(ga, gr, left);
    put(gb, gr, left);
    put(ga + H, gz, left);
    put(gb + H, gz, left);
    put(ga + 2 * H, gn, left);
    put(gb + 2 * H, mul(gn, r), left);
    put(gh + j, mul(gH, z), left);
  }
}
