/**
 * Recurrent sequences. A row is one step of one sequence, r = t·N + n: the states before it are row r of `h` and `c`,
 * those after it stand N rows further on. Forward takes the rows in order, backward from the last; there gh0 and gc0
 * hold, for each sequence, the gradient of the state that the walk has come down to.
 */
import type { Recurrence, RnnNonlinearity } from '../kernels';
import { contiguousElements, newTypedArray, type Strided, type TypedArray } from '../strided';

// One row's vectors, in double precision.
let last = new Float64Array(0); // [H]: d ∘ hₜ₋₁
let gLast = new Float64Array(0); // [H]: the gradient of that
let hidden = new Float64Array(0); // [G·H]: W_hh·last + b_hh

/** The sizes and arrays that the kernels of all cells need. */
function open({ weight, bias, mask, dropout }: Recurrence, states: Strided) {
  const [times, N, H] = states.shape;
  if (H > last.length) [last, gLast] = [new Float64Array(H), new Float64Array(H)];
  if (weight.shape[0] > hidden.length) hidden = new Float64Array(weight.shape[0]);
  return {
    ...{ N, H, rows: (times - 1) * N },
    w: contiguousElements(weight),
    b: bias ? contiguousElements(bias) : newTypedArray(weight.dtype, weight.shape[0]), // zeros
    takesPart: mask && contiguousElements(mask),
    d: dropout && contiguousElements(dropout),
  };
}

/** hidden = W·(d ∘ h) + b, with h from `before` on, d from `at` on; four rows at a time keep the processor busy. */
function toHidden(w: TypedArray, b: TypedArray, h: TypedArray, before: number, d: TypedArray | null, at: number): void {
  const [rows, H] = [b.length, w.length / b.length];
  const x = last; // a local constant is read faster
  for (let k = 0; k < H; k++) x[k] = d ? d[at + k] * h[before + k] : h[before + k];
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let [sum0, sum1, sum2, sum3] = [b[row], b[row + 1], b[row + 2], b[row + 3]];
    for (let k = 0, l = row * H; k < H; k++, l++) {
      const xk = x[k];
      sum0 += w[l] * xk;
      sum1 += w[l + H] * xk;
      sum2 += w[l + 2 * H] * xk;
      sum3 += w[l + 3 * H] * xk;
    }
    hidden[row] = sum0;
    hidden[row + 1] = sum1;
    hidden[row + 2] = sum2;
    hidden[row + 3] = sum3;
  }
  for (; row < rows; row++) {
    let sum = b[row];
    for (let k = 0, l = row * H; k < H; k++, l++) sum += w[l] * x[k];
    hidden[row] = sum;
  }
}

