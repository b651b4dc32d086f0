/**
 * Arithmetic with broadcasting. Each entry: the formula and its derivatives, the forward, the gradient of each input
 * (g is the gradient of the result; what broadcasting repeated is summed up again by backward itself).
 */
import { record } from '../autograd/graph';
import type { Tensor } from '../tensor/tensor';
import { binary, checkTensor, floating, type Operand, operands, unary } from './launch';

/** y = a + b            ∂a = g,  ∂b = g */
export function add(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('add', left, right);
  const y = binary('add', 'add', a, b);
  return record('add', y, [a, b], { gradients: [(g) => g, (g) => g] });
}

/** y = a − b            ∂a = g,  ∂b = −g */
export function sub(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('sub', left, right);
  const y = binary('sub', 'sub', a, b);
  return record('sub', y, [a, b], { gradients: [(g) => g, (g) => g.neg()] });
}

// #region mul
/** y = a · b            ∂a = g·b,  ∂b = g·a */
export function mul(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('mul', left, right);
  const y = binary('mul', 'mul', a, b);
  return record('mul', y, [a, b], { saves: [a, b], gradients: [(g) => g.mul(b), (g) => g.mul(a)] });
}
// #endregion

/** y = a / b            ∂a = g/b,  ∂b = −g·a/b²  (of whole numbers: a fraction, float32) */
export function div(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('div', left, right).map((x) => floating('div', x));
  const y = binary('div', 'div', a, b);
  return record('div', y, [a, b], { saves: [a, b], gradients: [(g) => g.div(b), (g) => g.mul(a).div(b.mul(b)).neg()] });
}

/** y = aᵇ               ∂a = g·b·aᵇ⁻¹,  ∂b = g·aᵇ·log a   (0 where that would be 0·∞) */
export function pow(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('pow', left, right);
  const y = binary('pow', 'pow', a, b);
  return record('pow', y, [a, b], {
    saves: [a, b, y],
    gradients: [(g) => g.mul(b).mul(a.pow(b.sub(1)).where(b.ne(0), 0)), (g) => g.mul(y).mul(a.where(a.gt(0), 1).log())],
  });
}

/** y = −x               ∂x = −g */
export function neg(x: Tensor): Tensor {
  checkTensor('neg', x);
  return record('neg', unary('neg', x), [x], { gradients: [(g) => g.neg()] });
}

/** y = max(a, b)        ∂a = g where a > b, g/2 where a = b,  ∂b likewise */
export function maximum(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('maximum', left, right);
  const y = binary('maximum', 'maximum', a, b);
  return record('maximum', y, [a, b], {
    saves: [a, b],
    gradients: [(g) => g.mul(wins(a, b)), (g) => g.mul(wins(b, a))],
  });
}

/** y = min(a, b)        ∂a = g where a < b, g/2 where a = b,  ∂b likewise */
export function minimum(left: Operand, right: Operand): Tensor {
  const [a, b] = operands('minimum', left, right);
  const y = binary('minimum', 'minimum', a, b);
  return record('minimum', y, [a, b], {
    saves: [a, b],
    gradients: [(g) => g.mul(wins(b, a)), (g) => g.mul(wins(a, b))],
  });
}

/** 1 where a is the larger, ½ where both are equal, else 0. */
const wins = (a: Tensor, b: Tensor): Tensor => a.gt(b).add(a.ge(b)).div(2).to(a.dtype);
