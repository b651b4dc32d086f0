/**
 * Exercise: who may look where.
 *
 * Write two masks, 1 where a query may look at a key and 0 where not.
 *
 * - causal(queries, keys): nobody looks at what comes later. There may be more keys than queries: then the queries are
 *   the last ones of the text (the earlier words are known already), so that the last query sees all keys.
 * - padding(lengths, longest): of row n only the first lengths[n] places are words. Its shape is [N, 1, longest], so
 *   that it fits scores [N, queries, longest].
 *
 * Both are int32. The lesson's section "Who may look where" has the simple case of the first.
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint causal
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

/** [queries, keys] */
export function causal(queries: number, keys: number): Tensor {
  return notYet(`the causal mask of ${queries} queries and ${keys} keys`);
}

/** [N, 1, longest] */
export function padding(lengths: number[], longest: number): Tensor {
  return notYet(`the padding mask of ${lengths.length} rows of at most ${longest} words`);
}
