import { arange, ones, type Tensor, tensor } from '../../../../core';

export function causal(queries: number, keys: number): Tensor {
  return ones([queries, keys], { dtype: 'int32' }).tril(keys - queries);
}

export function padding(lengths: number[], longest: number): Tensor {
  const ends = tensor(lengths, { dtype: 'int32' }).reshape(-1, 1, 1); // [N, 1, 1]
  return arange(0, longest, 1, { dtype: 'int32' }).lt(ends); // [N, 1, longest]
}
