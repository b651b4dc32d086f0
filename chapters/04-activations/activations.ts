/**
 * Nine activations as school writes them: each a curve, and how steep the curve is. curves.ts holds them against the
 * core; softmax, the tenth, takes more than one number and has a program of its own.
 */

export interface Activation {
  /** The curve. */
  f(z: number): number;
  /** Its derivative. */
  slope(z: number): number;
}

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

export const LEAK = 0.1; // usual are 0.01 to 0.2
export const LEARNED_LEAK = 0.25; // where PReLU starts

/** The bell curve, and its area up to z: how likely a number drawn from it is smaller than z. */
const bell = (z: number): number => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The area is ½ + bell(z)·(z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …): terms are added until they no longer count. */
export function areaOfBell(z: number): number {
  let sum = 0;
  for (let term = z, odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return 0.5 + bell(z) * sum;
}

// #region s-shaped
const sShaped = {
  sigmoid: { f: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
  tanh: { f: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
} satisfies Record<string, Activation>;
// #endregion

// #region hinges
const hinges = {
  ReLU: { f: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
  'leaky ReLU': { f: (z) => (z > 0 ? z : LEAK * z), slope: (z) => (z > 0 ? 1 : LEAK) },
  PReLU: { f: (z) => (z > 0 ? z : LEARNED_LEAK * z), slope: (z) => (z > 0 ? 1 : LEARNED_LEAK) },
} satisfies Record<string, Activation>;

/** The leak of PReLU is a parameter: how the output grows with it, and so how it learns. */
export const slopeAlongLeak = (z: number): number => Math.min(z, 0);
// #endregion

// #region smooth
const smooth = {
  ELU: { f: (z) => (z > 0 ? z : Math.exp(z) - 1), slope: (z) => (z > 0 ? 1 : Math.exp(z)) },
  softplus: { f: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: sigmoid },
  SiLU: { f: (z) => z * sigmoid(z), slope: (z) => sigmoid(z) * (1 + z * (1 - sigmoid(z))) },
  GELU: { f: (z) => z * areaOfBell(z), slope: (z) => areaOfBell(z) + z * bell(z) },
} satisfies Record<string, Activation>;
// #endregion

export const ACTIVATIONS = { ...sShaped, ...hinges, ...smooth };
