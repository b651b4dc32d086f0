/**
 * Optimiser updates, in place (cpu/optimizers.ts). The tensors of a call are first listed, then updated in one launch:
 * many small ones cost no more than a large one.
 */
import { F32, VECTOR } from './lanes';
import { lastFour, moveFew } from './rows';
import { ARGS, launch, run, scratch } from './threads';

/** Elements of a block. */
const BLOCK: i32 = 8192;
/** Fewer elements are not worth a second thread. */
const SMALL: i32 = 65536;

/** The numbers of the optimisers, as in optimizers.ts one folder up. */
const enum O {
  SGD, ADAGRAD, RMSPROP, ADAM,
}

/** A parameter, its gradient, and up to two averages (or 0); and the first block that works on it. */
@unmanaged
class Entry {
  w: usize;
  g: usize;
  m: usize;
  s: usize;
  n: i32;
  block: i32;
}
const ENTRY: usize = 24;
/** The list stands in the caller's scratch, behind lastFour. */
const LIST_AT: usize = 1 << 16;

@unmanaged
class Update {
  list: usize;
  tensors: i32;
  blocks: i32;
  elements: i32;
  optimizer: i32;
  lr: f32;
  weightDecay: f32;
  a: f32;
  b: f32;
  eps: f32;
  c: f32;
  d: f32;
  e: f32;
}

export function startUpdate(): void {
  const u = changetype<Update>(ARGS);
  u.list = scratch + LIST_AT;
  u.tensors = 0;
  u.blocks = 0;
  u.elements = 0;
}

export function addTensor(w: usize, g: usize, m: usize, s: usize, n: i32): void {
  const u = changetype<Update>(ARGS);
  const e = changetype<Entry>(u.list + u.tensors * ENTRY);
  e.w = w;
  e.g = g;
  e.m = m;
  e.s = s;
  e.n = n;
  e.block = u.blocks;
  u.tensors++;
  u.blocks += (n + BLOCK - 1) / BLOCK;
  u.elements += n;
}

/** The meaning of a to e is each optimiser's own: see the updates below. */
export function update(
  optimizer: i32, lr: f32, weightDecay: f32, eps: f32, a: f32, b: f32, c: f32, d: f32, e: f32,
): void {
  const u = changetype<Update>(ARGS);
  u.optimizer = optimizer;
  u.lr = lr;
  u.weightDecay = weightDecay;
  u.eps = eps;
  u.a = a;
  u.b = b;
  u.c = c;
  u.d = d;
  u.e = e;
  if (u.elements < SMALL) run(updateBlock, ARGS, u.blocks);
  else launch(updateBlock, ARGS, u.blocks);
}

function updateBlock(args: usize, block: i32): void {
  const u = changetype<Update>(args);
  const e = changetype<Entry>(entryOf(u, block));
  const start = (block - e.block) * BLOCK;
  const n = min(BLOCK, e.n - start);
  const at = start * F32;
  const m = e.m ? e.m + at : 0, s = e.s ? e.s + at : 0;
  const whole = n & -4;
  updateLoop(u, e.w + at, e.g + at, m, s, whole);
  if (whole == n) return;
  const rest = whole * F32, few = n - whole;
  moveFew(e.w + at + rest, lastFour(0), few);
  moveFew(e.g + at + rest, lastFour(1), few);
  if (m) moveFew(m + rest, lastFour(2), few);
  if (s) moveFew(s + rest, lastFour(3), few);
  updateLoop(u, lastFour(0), lastFour(1), m ? lastFour(2) : 0, s ? lastFour(3) : 0, 4);
  moveFew(lastFour(0), e.w + at + rest, few);
  if (m) moveFew(lastFour(2), m + rest, few);
  if (s) moveFew(lastFour(3), s + rest, few);
}

/** The last entry that begins at this block or before: an entry without elements has no block. */
function entryOf(u: Update, block: i32): usize {
  let first = 0;
  for (let beyond = u.tensors; beyond - first > 1; ) {
    const middle = (first + beyond) / 2;
    if (changetype<Entry>(u.list + middle * ENTRY).block <= block) first = middle;
    else beyond = middle;
  }
  return u.list + first * ENTRY;
}

function updateLoop(u: Update, w: usize, g: usize, m: usize, s: usize, n: i32): void {
  switch (u.optimizer) {
    case O.SGD: return sgd(u, w, g, m, n);
    case O.ADAGRAD: return adagrad(u, w, g, s, n);
    case O.RMSPROP: return rmsprop(u, w, g, m, s, n);
    case O.ADAM: return adam(u, w, g, m, s, n);
  }
}

