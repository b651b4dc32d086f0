import type { Tensor } from '../../../../core';

export interface Layer {
  weight: Tensor; // [out, in]
  bias: Tensor; // [out]
}

// (x·W₁ᵀ + b₁)·W₂ᵀ + b₂ = x·(W₂W₁)ᵀ + (W₂b₁ + b₂)
export function collapse(first: Layer, second: Layer): Layer {
  return {
    weight: second.weight.matmul(first.weight),
    bias: second.weight.matmul(first.bias).add(second.bias),
  };
}
