export function softmaxAt(scores: number[], temperature: number): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - highest) / temperature));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}

export function perplexity(p: number[]): number {
  const surprise = p.reduce((sum, one) => sum - Math.log(one), 0);
  return Math.exp(surprise / p.length);
}