/** a: momentum, b: 1 − dampening; c: 1 for Nesterov's; d: 1 where the velocity starts as the gradient itself. */
function sgd(u: Update, w: usize, g: usize, v: usize, n: i32): void {
  const lr = f32x4.splat(u.lr), decay = f32x4.splat(u.weightDecay);
  const momentum = f32x4.splat(u.a), part = f32x4.splat(u.b);
  for (; n > 0; n -= 4, w += VECTOR, g += VECTOR) {
    const wi = v128.load(w);
    let gi = f32x4.add(v128.load(g), f32x4.mul(decay, wi));
    if (v) {
      const vi = u.d != 0 ? gi : f32x4.add(f32x4.mul(momentum, v128.load(v)), f32x4.mul(part, gi));
      v128.store(v, vi);
      gi = u.c != 0 ? f32x4.add(gi, f32x4.mul(momentum, vi)) : vi;
      v += VECTOR;
    }
    v128.store(w, f32x4.sub(wi, f32x4.mul(lr, gi)));
  }
}

function adagrad(u: Update, w: usize, g: usize, s: usize, n: i32): void {
  const lr = f32x4.splat(u.lr), decay = f32x4.splat(u.weightDecay), eps = f32x4.splat(u.eps);
  for (; n > 0; n -= 4, w += VECTOR, g += VECTOR, s += VECTOR) {
    const wi = v128.load(w);
    const gi = f32x4.add(v128.load(g), f32x4.mul(decay, wi));
    const si = f32x4.add(v128.load(s), f32x4.mul(gi, gi));
    v128.store(s, si);
    v128.store(w, f32x4.sub(wi, f32x4.div(f32x4.mul(lr, gi), f32x4.add(f32x4.sqrt(si), eps))));
  }
}

/** a: α, b: 1 − α, c: momentum. */
function rmsprop(u: Update, w: usize, g: usize, v: usize, s: usize, n: i32): void {
  const lr = f32x4.splat(u.lr), decay = f32x4.splat(u.weightDecay), eps = f32x4.splat(u.eps);
  const alpha = f32x4.splat(u.a), rest = f32x4.splat(u.b), momentum = f32x4.splat(u.c);
  for (; n > 0; n -= 4, w += VECTOR, g += VECTOR, s += VECTOR) {
    const wi = v128.load(w);
    const gi = f32x4.add(v128.load(g), f32x4.mul(decay, wi));
    const si = f32x4.add(f32x4.mul(alpha, v128.load(s)), f32x4.mul(f32x4.mul(rest, gi), gi));
    v128.store(s, si);
    let change = f32x4.div(gi, f32x4.add(f32x4.sqrt(si), eps));
    if (v) {
      change = f32x4.add(f32x4.mul(momentum, v128.load(v)), change);
      v128.store(v, change);
      v += VECTOR;
    }
    v128.store(w, f32x4.sub(wi, f32x4.mul(lr, change)));
  }
}

/**
 * a: β₁, b: 1 − β₁, c: β₂, d: 1 − β₂, e: the part of the weights that a decoupled decay takes. The corrections of the
 * averages are in lr and eps already: (m / c₁) / (√(s / c₂) + ε) = √c₂ / c₁ · m / (√s + √c₂ · ε).
 */
function adam(u: Update, w: usize, g: usize, m: usize, s: usize, n: i32): void {
  const lr = f32x4.splat(u.lr), eps = f32x4.splat(u.eps);
  const decay = f32x4.splat(u.weightDecay), shrinking = f32x4.splat(u.e);
  const beta1 = f32x4.splat(u.a), rest1 = f32x4.splat(u.b), beta2 = f32x4.splat(u.c), rest2 = f32x4.splat(u.d);
  for (; n > 0; n -= 4, w += VECTOR, g += VECTOR, m += VECTOR, s += VECTOR) {
    let wi = v128.load(w);
    const gi = f32x4.add(v128.load(g), f32x4.mul(decay, wi));
    wi = f32x4.sub(wi, f32x4.mul(shrinking, wi));
    const mi = f32x4.add(f32x4.mul(beta1, v128.load(m)), f32x4.mul(rest1, gi));
    const si = f32x4.add(f32x4.mul(beta2, v128.load(s)), f32x4.mul(f32x4.mul(rest2, gi), gi));
    v128.store(m, mi);
    v128.store(s, si);
    v128.store(w, f32x4.sub(wi, f32x4.div(f32x4.mul(lr, mi), f32x4.add(f32x4.sqrt(si), eps))));
  }
}
