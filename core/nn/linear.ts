/**
 * The fully connected layer: every output is a weighted sum of all inputs, plus a bias.
 */
import { linear } from '../ops/product';
import type { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { checkSizes } from './check';
import { uniform } from './init';
import { Module, Parameter } from './module';

export interface LinearOptions {
  bias?: boolean;
  generator?: Generator;
}

/** y = x·Wᵀ + b, with W [out, in] and b [out], both uniform in ±1/√in at first, as in PyTorch. (Keras: Dense.) */
export class Linear extends Module {
  readonly weight: Parameter;
  readonly bias: Parameter | null;

  constructor(inFeatures: number, outFeatures: number, { bias = true, generator }: LinearOptions = {}) {
    super();
    checkSizes('Linear', { inFeatures, outFeatures });
    const bound = 1 / Math.sqrt(inFeatures);
    this.weight = new Parameter(uniform([outFeatures, inFeatures], bound, { generator }));
    this.bias = bias ? new Parameter(uniform([outFeatures], bound, { generator })) : null;
  }

  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias); // [N, in] → [N, out]
  }

  multiplyAdds(_inputs: readonly unknown[], y: Tensor): number {
    return y.size * this.weight.shape[1];
  }
}
