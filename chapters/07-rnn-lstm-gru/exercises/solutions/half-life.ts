export function partLeft(bias: number, steps: number): number {
  const gate = 1 / (1 + Math.exp(-bias));
  return gate ** steps;
}

export function biasToKeep(part: number, steps: number): number {
  const gate = part ** (1 / steps);
  return Math.log(gate / (1 - gate));
}
