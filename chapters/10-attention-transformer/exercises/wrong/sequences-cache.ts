import { ops } from '../../../../core';
import * as solution from '../solutions/sequences-cache';

type Answer = typeof solution;

/** The new words see nothing but each other. */
export const forgetsTheCache: Answer = {
  attendCached(q, k, v, cache) {
    const [, next] = solution.attendCached(q, k, v, cache);
    return [solution.attendCached(q, k, v, null)[0], next];
  },
};

/** Right for one word at a time. */
export const noMask: Answer = {
  attendCached(q, k, v, cache) {
    const [, next] = solution.attendCached(q, k, v, cache);
    return [ops.scaledDotProductAttention(q, next.keys, next.values), next];
  },
};

export const newWordsFirst: Answer = {
  attendCached(q, k, v, cache) {
    const [context, next] = solution.attendCached(q, k, v, cache);
    if (!cache) return [context, next];
    return [context, { keys: k.concat([cache.keys], 2), values: v.concat([cache.values], 2) }];
  },
};

/** The mask stands in the corner of the first words. */
export const maskFromTheFirst: Answer = {
  attendCached(q, k, v, cache) {
    const [, { keys, values }] = solution.attendCached(q, k, v, cache);
    const [T, S] = [q.shape[2], keys.shape[2]];
    const seen = ops.scaledDotProductAttention; // the core's own aligns at the end
    if (T === S) return [seen(q, keys, values, { causal: true }), { keys, values }];
    const cut = [keys, values].map((t) => t.narrow(2, 0, T));
    return [seen(q, cut[0], cut[1], { causal: true }), { keys, values }];
  },
};

export const gradientsCut: Answer = {
  attendCached: (q, k, v, cache) => solution.attendCached(q, k.detach(), v, cache),
};
