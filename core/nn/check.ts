/** The sizes that layers are made with. */

/** Each must be a whole number from 1 up. */
export function checkSizes(layer: string, sizes: Record<string, number>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`${layer}: ${name} is a whole number from 1 up, not ${size}`);
  }
}

export function checkProbability(layer: string, name: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new Error(`${layer}: ${name} is a probability in [0, 1], not ${p}`);
}
