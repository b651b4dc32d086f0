/**
 * Softmax, its logarithm, and the cross-entropy of both: the loops of cpu/softmax.ts. A row is passed over three times
 * (its largest element, the exponentials and their sum, the result), and stays in the nearest caches meanwhile.
 */
import { F32, loadPart, storePart, sumLanes, VECTOR } from './lanes';
import { exp, expOfNegative, log } from './math';
import { launchRows, PIECE, productsWithDeviations, rowsOfBlock, sum } from './sums';
import { ARGS, Task } from './threads';

@unmanaged
class Softmax {
  x: usize; // [rows, n]: scores; for the gradients of softmax and logSoftmax what these have made of them
  y: usize; // the result: [rows, n], or [rows] for crossEntropy
  g: usize; // for the gradients: [rows, n], or [rows] for crossEntropy
  labels: usize; // [rows], or 0: none
  rows: i32;
  n: i32;
}

// @ts-ignore: decorator
@inline
function start(task: Task, x: usize, y: usize, g: usize, labels: usize, rows: i32, n: i32): void {
  const p = changetype<Softmax>(ARGS);
  p.x = x;
  p.y = y;
  p.g = g;
  p.labels = labels;
  p.rows = rows;
  p.n = n;
  launchRows(task, rows, n);
}

// @ts-ignore: decorator
@inline
function endOfBlock(p: Softmax, block: i32): i32 {
  return min((block + 1) * rowsOfBlock(p.n), p.rows);
}

/* ------------------------------------------------------------------------------------- what a row is asked for */

/** The largest element; a NaN is passed over here, and comes to light in the exponentials. */
function largest(x: usize, n: i32): f32 {
  let m0 = f32x4.splat(-Infinity), m1 = m0;
  let i = 0;
  for (; i <= n - 8; i += 8, x += 2 * VECTOR) {
    m0 = f32x4.pmax(m0, v128.load(x));
    m1 = f32x4.pmax(m1, v128.load(x, VECTOR));
  }
  for (; i <= n - 4; i += 4, x += VECTOR) m0 = f32x4.pmax(m0, v128.load(x));
  m1 = f32x4.pmax(m1, loadPart(x, n - i, -Infinity));
  m0 = f32x4.pmax(m0, m1);
  return max(
    max(f32x4.extract_lane(m0, 0), f32x4.extract_lane(m0, 1)),
    max(f32x4.extract_lane(m0, 2), f32x4.extract_lane(m0, 3)),
  );
}

/** Σ e^(x − shift); the exponentials are kept in y where `keep`. */
// @ts-ignore: decorator
@inline
function exponentials(x: usize, shift: f32, n: i32, y: usize, keep: bool): f64 {
  let total: f64 = 0;
  for (; n > PIECE; n -= PIECE, x += PIECE * F32, y += PIECE * F32) {
    total += keep ? writtenExponentials(x, shift, PIECE, y) : summedExponentials(x, shift, PIECE);
  }
  return total + (keep ? writtenExponentials(x, shift, n, y) : summedExponentials(x, shift, n));
}

function writtenExponentials(x: usize, shift: f32, n: i32, y: usize): f32 {
  return exponentialsOfPiece(x, shift, n, y, true);
}

function summedExponentials(x: usize, shift: f32, n: i32): f32 {
  return exponentialsOfPiece(x, shift, n, 0, false);
}

// @ts-ignore: decorator
@inline
function exponentialsOfPiece(x: usize, shift: f32, n: i32, y: usize, keep: bool): f32 {
  const shifts = f32x4.splat(shift);
  let total = f32x4.splat(0);
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR, y += VECTOR) {
    const e = expOfNegative(f32x4.sub(v128.load(x), shifts));
    if (keep) v128.store(y, e);
    total = f32x4.add(total, e);
  }
  if (i < n) {
    const e = expOfNegative(f32x4.sub(loadPart(x, n - i, -Infinity), shifts)); // 0 where nothing is
    if (keep) storePart(y, e, n - i);
    total = f32x4.add(total, e);
  }
  return sumLanes(total);
}

function logOf(x: f64): f32 {
  return f32x4.extract_lane(log(f32x4.splat(<f32>x)), 0);
}

function multiplyRow(x: usize, factor: f32, n: i32): void {
  const factors = f32x4.splat(factor);
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR) v128.store(x, f32x4.mul(v128.load(x), factors));
  for (; i < n; i++, x += F32) store<f32>(x, load<f32>(x) * factor);
}

/* ------------------------------------------------------------------------------------------------- softmax */

/** y = e^(x − max) / Σ e^(x − max) */
export function softmax(x: usize, y: usize, rows: i32, n: i32): void {
  start(softmaxBlock, x, y, 0, 0, rows, n);
}

function softmaxBlock(args: usize, block: i32): void {
  const p = changetype<Softmax>(args);
  const n = p.n;
  for (let r = block * rowsOfBlock(n); r < endOfBlock(p, block); r++) {
    const x = p.x + r * n * F32, y = p.y + r * n * F32;
    const total = exponentials(x, largest(x, n), n, y, true);
    multiplyRow(y, <f32>(1 / total), n);
  }
}

/** gx = y · (g − Σ g·y) */
export function softmaxGradient(y: usize, g: usize, gx: usize, rows: i32, n: i32): void {
  start(softmaxGradientBlock, y, gx, g, 0, rows, n);
}

