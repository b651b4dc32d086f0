/**
 * Exercise: an activation of your own, as an operation of the core.
 *
 * Mish is z·tanh(softplus(z)): a relative of SiLU and GELU (Misra, 2019). Written with the core's operations it has a
 * gradient already; make it one operation instead, with a backward of your own:
 *
 *   const cube = customOperation('cube', {
 *     forward: (x) => x.mul(x).mul(x),
 *     backward: ([x]) => ({ saves: [x], gradients: [(g) => g.mul(x).mul(x).mul(3)] }),
 *   });
 *
 * Call it 'mish'. `gradients` has a function for each input, from the gradient g of the result to that of the input.
 *
 * Check it:  npm run exercises 04          Stuck?  npm run exercises 04 hint mish
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function mish(z: Tensor): Tensor {
  return notYet("customOperation('mish', { forward, backward })(z)");
}
