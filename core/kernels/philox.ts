/**
 * Philox 4×32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011): a random function
 * of a counter. Block c of a seed's stream can be computed without the blocks before it, so any number of threads or
 * GPU lanes draw the same numbers.
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9; // the golden ratio
const WEYL_1 = 0xbb67ae85; // √3 − 1
const TWO_32 = 2 ** 32;

/** The high 32 bits of a 32 × 32 bit product, from 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle % 65536);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/** Writes the four 32-bit numbers of block `counter` (below 2⁵³) of the stream of `seed` into `out`. */
export function philox(seed: number, counter: number, out: Uint32Array): void {
  let c0 = (counter % TWO_32) >>> 0;
  let c1 = Math.floor(counter / TWO_32) >>> 0;
  let c2 = 0;
  let c3 = 0;
  let k0 = (seed % TWO_32) >>> 0;
  let k1 = Math.floor(seed / TWO_32) >>> 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/**
 * 24 random bits as a number in [0, 1): exactly what float32 can hold, so every device and dtype gets the same value.
 */
export const toUniform = (bits: number): number => (bits >>> 8) * 2 ** -24;
