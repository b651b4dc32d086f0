/** The product of matrices. */
import type { Strided } from '../strided';
import { address, addressOrNull, borrow, wasm } from './host';

/** Panels of B that take at most as many bytes fit into a thread's scratch (HALF_SCRATCH in assembly/matmul.ts). */
const FITS = 2 ** 20;

export function matmul(
  a: Strided,
  b: Strided,
  bias: Strided | null,
  y: Strided,
  transposeA: boolean,
  transposeB: boolean,
): void {
  let [batch, m, n] = y.shape;
  const k = a.shape[transposeA ? 1 : 2];
  if (batch === 0 || m === 0 || n === 0) return;
  if (n === 1 && m > 1 && !bias) {
    // A matrix times a column is a row times the matrix, turned
    multiply(b, !transposeB, a, !transposeA, null, y, [batch, 1, m, k]);
    return;
  }
  // Rows of a batch that all meet the same B are one long matrix
  if (b.strides[0] === 0 && !transposeA && a.strides[0] === m * k) {
    m *= batch;
    batch = 1;
  }
  multiply(a, transposeA, b, transposeB, bias, y, [batch, m, n, k]);
}

function multiply(
  a: Strided,
  transposeA: boolean,
  b: Strided,
  transposeB: boolean,
  bias: Strided | null,
  y: Strided,
  [batch, m, n, k]: number[],
): void {
  const [aRow, aColumn] = transposeA ? [4, 4 * m] : [4 * k, 4];
  const [bRow, bColumn] = transposeB ? [4, 4 * k] : [4 * n, 4];
  const go = (packed: number) =>
    wasm.matmul(
      ...[address(a), 4 * a.strides[0], aRow, aColumn, address(b), 4 * b.strides[0], bRow, bColumn],
      ...[addressOrNull(bias), address(y), packed, batch, m, n, k],
    );
  const panels = 4 * k * (n + 7);
  if (panels <= FITS) go(0);
  else borrow(panels, go);
}
