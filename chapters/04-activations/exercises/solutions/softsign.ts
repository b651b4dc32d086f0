export const softsign = (z: number): number => z / (1 + Math.abs(z));

export const slopeOfSoftsign = (z: number): number => 1 / (1 + Math.abs(z)) ** 2;
