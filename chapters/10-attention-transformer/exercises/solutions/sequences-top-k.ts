export function topK(scores: number[], k: number, temperature: number): number[] {
  const sorted = [...scores].sort((a, b) => b - a);
  const [highest, least] = [sorted[0], sorted[Math.min(k, scores.length) - 1]];
  const powers = scores.map((score) => (score >= least ? Math.exp((score - highest) / temperature) : 0));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}

export function perCharacter(p: number[], text: string): number {
  const surprise = p.reduce((sum, one) => sum - Math.log(one), 0);
  return Math.exp(surprise / [...text].length);
}
