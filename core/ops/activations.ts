/**
 * Activation functions, from the step towards a smooth bend. Each entry: y = f(x), and ∂x from the gradient g of y,
 * twice: as the formula, for when somebody wants to differentiate it again, and as one kernel.
 */
import { gradEnabled, record } from '../autograd/graph';
import type { Tensor } from '../tensor/tensor';
import { checkDevices, checkTensor, floating, requireFloat, unary, unaryGradient } from './launch';

/** y = 1/(1 + e⁻ˣ)       ∂x = g·y·(1 − y) */
export function sigmoid(input: Tensor): Tensor {
  const x = floating('sigmoid', input);
  const y = unary('sigmoid', x);
  return record('sigmoid', y, [x], {
    saves: [y],
    gradients: [(g) => (gradEnabled() ? g.mul(y).mul(y.neg().add(1)) : unaryGradient('sigmoid', g, y))],
  });
}

/** y = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)        ∂x = g·(1 − y²) */
export function tanh(input: Tensor): Tensor {
  const x = floating('tanh', input);
  const y = unary('tanh', x);
  return record('tanh', y, [x], {
    saves: [y],
    gradients: [(g) => (gradEnabled() ? g.mul(y.mul(y).neg().add(1)) : unaryGradient('tanh', g, y))],
  });
}

/** y = max(x, 0)         ∂x = g where x > 0 */
export function relu(x: Tensor): Tensor {
  requireFloat('relu', x);
  const y = unary('relu', x);
  return record('relu', y, [x], {
    saves: [y],
    gradients: [(g) => (gradEnabled() ? g.where(y.gt(0), 0) : unaryGradient('relu', g, y))],
  });
}

/** y = min(max(x, 0), 6)        ∂x = g where 0 < x < 6 */
export function relu6(x: Tensor): Tensor {
  requireFloat('relu6', x);
  const y = unary('relu6', x);
  return record('relu6', y, [x], {
    saves: [y],
    gradients: [(g) => (gradEnabled() ? g.where(y.gt(0).mul(y.lt(6)), 0) : unaryGradient('relu6', g, y))],
  });
}

/** y = x above zero, slope·x below        ∂x = g or slope·g */
export function leakyRelu(x: Tensor, negativeSlope = 0.01): Tensor {
  requireFloat('leakyRelu', x);
  return record('leakyRelu', unary('leakyRelu', x, negativeSlope), [x], {
    saves: [x],
    gradients: [
      (g) => (gradEnabled() ? g.where(x.gt(0), g.mul(negativeSlope)) : unaryGradient('leakyRelu', g, x, negativeSlope)),
    ],
  });
}

/**
 * y = x above zero, w·x below, where w is learned: one number, or one for each channel (axis 1)
 * ∂x = g or w·g,  ∂w = Σ g·x below zero
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  requireFloat('prelu', x);
  checkTensor('prelu', weight);
  checkDevices('prelu', [x, weight]);
  const channels = x.rank > 1 ? x.shape[1] : 1;
  if (weight.rank > 1 || (weight.size !== 1 && weight.size !== channels)) {
    throw new Error(`prelu: the weight holds 1 or ${channels} numbers, not the shape [${weight.shape.join(',')}]`);
  }
  const isEach = weight.size > 1;
  const w = isEach ? weight.reshape(...x.shape.map((_, axis) => (axis === 1 ? channels : 1))) : weight.reshape();
  return x.where(x.gt(0), x.mul(w));
}

/** y = x above zero, α(eˣ − 1) below      ∂x = g or g·αeˣ */
export function elu(x: Tensor, alpha = 1): Tensor {
  requireFloat('elu', x);
  return record('elu', unary('elu', x, alpha), [x], {
    saves: [x],
    gradients: [
      (g) =>
        gradEnabled() ? g.where(x.gt(0), g.mul(x.minimum(0).exp()).mul(alpha)) : unaryGradient('elu', g, x, alpha),
    ],
  });
}

/** y = log(1 + eˣ)       ∂x = g·σ(x) */
export function softplus(x: Tensor): Tensor {
  requireFloat('softplus', x);
  return record('softplus', unary('softplus', x), [x], {
    saves: [x],
    gradients: [(g) => (gradEnabled() ? g.mul(x.sigmoid()) : unaryGradient('softplus', g, x))],
  });
}

/** y = x·σ(x), also called swish        ∂x = g·σ(x)·(1 + x·(1 − σ(x))) */
export function silu(x: Tensor): Tensor {
  requireFloat('silu', x);
  const slope = (): Tensor => {
    const s = x.sigmoid();
    return s.mul(x.mul(s.neg().add(1)).add(1));
  };
  return record('silu', unary('silu', x), [x], {
    saves: [x],
    gradients: [(g) => (gradEnabled() ? g.mul(slope()) : unaryGradient('silu', g, x))],
  });
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * y = x·Φ(x), x weighted by the chance that a standard normal stays below it (Hendrycks and Gimpel, 2016)
 * ∂x = g·(Φ(x) + x·φ(x)). With approximate: 'tanh', as in the first transformers: ½x(1 + tanh(√(2/π)(x + 0.044715x³)))
 */
export function gelu(x: Tensor, { approximate = 'none' }: { approximate?: 'none' | 'tanh' } = {}): Tensor {
  requireFloat('gelu', x);
  if (approximate === 'tanh') {
    const inner = x
      .mul(x)
      .mul(0.044715)
      .add(1)
      .mul(x)
      .mul(Math.sqrt(2 / Math.PI));
    return inner.tanh().add(1).mul(x).mul(0.5);
  }
  if (approximate !== 'none') throw new Error(`gelu: approximate is 'none' or 'tanh', not '${String(approximate)}'`);
  const cdf = (): Tensor => x.div(Math.SQRT2).erf().add(1).mul(0.5);
  const density = (): Tensor => x.mul(x).mul(-0.5).exp().div(ROOT_TWO_PI);
  return record('gelu', unary('gelu', x), [x], {
    saves: [x],
    gradients: [(g) => (gradEnabled() ? g.mul(cdf().add(x.mul(density()))) : unaryGradient('gelu', g, x))],
  });
}
