import type { Tensor } from '../../../../core';

export function attend(queries: Tensor, states: Tensor, mask: Tensor): { mixture: Tensor; shares: Tensor } {
  const scores = states.matmul(queries.unsqueeze(2)).squeeze(2); // [N, S]
  const shares = scores.where(mask, -1e9).softmax(); // [N, S]
  return { mixture: shares.unsqueeze(1).matmul(states).squeeze(1), shares };
}

export function gradients(
  g: Tensor,
  queries: Tensor,
  states: Tensor,
  shares: Tensor,
): { ofQueries: Tensor; ofStates: Tensor } {
  const gShares = states.matmul(g.unsqueeze(2)).squeeze(2); // [N, S]
  const mean = shares.mul(gShares).sum(1, { keepdim: true }); // [N, 1]
  const gScores = shares.mul(gShares.sub(mean)).unsqueeze(2); // [N, S, 1]
  return {
    ofQueries: gScores.mul(states).sum(1), // [N, H]
    ofStates: gScores.mul(queries.unsqueeze(1)).add(shares.unsqueeze(2).mul(g.unsqueeze(1))), // [N, S, H]
  };
}
