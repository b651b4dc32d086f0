/** Attention and its gradients: kernels/attention and attention-gradient. */
import type { AttentionSettings } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { binary } from './elements';
import { asFloat, launch } from './queue';
import { reduce } from './reductions';

/** A workgroup keeps a query and a row of results: two of so many numbers, and a little more. */
const WIDEST = 2048;

/** The least power of two that holds a head: a shader's workgroup memory is sized when it is compiled. */
function widthFor(least: number): number {
  if (least <= WIDEST) return 2 ** Math.max(4, Math.ceil(Math.log2(least)));
  throw new Error(`attention: a head of ${least} numbers is too wide for a gpu, which takes ${WIDEST}; use more heads`);
}

const kindOf = (mask: Strided | null): number => (mask === null ? 0 : mask.dtype === 'int32' ? 1 : 2);

export function attention(
  q: Strided,
  k: Strided,
  v: Strided,
  mask: Strided | null,
  y: Strided,
  logSums: Strided,
  { scale, causal }: AttentionSettings,
): void {
  const [examples, heads, queries, depth] = q.shape;
  const [keys, width] = v.shape.slice(2);
  const rows = examples * heads * queries;
  launch({
    kernel: 'attention',
    constants: { CAUSAL: Number(causal), MASK: kindOf(mask), WIDTH: widthFor(Math.max(depth, width)) },
    buffers: [q, k, v, mask ?? q, y, logSums],
    parameters: [
      ...[queries, keys, depth, width, heads, rows],
      ...[q.offset, k.offset, v.offset, mask?.offset ?? 0, y.offset, logSums.offset],
      ...[...(mask?.strides ?? [0, 0, 0, 0]), asFloat(scale)],
    ],
    groups: rows,
  });
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
  const [examples, heads, queries, depth] = q.shape;
  const [keys, width] = v.shape.slice(2);
  const launchBy = (BY_KEY: number, overlap: Strided, first: Strided, second: Strided) => {
    const rows = examples * heads * (BY_KEY ? keys : queries);
    launch({
      kernel: 'attention-gradient',
      constants: { BY_KEY, CAUSAL: Number(causal), MASK: kindOf(mask) },
      buffers: [q, k, v, mask ?? q, logSums, g, overlap, first, second],
      parameters: [
        ...[queries, keys, depth, width, heads, rows],
        ...[q.offset, k.offset, v.offset, mask?.offset ?? 0, logSums.offset, g.offset],
        ...[...(mask?.strides ?? [0, 0, 0, 0]), overlap.offset, first.offset, second.offset, asFloat(scale)],
      ],
      groups: rows,
    });
  };
  borrow(y.shape, 'float32', (products) =>
    borrow(logSums.shape, 'float32', (overlap) => {
      binary('mul', g, y, products);
      reduce('sum', products, overlap, 3);
      borrow([1], 'float32', (nothing) => launchBy(0, overlap, gq, nothing));
      launchBy(1, overlap, gk, gv);
    }),
  );
}
