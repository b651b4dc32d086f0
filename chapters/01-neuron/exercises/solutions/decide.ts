export const score = (weights: number[], inputs: number[], bias: number): number =>
  weights.reduce((z, weight, i) => z + weight * inputs[i], bias);

export const step = (z: number): number => (z > 0 ? 1 : 0);

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
