import * as solution from '../solutions/softsign';

type Answer = typeof solution;

export const forgetsTheSign: Answer = { ...solution, softsign: (z) => z / (1 + z) };

export const forgetsTheSquare: Answer = { ...solution, slopeOfSoftsign: (z) => 1 / (1 + Math.abs(z)) };

export const negativeBelowZero: Answer = {
  ...solution,
  slopeOfSoftsign: (z) => (z < 0 ? -1 : 1) / (1 + Math.abs(z)) ** 2,
};

export const slopeOfTanh: Answer = { ...solution, slopeOfSoftsign: (z) => 1 - solution.softsign(z) ** 2 };