/** gLast = gHidden·W, with the row's gHidden from `from` on. */
function fromHidden(gHidden: TypedArray, from: number, w: TypedArray, rows: number, H: number): void {
  const gx = gLast;
  gx.fill(0, 0, H);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const at = from + row;
    const [g0, g1, g2, g3] = [gHidden[at], gHidden[at + 1], gHidden[at + 2], gHidden[at + 3]];
    for (let k = 0, l = row * H; k < H; k++, l++)
      gx[k] += g0 * w[l] + g1 * w[l + H] + g2 * w[l + 2 * H] + g3 * w[l + 3 * H];
  }
  for (; row < rows; row++) {
    const g = gHidden[from + row];
    for (let k = 0, l = row * H; k < H; k++, l++) gx[k] += g * w[l];
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/* ------------------------------------------------------------------------------------------------- rnn */

export function rnn(recurrence: Recurrence, gates: Strided, h: Strided, nonlinearity: RnnNonlinearity): void {
  const { N, H, rows, w, b, takesPart, d } = open(recurrence, h);
  const [a, hs] = [gates, h].map(contiguousElements);
  for (let row = 0; row < rows; row++) {
    const [before, after] = [row * H, (row + N) * H];
    if (takesPart && takesPart[row] === 0) {
      hs.copyWithin(after, before, before + H);
      continue;
    }
    toHidden(w, b, hs, before, d, (row % N) * H);
    for (let j = 0; j < H; j++) {
      const x = a[before + j] + hidden[j];
      hs[after + j] = nonlinearity === 'tanh' ? Math.tanh(x) : Math.max(x, 0);
    }
  }
}

export function rnnGradient(
  recurrence: Recurrence,
  h: Strided,
  gh: Strided,
  ghLast: Strided,
  gGates: Strided,
  gh0: Strided,
  nonlinearity: RnnNonlinearity,
): void {
  const { N, H, rows, w, takesPart, d } = open(recurrence, h);
  const [hs, gAll, ga, gH] = [h, gh, gGates, gh0].map(contiguousElements);
  gH.set(contiguousElements(ghLast));
  for (let row = rows - 1; row >= 0; row--) {
    const [before, after, at] = [row * H, (row + N) * H, (row % N) * H];
    for (let j = 0; j < H; j++) gH[at + j] += gAll[before + j];
    if (takesPart && takesPart[row] === 0) {
      ga.fill(0, before, before + H);
      continue;
    }
    for (let j = 0; j < H; j++) {
      const y = hs[after + j];
      const slope = nonlinearity === 'tanh' ? 1 - y * y : y > 0 ? 1 : 0;
      ga[before + j] = gH[at + j] * slope;
    }
    fromHidden(ga, before, w, H, H);
    for (let k = 0; k < H; k++) gH[at + k] = d ? d[at + k] * gLast[k] : gLast[k];
  }
}

/* ------------------------------------------------------------------------------------------------ lstm */

export function lstm(recurrence: Recurrence, gates: Strided, h: Strided, c: Strided): void {
  const { N, H, rows, w, b, takesPart, d } = open(recurrence, h);
  const [a, hs, cs] = [gates, h, c].map(contiguousElements);
  for (let row = 0; row < rows; row++) {
    const [before, after] = [row * H, (row + N) * H];
    if (takesPart && takesPart[row] === 0) {
      hs.copyWithin(after, before, before + H);
      cs.copyWithin(after, before, before + H);
      continue;
    }
    toHidden(w, b, hs, before, d, (row % N) * H);
    for (let j = 0, p = 4 * before; j < H; j++, p++) {
      const i = sigmoid(a[p] + hidden[j]);
      const f = sigmoid(a[p + H] + hidden[j + H]);
      const g = Math.tanh(a[p + 2 * H] + hidden[j + 2 * H]);
      const o = sigmoid(a[p + 3 * H] + hidden[j + 3 * H]);
      cs[after + j] = f * cs[before + j] + i * g;
      hs[after + j] = o * Math.tanh(cs[after + j]);
      a[p] = i;
      a[p + H] = f;
      a[p + 2 * H] = g;
      a[p + 3 * H] = o;
    }
  }
}

export function lstmGradient(
  recurrence: Recurrence,
  gates: Strided,
  c: Strided,
  gh: Strided,
  ghLast: Strided,
  gcLast: Strided,
  gGates: Strided,
  gh0: Strided,
  gc0: Strided,
): void {
  const { N, H, rows, w, takesPart, d } = open(recurrence, c);
  const [a, cs, gAll, ga, gH, gC] = [gates, c, gh, gGates, gh0, gc0].map(contiguousElements);
  gH.set(contiguousElements(ghLast));
  gC.set(contiguousElements(gcLast));
  for (let row = rows - 1; row >= 0; row--) {
    const [before, after, at] = [row * H, (row + N) * H, (row % N) * H];
    for (let j = 0; j < H; j++) gH[at + j] += gAll[before + j];
    if (takesPart && takesPart[row] === 0) {
      ga.fill(0, 4 * before, 4 * (before + H));
      continue;
    }
    for (let j = 0, p = 4 * before; j < H; j++, p++) {
      const [i, f, g, o] = [a[p], a[p + H], a[p + 2 * H], a[p + 3 * H]];
      const tanhC = Math.tanh(cs[after + j]);
      const gc = gC[at + j] + gH[at + j] * o * (1 - tanhC * tanhC); // hₜ = o·tanh cₜ
      gC[at + j] = gc * f; // cₜ = f·cₜ₋₁ + i·g
      ga[p] = gc * g * i * (1 - i);
      ga[p + H] = gc * cs[before + j] * f * (1 - f);
      ga[p + 2 * H] = gc * i * (1 - g * g);
      ga[p + 3 * H] = gH[at + j] * tanhC * o * (1 - o);
    }
    fromHidden(ga, 4 * before, w, 4 * H, H);
    for (let k = 0; k < H; k++) gH[at + k] = d ? d[at + k] * gLast[k] : gLast[k];
  }
}

/* ------------------------------------------------------------------------------------------------- gru */

export function gru(recurrence: Recurrence, gates: Strided, q: Strided, h: Strided): void {
  const { N, H, rows, w, b, takesPart, d } = open(recurrence, h);
  const [a, qs, hs] = [gates, q, h].map(contiguousElements);
  for (let row = 0; row < rows; row++) {
    const [before, after] = [row * H, (row + N) * H];
    if (takesPart && takesPart[row] === 0) {
      hs.copyWithin(after, before, before + H);
      continue;
    }
    toHidden(w, b, hs, before, d, (row % N) * H);
    for (let j = 0, p = 3 * before; j < H; j++, p++) {
      const r = sigmoid(a[p] + hidden[j]);
      const z = sigmoid(a[p + H] + hidden[j + H]);
      const n = Math.tanh(a[p + 2 * H] + r * hidden[j + 2 * H]);
      hs[after + j] = (1 - z) * n + z * hs[before + j];
      a[p] = r;
      a[p + H] = z;
      a[p + 2 * H] = n;
      qs[before + j] = hidden[j + 2 * H];
    }
  }
}

export function gruGradient(
  recurrence: Recurrence,
  gates: Strided,
  q: Strided,
  h: Strided,
  gh: Strided,
  ghLast: Strided,
  gGates: Strided,
  gHidden: Strided,
  gh0: Strided,
): void {
  const { N, H, rows, w, takesPart, d } = open(recurrence, h);
  const [a, qs, hs, gAll, ga, gb, gH] = [gates, q, h, gh, gGates, gHidden, gh0].map(contiguousElements);
  gH.set(contiguousElements(ghLast));
  for (let row = rows - 1; row >= 0; row--) {
    const [before, at] = [row * H, (row % N) * H];
    for (let j = 0; j < H; j++) gH[at + j] += gAll[before + j];
    if (takesPart && takesPart[row] === 0) {
      ga.fill(0, 3 * before, 3 * (before + H));
      gb.fill(0, 3 * before, 3 * (before + H));
      continue;
    }
    for (let j = 0, p = 3 * before; j < H; j++, p++) {
      const [r, z, n] = [a[p], a[p + H], a[p + 2 * H]];
      const gn = gH[at + j] * (1 - z) * (1 - n * n); // hₜ = (1 − z)·n + z·hₜ₋₁, n = tanh(… + r·q)
      const gr = gn * qs[before + j] * r * (1 - r);
      const gz = gH[at + j] * (hs[before + j] - n) * z * (1 - z);
      ga[p] = gr;
      gb[p] = gr;
      ga[p + H] = gz;
      gb[p + H] = gz;
      ga[p + 2 * H] = gn;
      gb[p + 2 * H] = gn * r;
      gH[at + j] *= z;
    }
    fromHidden(gb, 3 * before, w, 3 * H, H);
    for (let k = 0; k < H; k++) gH[at + k] += d ? d[at + k] * gLast[k] : gLast[k];
  }
}
