/**
 * Exercise: attention with a cache.
 *
 * New words have come in: their queries, keys and values are q, k, v of shape [N, H, T, d]. Keys and values of all
 * words before are in the cache, or null when there are none. Return what the new words get, [N, H, T, d], and the
 * cache for the next call. Each word sees all words before it and itself, none after it; T may be more than 1. The
 * backward is the tape's business, as long as you use operations on tensors.
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint sequences-cache
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export interface Cache {
  keys: Tensor;
  values: Tensor;
}

export function attendCached(q: Tensor, k: Tensor, v: Tensor, cache: Cache | null): [context: Tensor, cache: Cache] {
  return notYet(`what ${q.shape[2]} new words get, of ${k.shape} and ${v.shape}, after ${cache?.keys.shape[2] ?? 0}`);
}
