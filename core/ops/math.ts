/**
 * Functions of one variable. Each entry: y = f(x), and ∂x from the gradient g of y. Functions with fractional values
 * turn int32 into float32.
 */
import { record } from '../autograd/graph';
import type { UnaryName } from '../kernels/kernels';
import type { Tensor } from '../tensor/tensor';
import { checkTensor, floating, unary } from './launch';

/** y = eˣ               ∂x = g·y */
export function exp(input: Tensor): Tensor {
  const x = floating('exp', input);
  const y = unary('exp', x);
  return record('exp', y, [x], { saves: [y], gradients: [(g) => g.mul(y)] });
}

/** y = log x            ∂x = g/x */
export function log(input: Tensor): Tensor {
  const x = floating('log', input);
  return record('log', unary('log', x), [x], { saves: [x], gradients: [(g) => g.div(x)] });
}

/** y = √x               ∂x = g/2y */
export function sqrt(input: Tensor): Tensor {
  const x = floating('sqrt', input);
  const y = unary('sqrt', x);
  return record('sqrt', y, [x], { saves: [y], gradients: [(g) => g.div(y.mul(2))] });
}

/** y = 1/√x             ∂x = −g·y³/2 */
export function rsqrt(input: Tensor): Tensor {
  const x = floating('rsqrt', input);
  const y = unary('rsqrt', x);
  return record('rsqrt', y, [x], { saves: [y], gradients: [(g) => g.mul(y).mul(y).mul(y).mul(-0.5)] });
}

/** y = |x|              ∂x = g·sign x */
export function abs(x: Tensor): Tensor {
  checkTensor('abs', x);
  return record('abs', unary('abs', x), [x], { saves: [x], gradients: [(g) => g.mul(x.sign())] });
}

/** y = sin x            ∂x = g·cos x */
export function sin(input: Tensor): Tensor {
  const x = floating('sin', input);
  return record('sin', unary('sin', x), [x], { saves: [x], gradients: [(g) => g.mul(x.cos())] });
}

/** y = cos x            ∂x = −g·sin x */
export function cos(input: Tensor): Tensor {
  const x = floating('cos', input);
  return record('cos', unary('cos', x), [x], { saves: [x], gradients: [(g) => g.mul(x.sin()).neg()] });
}

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** y = 2/√π ∫₀ˣ e^(−t²) dt        ∂x = g·2/√π·e^(−x²) */
export function erf(input: Tensor): Tensor {
  const x = floating('erf', input);
  return record('erf', unary('erf', x), [x], {
    saves: [x],
    gradients: [(g) => g.mul(x.mul(x).neg().exp().mul(TWO_OVER_ROOT_PI))],
  });
}

/** y = min(max(x, low), high)        ∂x = g inside [low, high], 0 outside */
export function clamp(x: Tensor, low = -Infinity, high = Infinity): Tensor {
  checkTensor('clamp', x);
  if (!(low <= high)) throw new Error(`clamp: the lower bound ${low} is above the upper bound ${high}`);
  return record('clamp', unary('clamp', x, low, high), [x], {
    saves: [x],
    gradients: [(g) => g.where(x.ge(low).mul(x.le(high)), 0)],
  });
}

/** y = −1, 0 or 1       flat: ∂x = 0 */
export const sign = (x: Tensor): Tensor => flat('sign', x);
/** y = ⌊x⌋              flat: ∂x = 0 */
export const floor = (x: Tensor): Tensor => flat('floor', x);
/** y = the nearest whole number, the even one of two        flat: ∂x = 0 */
export const round = (x: Tensor): Tensor => flat('round', x);

function flat(name: UnaryName, x: Tensor): Tensor {
  checkTensor(name, x);
  return record(name, unary(name, x), [x], { gradients: [(g) => g.mul(0)] });
}
