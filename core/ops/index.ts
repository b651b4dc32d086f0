/**
 * Every differentiable operation, as a function; the same names are methods of Tensor.
 */
import './methods';

export * from './activations';
export * from './arithmetic';
export { type AttentionOptions, scaledDotProductAttention } from './attention';
export * from './compare';
export * from './convolution';
export * from './dropout';
export * from './einsum';
export { embedding, gather, indexSelect, oneHot, scatterAdd } from './indexing';
export * from './losses';
export * from './math';
export * from './normalisation';
export * from './pooling';
export * from './product';
export * from './recurrent';
export * from './reduce';
export {
  clone,
  concat,
  contiguous,
  expand,
  flatten,
  flip,
  narrow,
  pad,
  permute,
  type Range,
  reshape,
  slice,
  split,
  squeeze,
  stack,
  transpose,
  unsqueeze,
} from './shape';
export * from './softmax';
export * from './sort';
export * from './triangle';
