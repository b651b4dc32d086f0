export function gainOf(f: (z: number) => number): number {
  let [sum, weights] = [0, 0];
  for (let z = -8; z <= 8; z += 0.01) {
    const weight = Math.exp((-z * z) / 2);
    sum += weight * f(z) ** 2;
    weights += weight;
  }
  return 1 / Math.sqrt(sum / weights);
}
