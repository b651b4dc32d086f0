/** The product of matrices: kernels/matmul. */
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { copy } from './elements';
import { launch } from './queue';

/** Threads along a side of a workgroup's square, which is four times as wide, or eight times. */
const SIDE = 16;
const SMALL_SIDE = 8;
/** So many of the wide squares keep all of a large GPU busy. */
const ENOUGH = 128;

export function matmul(
  a: Strided,
  b: Strided,
  bias: Strided | null,
  y: Strided,
  transposeA: boolean,
  transposeB: boolean,
): void {
  if (y.dtype === 'int32') {
    multiplyIntegers(a, b, y, transposeA, transposeB);
    return;
  }
  const [batch, m, n] = y.shape;
  const k = a.shape[transposeA ? 1 : 2];
  const narrow = Math.min(m, n);
  const side = narrow > 4 * SMALL_SIDE ? SIDE : SMALL_SIDE;
  const blocks = narrow >= 8 * SIDE && batch * m * n >= ENOUGH * (8 * SIDE) ** 2 ? 2 : 1;
  const [down, across] = [m, n].map((extent) => Math.ceil(extent / (4 * side * blocks)));
  const squares = batch * down * across;
  launch({
    kernel: 'matmul',
    constants: {
      ...{ TRANSPOSE_A: Number(transposeA), TRANSPOSE_B: Number(transposeB), BIAS: Number(bias !== null) },
      ...{ SIDE: side, DEPTH: side / blocks, BLOCKS: blocks },
    },
    buffers: [a, b, bias ?? b, y],
    parameters: [
      ...[m, n, k, across, down, a.offset, a.strides[0], b.offset, b.strides[0], y.offset, bias?.offset ?? 0, squares],
    ],
    groups: squares,
  });
}

/** Through floats: exact as long as all sums stay below 2²⁴. */
function multiplyIntegers(a: Strided, b: Strided, y: Strided, transposeA: boolean, transposeB: boolean): void {
  borrow(a.shape, 'float32', (left) =>
    borrow(b.shape, 'float32', (right) =>
      borrow(y.shape, 'float32', (out) => {
        copy(a, left);
        copy(b, right);
        matmul(left, right, null, out, transposeA, transposeB);
        copy(out, y);
      }),
    ),
  );
}
