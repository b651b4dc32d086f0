/**
 * From scores to probabilities. The kernels work on the last axis; another axis is brought there and back.
 */
import { gradEnabled, record } from '../autograd/graph';
import type { Kernels } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { axisOf } from '../tensor/shape';
import { empty, type Tensor } from '../tensor/tensor';
import { asRows, requireFloat } from './launch';

/** y = eˣ / Σ eˣ         ∂x = y·(g − Σ g·y) */
export function softmax(x: Tensor, axis = -1): Tensor {
  return alongLast('softmax', x, axis, (last) => {
    const y = runRows('softmax', last);
    const composed = (g: Tensor): Tensor => y.mul(g.sub(g.mul(y).sum(-1, { keepdim: true })));
    return record('softmax', y, [last], {
      saves: [y],
      gradients: [(g) => (gradEnabled() ? composed(g) : runGradientRows('softmaxGradient', y, g))],
    });
  });
}

/** y = x − log Σ eˣ      ∂x = g − eʸ·Σ g */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return alongLast('logSoftmax', x, axis, (last) => {
    const y = runRows('logSoftmax', last);
    const composed = (g: Tensor): Tensor => g.sub(y.exp().mul(g.sum(-1, { keepdim: true })));
    return record('logSoftmax', y, [last], {
      saves: [y],
      gradients: [(g) => (gradEnabled() ? composed(g) : runGradientRows('logSoftmaxGradient', y, g))],
    });
  });
}

function alongLast(operation: string, x: Tensor, axis: number, run: (last: Tensor) => Tensor): Tensor {
  requireFloat(operation, x);
  const along = axisOf(operation, axis, x.rank);
  return along === x.rank - 1 ? run(x) : run(x.transpose(along, -1)).transpose(along, -1);
}

type RowKernel = 'softmax' | 'logSoftmax';

function runRows(kernel: RowKernel, x: Tensor): Tensor {
  const y = empty(x.shape, x.dtype, x.device);
  kernelsFor(x)[kernel](asRows(x), asRows(y));
  return y;
}

/** The fused backward: one kernel instead of the composition beside it, where nobody will differentiate it again. */
function runGradientRows(kernel: `${RowKernel}Gradient` & keyof Kernels, y: Tensor, g: Tensor): Tensor {
  const gx = empty(y.shape, y.dtype, y.device);
  kernelsFor(y)[kernel](asRows(y), asRows(g), asRows(gx));
  return gx;
}
