export function sensitivity(weights: number[], inputs: number[], bias: number) {
  const z = weights.reduce((sum, weight, i) => sum + weight * inputs[i], bias);
  const a = 1 / (1 + Math.exp(-z));
  const slope = a * (1 - a); // of the sigmoid at z
  return { weights: inputs.map((x) => slope * x), bias: slope };
}
