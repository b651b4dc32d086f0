/**
 * Exercise: attention over the encoder's states, and its gradients.
 *
 * A decoder has a query for each example, queries [N, H], and the encoder left states [N, S, H]; mask [N, S] has a 0
 * where a state is padding.
 *
 *   score = query · state      share = softmax of the scores, over real words      mixture = Σ share · state
 *
 * Write the mixture [N, H] and the shares [N, S]; then, for the gradient g [N, H] of the mixture, those of the queries
 * and of the states. (There is no division by √H here.)
 *
 * Check it:  npm run exercises 07          Stuck?  npm run exercises 07 hint language-attention
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function attend(queries: Tensor, states: Tensor, mask: Tensor): { mixture: Tensor; shares: Tensor } {
  return notYet(`what queries [${queries.shape}] take of states [${states.shape}]`);
}

export function gradients(
  g: Tensor,
  queries: Tensor,
  states: Tensor,
  shares: Tensor,
): { ofQueries: Tensor; ofStates: Tensor } {
  return notYet('the gradients of queries and states');
}
