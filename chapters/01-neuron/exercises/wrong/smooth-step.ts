import * as solution from '../solutions/smooth-step';

type Answer = typeof solution;

export const forgetsTheGradientFromAbove: Answer = { ...solution, gradient: (y) => y.mul(y.neg().add(1)) };
export const addsInsteadOfSubtracting: Answer = { ...solution, gradient: (y, g) => g.mul(y).mul(y.add(1)) };
export const turnsTheSign: Answer = { ...solution, gradient: (y, g) => g.mul(y).mul(y.sub(1)) };
export const forgetsOneFactor: Answer = { ...solution, gradient: (y, g) => g.mul(y.neg().add(1)) };
export const turnsTheSigmoidRound: Answer = { ...solution, forward: (x) => x.exp().add(1).pow(-1) };
export const sumsUp: Answer = {
  ...solution,
  gradient: (y, g) =>
    solution
      .gradient(y, g)
      .sum()
      .expand(...y.shape),
};
