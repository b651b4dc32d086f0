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
  const [batch, m, n] = y.shape;
  const k = a.shape[transposeA ? 1 : 2];
  if (batch === 0 || m === 0 || n === 0) return;
  if (n === 1 && m > 1 && !bias) {
    // A matrix times a column is a row times the matrix, turned
    multiply(b, !transposeB, a, !transposeA, null, y, batch, 1, m, k);
  } else if (b.strides[0] === 0 && !transposeA && a.strides[0] === m * k) {
    // Matrices that all meet the same B are one tall matrix
    multiply(a, transposeA, b, transposeB, bias, y, 1, batch * m, n, k);
  } else {
    multiply(a, transposeA, b, transposeB, bias, y, batch, m, n, k);
  }
}

function multiply(
  a: Strided,
  transposeA: boolean,
  b: Strided,
  transposeB: boolean,
  bias: Strided | null,
  y: Strided,
  batch: number,
  m: number,
  n: number,
  k: number,
): void {
  const aRow = transposeA ? 4 : 4 * k;
  const aColumn = transposeA ? 4 * m : 4;
  const bRow = transposeB ? 4 : 4 * n;
  const bColumn = transposeB ? 4 * k : 4;
  const [aBatch, bBatch] = [4 * a.strides[0], 4 * b.strides[0]];
  const [from, with_, onto, to] = [address(a), address(b), addressOrNull(bias), address(y)];
  const go = (packed: number) =>
    wasm.matmul(from, aBatch, aRow, aColumn, with_, bBatch, bRow, bColumn, onto, to, packed, batch, m, n, k);
  const panels = 4 * k * (n + 7);
  if (panels <= FITS) go(0);
  else borrow(panels, go);
}
