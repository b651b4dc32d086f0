import * as solution from '../solutions/depthwise';

type Answer = typeof solution;

/** The convolution of the mathematicians. */
export const turnsTheWindow: Answer = { ...solution, depthwise: (x, w) => solution.depthwise(x, w.flip(1, 2)) };

export const exchangesDownAndAcross: Answer = {
  ...solution,
  depthwise: (x, w) => solution.depthwise(x, w.transpose()),
};

export const mixesTheMaps: Answer = {
  ...solution,
  depthwise: (x, w) =>
    solution
      .depthwise(x, w)
      .sum(1, { keepdim: true })
      .expand(...x.shape),
};

export const oneWindowForAll: Answer = {
  ...solution,
  depthwise: (x, w) => solution.depthwise(x, w.narrow(0, 0, 1).expand(...w.shape)),
};

export const gradientNotTurned: Answer = {
  ...solution,
  gradientsOfDepthwise: (g, x, w) => ({ ...solution.gradientsOfDepthwise(g, x, w), gx: solution.depthwise(g, w) }),
};

export const meanOverTheBatch: Answer = {
  ...solution,
  gradientsOfDepthwise(g, x, w) {
    const { gx, gw } = solution.gradientsOfDepthwise(g, x, w);
    return { gx, gw: gw.div(x.shape[0]) };
  },
};
