export interface Example {
  x: number[];
  y: number;
}

export function onePass(examples: Example[], weights: number[], bias: number, rate: number) {
  let mistakes = 0;
  for (const { x, y } of examples) {
    const z = weights.reduce((sum, weight, i) => sum + weight * x[i], bias);
    const error = y - (z > 0 ? 1 : 0);
    weights = weights.map((weight, i) => weight + rate * error * x[i]);
    bias += rate * error;
    mistakes += Math.abs(error);
  }
  return { weights, bias, mistakes };
}
