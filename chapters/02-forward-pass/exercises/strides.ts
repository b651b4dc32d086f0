/**
 * Exercise: strides.
 *
 * A view of memory is a shape, a list of strides and an offset; element (i, j, …) lies at
 * offset + i·strides[0] + j·strides[1] + … Write three functions that make views without touching the memory.
 *
 * Check it:  npm run exercises 02          Stuck?  npm run exercises 02 hint strides
 */
import { notYet } from '../../shared/exercise';

export interface View {
  shape: number[];
  strides: number[];
  offset: number;
}

/** The strides of a tensor that lies in memory row after row: [3, 4] has [4, 1]. */
export function rowMajorStrides(shape: number[]): number[] {
  return notYet(`the strides of shape [${shape}]`);
}

/** A matrix with rows and columns exchanged. */
export function transposed(matrix: View): View {
  return notYet(`the transposed of a matrix [${matrix.shape}]`);
}

/** Column j of a matrix, as a vector. */
export function column(matrix: View, j: number): View {
  return notYet(`column ${j} of a matrix [${matrix.shape}]`);
}
