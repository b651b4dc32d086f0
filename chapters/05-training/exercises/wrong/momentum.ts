import * as solution from '../solutions/momentum';

type Answer = typeof solution;

/** An average of gradients, as in Adam: a tenth of the step. */
export const averages: Answer = {
  ...solution,
  momentumStep({ w, v }, g, { lr, momentum }) {
    const velocity = v.map((vi, i) => momentum * vi + (1 - momentum) * g[i]);
    return { w: w.map((wi, i) => wi - lr * velocity[i]), v: velocity };
  },
};

export const stepsWithTheOldVelocity: Answer = {
  ...solution,
  momentumStep({ w, v }, g, { lr, momentum }) {
    return { w: w.map((wi, i) => wi - lr * v[i]), v: v.map((vi, i) => momentum * vi + g[i]) };
  },
};

export const uphill: Answer = {
  ...solution,
  momentumStep: ({ w, v }, g, settings) => solution.momentumStep({ w, v }, g, { ...settings, lr: -settings.lr }),
};

export const changesWhatItWasGiven: Answer = {
  ...solution,
  momentumStep(state, g, settings) {
    return Object.assign(state, solution.momentumStep(state, g, settings));
  },
};

export const nesterovWithTheOldVelocity: Answer = {
  ...solution,
  nesterovStep({ w, v }, g, { lr, momentum }) {
    const velocity = v.map((vi, i) => momentum * vi + g[i]);
    return { w: w.map((wi, i) => wi - lr * (g[i] + momentum * v[i])), v: velocity };
  },
};
