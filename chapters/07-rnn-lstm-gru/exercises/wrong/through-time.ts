import { type Tensor, zeros } from '../../../../core';
import type * as Solution from '../solutions/through-time';

type Answer = typeof Solution;

/** The loop of the solution, with what goes back from step to step left open. */
const answer = (
  back: (ga: Tensor, U: Tensor) => Tensor,
  slopeOf = (state: Tensor) => state.mul(state).neg().add(1),
  lag = 1,
): Answer => ({
  throughTime(gH, x, h, W, U) {
    let [gW, gU]: Tensor[] = [W.mul(0), U.mul(0)];
    let gLater: Tensor = zeros([x.shape[0], U.shape[0]], { dtype: x.dtype });
    for (let t = x.shape[1] - 1; t >= 0; t--) {
      const ga = gH
        .slice(null, t)
        .add(gLater)
        .mul(slopeOf(h.slice(null, t)));
      gW = gW.add(ga.transpose().matmul(x.slice(null, t)));
      if (t >= lag) gU = gU.add(ga.transpose().matmul(h.slice(null, t - lag)));
      gLater = back(ga, U);
    }
    return [gW, gU];
  },
});

/** Truncated after one step. */
export const forgetsTheFuture = answer((ga) => ga.mul(0));
export const transposesU = answer((ga, U) => ga.matmul(U.transpose()));
export const slopeOfTheSigmoid = answer(
  (ga, U) => ga.matmul(U),
  (state) => state.mul(state.neg().add(1)),
);
/** U met the state of the step before, not this one. */
export const theStateOfTheSameStep = answer((ga, U) => ga.matmul(U), undefined, 0);
