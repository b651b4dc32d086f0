/**
 * The list of kernels: all that a device has to provide. Everything above (operations, gradients, layers) is composed
 * of these, and several implementations stand side by side under the same names: cpu/ to be read, others to be fast.
 *
 * In every kernel `y` (or `gx`, …) is the output, allocated by the caller and contiguous unless a comment says
 * otherwise. Inputs are contiguous too, except where a comment says "any strides", and have the dtype of the output
 * unless said otherwise. Any extent may be 0.
 */
import type { AttentionKernels } from './list/attention';
import type { ConvolutionKernels } from './list/convolution';
import type { ElementKernels } from './list/elements';
import type { IndexingKernels } from './list/indexing';
import type { NormalisationKernels } from './list/normalisation';
import type { OptimizerKernels } from './list/optimizers';
import type { ProductKernels } from './list/products';
import type { RandomKernels } from './list/random';
import type { RecurrentKernels } from './list/recurrent';
import type { ReductionKernels } from './list/reductions';
import type { SoftmaxKernels } from './list/softmax';

export type * from './list/attention';
export type * from './list/convolution';
export type * from './list/elements';
export type * from './list/normalisation';
export type * from './list/optimizers';
export type * from './list/random';
export type * from './list/recurrent';
export type * from './list/reductions';

export interface Kernels
  extends ElementKernels,
    ReductionKernels,
    ProductKernels,
    ConvolutionKernels,
    SoftmaxKernels,
    NormalisationKernels,
    AttentionKernels,
    IndexingKernels,
    RandomKernels,
    RecurrentKernels,
    OptimizerKernels {}