function softmaxGradientBlock(args: usize, block: i32): void {
  const p = changetype<Softmax>(args);
  const n = p.n;
  for (let r = block * rowsOfBlock(n); r < endOfBlock(p, block); r++) {
    const bytes = r * n * F32;
    softmaxGradientRow(p.x + bytes, p.g + bytes, p.y + bytes, n);
  }
}

function softmaxGradientRow(y: usize, g: usize, gx: usize, n: i32): void {
  const shift = <f32>productsWithDeviations(g, y, 0, n);
  const shifts = f32x4.splat(shift);
  let i = 0;
  for (; i <= n - 4; i += 4, y += VECTOR, g += VECTOR, gx += VECTOR) {
    v128.store(gx, f32x4.mul(v128.load(y), f32x4.sub(v128.load(g), shifts)));
  }
  for (; i < n; i++, y += F32, g += F32, gx += F32) store<f32>(gx, load<f32>(y) * (load<f32>(g) - shift));
}

/* ------------------------------------------------------------------------------------------- its logarithm */

/** y = x − max − log Σ e^(x − max) */
export function logSoftmax(x: usize, y: usize, rows: i32, n: i32): void {
  start(logSoftmaxBlock, x, y, 0, 0, rows, n);
}

function logSoftmaxBlock(args: usize, block: i32): void {
  const p = changetype<Softmax>(args);
  const n = p.n;
  for (let r = block * rowsOfBlock(n); r < endOfBlock(p, block); r++) {
    const x = p.x + r * n * F32;
    const most = largest(x, n);
    subtractFromRow(x, most, logOf(exponentials(x, most, n, 0, false)), p.y + r * n * F32, n);
  }
}

/** y = (x − a) − b, in this order: x − a is small, and loses nothing. */
function subtractFromRow(x: usize, a: f32, b: f32, y: usize, n: i32): void {
  const a4 = f32x4.splat(a), b4 = f32x4.splat(b);
  let i = 0;
  for (; i <= n - 4; i += 4, x += VECTOR, y += VECTOR) {
    v128.store(y, f32x4.sub(f32x4.sub(v128.load(x), a4), b4));
  }
  for (; i < n; i++, x += F32, y += F32) store<f32>(y, load<f32>(x) - a - b);
}

/** gx = g − e^y · Σ g */
export function logSoftmaxGradient(y: usize, g: usize, gx: usize, rows: i32, n: i32): void {
  start(logSoftmaxGradientBlock, y, gx, g, 0, rows, n);
}

function logSoftmaxGradientBlock(args: usize, block: i32): void {
  const p = changetype<Softmax>(args);
  const n = p.n;
  for (let r = block * rowsOfBlock(n); r < endOfBlock(p, block); r++) {
    const bytes = r * n * F32;
    logSoftmaxGradientRow(p.x + bytes, p.g + bytes, p.y + bytes, n);
  }
}

function logSoftmaxGradientRow(y: usize, g: usize, gx: usize, n: i32): void {
  const total = f32x4.splat(<f32>sum(g, n));
  let i = 0;
  for (; i <= n - 4; i += 4, y += VECTOR, g += VECTOR, gx += VECTOR) {
    v128.store(gx, f32x4.sub(v128.load(g), f32x4.mul(exp(v128.load(y)), total)));
  }
  if (i == n) return;
  const e = exp(loadPart(y, n - i, 0));
  storePart(gx, f32x4.sub(loadPart(g, n - i, 0), f32x4.mul(e, total)), n - i);
}

/* ------------------------------------------------------------------------------------------- cross-entropy */

/** y[r] = log Σ e^(x − max) − (x[label] − max) */
export function crossEntropy(x: usize, labels: usize, y: usize, rows: i32, n: i32): void {
  start(crossEntropyBlock, x, y, 0, labels, rows, n);
}

function crossEntropyBlock(args: usize, block: i32): void {
  const p = changetype<Softmax>(args);
  const n = p.n;
  for (let r = block * rowsOfBlock(n); r < endOfBlock(p, block); r++) {
    const x = p.x + r * n * F32;
    const most = largest(x, n);
    const logSum = logOf(exponentials(x, most, n, 0, false));
    const label = load<i32>(p.labels + r * F32);
    store<f32>(p.y + r * F32, logSum - (load<f32>(x + label * F32) - most));
  }
}

/** gx[r] = g[r] · (softmax(x[r]) − one-hot(label[r])) */
export function crossEntropyGradient(x: usize, labels: usize, g: usize, gx: usize, rows: i32, n: i32): void {
  start(crossEntropyGradientBlock, x, gx, g, labels, rows, n);
}

function crossEntropyGradientBlock(args: usize, block: i32): void {
  const p = changetype<Softmax>(args);
  const n = p.n;
  for (let r = block * rowsOfBlock(n); r < endOfBlock(p, block); r++) {
    const x = p.x + r * n * F32, gx = p.y + r * n * F32;
    const g = load<f32>(p.g + r * F32);
    const total = exponentials(x, largest(x, n), n, gx, true);
    multiplyRow(gx, <f32>(g / total), n);
    const label = gx + load<i32>(p.labels + r * F32) * F32;
    store<f32>(label, load<f32>(label) - g);
  }
}
