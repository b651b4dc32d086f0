import type { Tensor } from '../../../../core';
import type * as Solution from '../solutions/lstm-step';

type Answer = typeof Solution;

const scoresOf = (x: Tensor, h: Tensor, { W, U, b }: Solution.Weights): Tensor[] =>
  x.matmul(W.transpose()).add(h.matmul(U.transpose())).add(b).split(h.shape[1], 1);

/** As some books have it. */
export const anotherOrder: Answer = {
  lstmStep(x, h, c, weights) {
    const [i, f, o, g] = scoresOf(x, h, weights);
    const cNew = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
    return [o.sigmoid().mul(cNew.tanh()), cNew];
  },
};

export const showsTheOldMemory: Answer = {
  lstmStep(x, h, c, weights) {
    const [i, f, g, o] = scoresOf(x, h, weights);
    const cNew = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
    return [o.sigmoid().mul(c.tanh()), cNew];
  },
};

export const noTanhOnTheWayOut: Answer = {
  lstmStep(x, h, c, weights) {
    const [i, f, g, o] = scoresOf(x, h, weights);
    const cNew = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
    return [o.sigmoid().mul(cNew), cNew];
  },
};

/** Right forwards; the gradient no longer reaches the past. */
export const cutsTheTape: Answer = {
  lstmStep(x, h, c, weights) {
    const [i, f, g, o] = scoresOf(x, h, weights);
    const cNew = f.sigmoid().mul(c.detach()).add(i.sigmoid().mul(g.tanh()));
    return [o.sigmoid().mul(cNew.tanh()), cNew];
  },
};
