/**
 * Attention, one query after the other. Forward, a query passes once over the keys it sees, with a running maximum:
 * when a larger score turns up, what was summed so far is scaled down to it. Backward, its softmax is made again from
 * the logarithm of the sum. So there is never more than one row of scores.
 */
import type { AttentionSettings } from '../kernels';
import { LEFT_OUT } from '../list/attention';
import { contiguousElements, elements, type Strided, type TypedArray } from '../strided';

export function attention(
  q: Strided,
  k: Strided,
  v: Strided,
  mask: Strided | null,
  y: Strided,
  logSums: Strided,
  { scale, causal }: AttentionSettings,
): void {
  const [Q, K, V, Y, logs] = [q, k, v, y, logSums].map(contiguousElements);
  const [examples, heads, queries, depth] = q.shape;
  const [keys, width] = v.shape.slice(2);
  const sight = { keys: new Int32Array(keys), added: new Float64Array(keys) };
  const row = new Float64Array(width); // Σ e^(score − max)·v
  for (let b = 0; b < examples * heads; b++) {
    for (let i = 0; i < queries; i++) {
      const query = b * queries + i;
      const count = look(mask, Math.floor(b / heads), b % heads, i, causal ? i + keys - queries + 1 : keys, sight);
      let max = 0;
      let sum = 0; // Σ e^(score − max)
      row.fill(0);
      for (let seen = 0; seen < count; seen++) {
        const key = b * keys + sight.keys[seen];
        const score = scale * dot(Q, query * depth, K, key * depth, depth) + sight.added[seen];
        if (seen === 0 || score > max) {
          const shrink = seen === 0 ? 0 : Math.exp(max - score);
          sum *= shrink;
          for (let d = 0; d < width; d++) row[d] *= shrink;
          max = score;
        }
        const weight = Math.exp(score - max);
        sum += weight;
        addTimes(row, 0, weight, V, key * width, width);
      }
      for (let d = 0; d < width; d++) Y[query * width + d] = count > 0 ? row[d] / sum : 0;
      logs[query] = count > 0 ? max + Math.log(sum) : 0;
    }
  }
}

export function attentionGradient(
  q: Strided,
  k: Strided,
  v: Strided,
  mask: Strided | null,
  y: Strided,
  logSums: Strided,
  g: Strided,
  gq: Strided,
  gk: Strided,
  gv: Strided,
  { scale, causal }: AttentionSettings,
): void {
  const [Q, K, V, Y, logs, G] = [q, k, v, y, logSums, g].map(contiguousElements);
  const [gQ, gK, gV] = [gq, gk, gv].map(contiguousElements);
  const [examples, heads, queries, depth] = q.shape;
  const [keys, width] = v.shape.slice(2);
  const sight = { keys: new Int32Array(keys), added: new Float64Array(keys) };
  const gQuery = new Float64Array(depth);
  const [gKeys, gValues] = [new Float64Array(keys * depth), new Float64Array(keys * width)]; // of one head
  for (let b = 0; b < examples * heads; b++) {
    for (const sums of [gKeys, gValues]) sums.fill(0);
    for (let i = 0; i < queries; i++) {
      const query = b * queries + i;
      const count = look(mask, Math.floor(b / heads), b % heads, i, causal ? i + keys - queries + 1 : keys, sight);
      gQuery.fill(0);
      const shared = dot(G, query * width, Y, query * width, width); // Σ p·∂p
      for (let seen = 0; seen < count; seen++) {
        const j = sight.keys[seen];
        const key = b * keys + j;
        const score = scale * dot(Q, query * depth, K, key * depth, depth) + sight.added[seen];
        const p = Math.exp(score - logs[query]);
        const gp = dot(G, query * width, V, key * width, width);
        const gs = p * (gp - shared) * scale;
        addTimes(gQuery, 0, gs, K, key * depth, depth);
        addTimes(gKeys, j * depth, gs, Q, query * depth, depth);
        addTimes(gValues, j * width, p, G, query * width, width);
      }
      gQ.set(gQuery, query * depth);
    }
    gK.set(gKeys, b * keys * depth);
    gV.set(gValues, b * keys * width);
  }
}

/** The keys that a query sees, and what the mask adds to their scores. */
interface Sight {
  keys: Int32Array;
  added: Float64Array;
}

/** Finds what a query sees of the first `end` keys. Returns how many they are. */
function look(
  mask: Strided | null,
  example: number,
  head: number,
  query: number,
  end: number,
  { keys, added }: Sight,
): number {
  const values = mask && elements(mask);
  const isChoice = mask?.dtype === 'int32';
  const [byExample, byHead, byQuery, byKey] = mask?.strides ?? [0, 0, 0, 0];
  let at = (mask?.offset ?? 0) + example * byExample + head * byHead + query * byQuery;
  let count = 0;
  for (let j = 0; j < end; j++, at += byKey) {
    const value = values ? values[at] : 0;
    if (values && (isChoice ? value === 0 : value < LEFT_OUT)) continue;
    keys[count] = j;
    added[count++] = isChoice ? 0 : value;
  }
  return count;
}

/** Σ a·b over n elements. */
function dot(a: TypedArray, a0: number, b: TypedArray, b0: number, n: number): number {
  let sum = 0;
  for (let d = 0; d < n; d++) sum += a[a0 + d] * b[b0 + d];
  return sum;
}

/** y += factor · x over n elements. */
function addTimes(y: Float64Array, y0: number, factor: number, x: TypedArray, x0: number, n: number): void {
  for (let d = 0; d < n; d++) y[y0 + d] += factor * x[x0 + d];
}
