/**
 * The product of matrices, as the textbook has it. Of the possible orders of the three loops each case takes the one
 * that walks memory in steps of one: a row of Y grows by multiples of the rows of B; or, when B lies transposed, an
 * element of Y is the dot product of two rows.
 */
import { contiguousElements, elements, type Strided, type TypedArray } from '../strided';

let sums = new Float64Array(256); // one row of Y, in double precision until it is whole

export function matmul(
  a: Strided,
  b: Strided,
  bias: Strided | null,
  y: Strided,
  transposeA: boolean,
  transposeB: boolean,
): void {
  const [left, right, out] = [elements(a), elements(b), elements(y)];
  const shift = bias && contiguousElements(bias);
  const [batch, m, n] = y.shape;
  const k = a.shape[transposeA ? 1 : 2];
  const [aRow, aColumn] = transposeA ? [1, m] : [k, 1]; // steps in memory along i and along l
  if (n > sums.length) sums = new Float64Array(n);
  for (let p = 0; p < batch; p++) {
    const b0 = b.offset + p * b.strides[0];
    for (let i = 0; i < m; i++) {
      const a0 = a.offset + p * a.strides[0] + i * aRow;
      for (let j = 0; j < n; j++) sums[j] = shift ? shift[j] : 0;
      if (transposeB) addDotProducts(left, a0, aColumn, right, b0, k, n);
      else addRows(left, a0, aColumn, right, b0, k, n);
      const y0 = y.offset + p * y.strides[0] + i * n;
      for (let j = 0; j < n; j++) out[y0 + j] = sums[j];
    }
  }
}

/** sums[j] += Σₗ a[l] · b[l, j] */
function addRows(a: TypedArray, a0: number, step: number, b: TypedArray, b0: number, k: number, n: number): void {
  for (let l = 0; l < k; l++) {
    const al = a[a0 + l * step];
    for (let j = 0, at = b0 + l * n; j < n; j++, at++) sums[j] += al * b[at];
  }
}

/** sums[j] += Σₗ a[l] · b[j, l] */
function addDotProducts(
  a: TypedArray,
  a0: number,
  step: number,
  b: TypedArray,
  b0: number,
  k: number,
  n: number,
): void {
  for (let j = 0, at = b0; j < n; j++) {
    let sum = 0;
    for (let l = 0; l < k; l++, at++) sum += a[a0 + l * step] * b[at];
    sums[j] += sum;
  }
}
