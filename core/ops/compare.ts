/**
 * Questions asked of every element. Answers are int32: 1 for yes, 0 for no; no gradient flows through a question.
 */
import { record } from '../autograd/graph';
import type { CompareName } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { broadcastShapes } from '../tensor/shape';
import { empty, type Tensor } from '../tensor/tensor';
import { checkDevices, compare, type Operand, operands, requireInt, stretch } from './launch';

const ask = (name: CompareName, a: Operand, b: Operand): Tensor => compare(name, ...operands(name, a, b));

/** y = 1 where a = b, else 0 */
export const eq = (a: Operand, b: Operand): Tensor => ask('eq', a, b);
/** y = 1 where a ≠ b, else 0 */
export const ne = (a: Operand, b: Operand): Tensor => ask('ne', a, b);
/** y = 1 where a < b, else 0 */
export const lt = (a: Operand, b: Operand): Tensor => ask('lt', a, b);
/** y = 1 where a ≤ b, else 0 */
export const le = (a: Operand, b: Operand): Tensor => ask('le', a, b);
/** y = 1 where a > b, else 0 */
export const gt = (a: Operand, b: Operand): Tensor => ask('gt', a, b);
/** y = 1 where a ≥ b, else 0 */
export const ge = (a: Operand, b: Operand): Tensor => ask('ge', a, b);

/** y = a where the condition is not 0, else b            ∂a = g there, ∂b = g elsewhere */
export function where(condition: Tensor, left: Operand, right: Operand): Tensor {
  requireInt('where', 'the condition', condition);
  const [a, b] = operands('where', left, right);
  checkDevices('where', [condition, a]);
  const shape = broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape));
  const y = empty(shape, a.dtype, a.device);
  kernelsFor(a).where(stretch(condition, shape), stretch(a, shape), stretch(b, shape), y);
  return record('where', y, [a, b], {
    saves: [condition],
    gradients: [(g) => where(condition, g, 0), (g) => where(condition, 0, g)],
  });
}
