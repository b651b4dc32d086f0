import * as solution from '../solutions/lay-out';

type Answer = typeof solution;

export const turnsTheKernel: Answer = {
  layOut: (x, kernel, stride, padding) => solution.layOut(x, [...kernel].reverse(), stride, padding),
};

export const overwrites: Answer = {
  layOut: (x, kernel, stride, padding) => {
    const y = solution.layOut(x, kernel, stride, 0).fill(0);
    for (const [i, value] of x.entries()) for (const [k, w] of kernel.entries()) y[i * stride + k] = value * w;
    return y.slice(padding, y.length - padding);
  },
};

export const addsPadding: Answer = {
  layOut: (x, kernel, stride, padding) => {
    const air = new Array<number>(padding).fill(0);
    return [...air, ...solution.layOut(x, kernel, stride, 0), ...air];
  },
};

export const roomForWholeStrides: Answer = {
  layOut: (x, kernel, stride, padding) => {
    const y = [...solution.layOut(x, kernel, stride, 0), ...new Array<number>(stride - 1).fill(0)];
    return y.slice(padding, y.length - padding);
  },
};
