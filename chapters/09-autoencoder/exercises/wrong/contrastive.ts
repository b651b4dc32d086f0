import * as solution from '../solutions/contrastive';

type Answer = typeof solution;

export const takesOneForTogether: Answer = {
  contrastive: (d, y, margin) => solution.contrastive(d, y.neg().add(1), margin),
  gradientOfContrastive: (g, d, y, margin) => solution.gradientOfContrastive(g, d, y.neg().add(1), margin),
};

export const pushesForEver: Answer = {
  contrastive: (d, y, margin) => d.neg().add(margin).pow(2).where(y.eq(1), d.pow(2)).mean(),
  gradientOfContrastive: (g, d, y, margin) => d.sub(margin).mul(2).where(y.eq(1), d.mul(2)).mul(g).div(d.size),
};

export const forgetsTheMean: Answer = {
  ...solution,
  gradientOfContrastive: (g, d, y, margin) => solution.gradientOfContrastive(g, d, y, margin).mul(d.size),
};

export const pullsInsteadOfPushes: Answer = {
  ...solution,
  gradientOfContrastive: (g, d, y, margin) => solution.gradientOfContrastive(g, d, y, margin).abs(),
};

export const forgetsG: Answer = {
  ...solution,
  gradientOfContrastive: (g, d, y, margin) => solution.gradientOfContrastive(g.mul(0).add(1), d, y, margin),
};
