/**
 * Keeping gradients in bounds before a step: one steep place must not throw the parameters far away.
 */
import { noGrad } from '../autograd/modes';
import { stack } from '../ops/shape';
import type { Tensor } from '../tensor/tensor';

/**
 * Scales all gradients together so that their common length is at most maxNorm (Pascanu et al., 2013). Returns the
 * length before, as a tensor: nothing is read, so a GPU is not waited for.
 */
export function clipGradNorm(parameters: readonly Tensor[], maxNorm: number, { p = 2 } = {}): Tensor {
  if (!(maxNorm > 0)) throw new Error(`clipGradNorm: the longest length allowed is above 0, not ${maxNorm}`);
  const learning = withGradients('clipGradNorm', parameters);
  return noGrad(() => {
    const lengths = learning.map(([, gradient]) => gradient.norm(undefined, { p }));
    const length = stack(lengths).norm(undefined, { p });
    const factor = length.add(1e-6).pow(-1).mul(maxNorm).clamp(0, 1);
    for (const [parameter, gradient] of learning) parameter.grad = gradient.mul(factor);
    return length;
  });
}

/** Cuts every element of every gradient off at ±limit. */
export function clipGradValue(parameters: readonly Tensor[], limit: number): void {
  if (!(limit > 0)) throw new Error(`clipGradValue: the limit is above 0, not ${limit}`);
  for (const [parameter, gradient] of withGradients('clipGradValue', parameters)) {
    parameter.grad = noGrad(() => gradient.clamp(-limit, limit));
  }
}

function withGradients(operation: string, parameters: readonly Tensor[]): [Tensor, Tensor][] {
  const pairs = parameters.flatMap((parameter): [Tensor, Tensor][] =>
    parameter.ownGradient ? [[parameter, parameter.ownGradient]] : [],
  );
  if (pairs.length === 0) throw new Error(`${operation}: no parameter has a gradient; call backward() first`);
  return pairs;
}
