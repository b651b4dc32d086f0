/**
 * The lower and the upper triangle of matrices. Diagonal 0 is the main one, larger ones lie above it.
 */
import { arange } from '../tensor/create';
import type { Tensor } from '../tensor/tensor';
import { checkTensor } from './launch';

/** x on and below the diagonal, else 0        ∂x = g there */
export const tril = (x: Tensor, diagonal = 0): Tensor => x.where(offDiagonal('tril', x).le(diagonal), 0);

/** x on and above the diagonal, else 0        ∂x = g there */
export const triu = (x: Tensor, diagonal = 0): Tensor => x.where(offDiagonal('triu', x).ge(diagonal), 0);

/** How far each place of the last two axes lies above the main diagonal: column − row. */
function offDiagonal(operation: string, x: Tensor): Tensor {
  checkTensor(operation, x);
  if (x.rank < 2) throw new Error(`${operation}: a tensor of shape [${x.shape.join(',')}] has no last two axes`);
  const [rows, columns] = x.shape.slice(-2);
  const count = (n: number): Tensor => arange(0, n, 1, { dtype: 'int32', device: x.device });
  return count(columns).sub(count(rows).unsqueeze(1));
}
