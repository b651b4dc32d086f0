import * as solution from '../solutions/slopes';

type Answer = typeof solution;

export const doublesTheError: Answer = {
  ...solution,
  slopeOfHuber: (p, t, delta) => Math.max(-delta, Math.min(2 * (p - t), delta)),
};

export const forgetsDelta: Answer = {
  ...solution,
  slopeOfHuber: (p, t, delta) => (Math.abs(p - t) <= delta ? p - t : Math.sign(p - t)),
};

export const forgetsTheSide: Answer = {
  ...solution,
  slopeOfHuber: (p, t, delta) => Math.min(Math.abs(p - t), delta),
};

export const forgetsTheInnerSlope: Answer = { ...solution, slopeOfBinary: (p, t) => -t / p - (1 - t) / (1 - p) };

export const onlyForYes: Answer = { ...solution, slopeOfBinary: (p) => -1 / p };
