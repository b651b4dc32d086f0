import { ones, type Tensor } from '../../../../core';

export interface Cache {
  keys: Tensor;
  values: Tensor;
}

export function attendCached(q: Tensor, k: Tensor, v: Tensor, cache: Cache | null): [context: Tensor, cache: Cache] {
  const keys = cache ? cache.keys.concat([k], 2) : k; // [N, H, S, d]
  const values = cache ? cache.values.concat([v], 2) : v;
  const [T, S] = [q.shape[2], keys.shape[2]];
  const seen = ones([T, S], { dtype: 'int32' }).tril(S - T); // the last query sees all
  const scores = q.matmul(keys.transpose()).div(Math.sqrt(q.shape[3])); // [N, H, T, S]
  return [scores.where(seen, -1e9).softmax().matmul(values), { keys, values }];
}
