/** Attention and its gradient. */
import * as plain from '../cpu/attention';
import type { AttentionSettings } from '../kernels';
import type { Strided } from '../strided';
import { address, borrow, wasm } from './host';

/** Numbers of a key and its value; more, which no model has, would not fit into a thread's scratch. */
const WIDEST = 2048;
/** So many blocks give all threads work. Fewer heads than this cut the gradient's keys into several blocks each. */
const BLOCKS = 16;
/** Keys of the smallest block worth having. */
const FEWEST_KEYS = 64;

export function attention(
  q: Strided,
  k: Strided,
  v: Strided,
  mask: Strided | null,
  y: Strided,
  logSums: Strided,
  settings: AttentionSettings,
): void {
  const [examples, heads, queries, depth] = q.shape;
  if (examples * heads * queries === 0) return;
  if (depth + v.shape[3] > WIDEST) {
    plain.attention(q, k, v, mask, y, logSums, settings);
    return;
  }
  start(q, k, v, mask, y, logSums, settings);
  wasm.attention();
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
  settings: AttentionSettings,
): void {
  const [examples, heads, queries, depth] = q.shape;
  const keys = k.shape[2];
  if (examples * heads * Math.max(queries, keys) === 0) return;
  if (depth + v.shape[3] > WIDEST) {
    plain.attentionGradient(q, k, v, mask, y, logSums, g, gq, gk, gv, settings);
    return;
  }
  const worthwhile = Math.max(1, Math.floor(keys / FEWEST_KEYS));
  const blocksOfHead = Math.min(worthwhile, Math.ceil(BLOCKS / (examples * heads)));
  start(q, k, v, mask, y, logSums, settings);
  const go = (partial: number) =>
    wasm.attentionGradient(address(g), address(gq), address(gk), address(gv), partial, blocksOfHead);
  if (blocksOfHead === 1) go(0);
  else borrow(4 * (blocksOfHead - 1) * examples * heads * queries * depth, go);
}

/** Hands over what both directions share. */
function start(
  q: Strided,
  k: Strided,
  v: Strided,
  mask: Strided | null,
  y: Strided,
  logSums: Strided,
  { causal, scale }: AttentionSettings,
): void {
  const [examples, heads, queries, depth] = q.shape;
  const [keys, width] = v.shape.slice(2);
  wasm.startAttention(
    ...[address(q), address(k), address(v)],
    ...(mask ? [address(mask), ...mask.strides.map((stride) => 4 * stride)] : [0, 0, 0, 0, 0]),
    Number(mask?.dtype === 'int32'),
    ...[address(y), address(logSums)],
    ...[examples, heads, queries, keys, depth, width, Number(causal), scale],
  );
}
