/**
 * Dropout (Srivastava et al., 2014): while learning, a share p of all elements is set to 0 by chance, so that nothing
 * downstream can rely on any one of them. What stays is scaled up, so that sums keep their size on average and nothing
 * has to be done about it later.
 */
import { record } from '../autograd/graph';
import { bernoulli } from '../tensor/create';
import type { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { binary, requireFloat } from './launch';

export interface DropoutOptions {
  /** Without it nothing is dropped. */
  training?: boolean;
  generator?: Generator;
}

/** y = x·m with m = 0 by chance p, else 1/(1 − p)        ∂x = g·m */
export function dropout(x: Tensor, p = 0.5, { training = true, generator }: DropoutOptions = {}): Tensor {
  requireFloat('dropout', x);
  if (!(p >= 0 && p <= 1)) throw new Error(`dropout: a probability lies in [0, 1], not ${p}`);
  if (!training || p === 0) return x;
  const stays = bernoulli(1 - p, x.shape, { dtype: x.dtype, device: x.device, generator });
  const m = p < 1 ? stays.div(1 - p) : stays;
  return record('dropout', binary('dropout', 'mul', x, m), [x], { saves: [m], own: [m], gradients: [(g) => g.mul(m)] });
}
