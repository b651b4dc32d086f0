/**
 * The error function in double precision: the area under the bell curve, which has no formula.
 *
 *   erf(x) = 2/√π ∫₀ˣ e^(−t²) dt          Φ(x) = (1 + erf(x/√2)) / 2, the chance that a standard normal stays below x
 */
const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const MIDDLE = 2; // below: a power series; above: a continued fraction; both are at 1e-15 there

export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size < MIDDLE) return seriesErf(x);
  return Math.sign(x) * (1 - tailErf(size));
}

/** 2/√π · e^(−x²) · (x + 2x³/3 + 4x⁵/15 + …): all terms have one sign, so nothing cancels. */
function seriesErf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 60; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
}

/** 1 − erf(x) for x ≥ 2, by the continued fraction e^(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))). */
function tailErf(x: number): number {
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** Φ(x), also far out on the left, where 1 + erf would cancel to nothing. */
export function normalCdf(x: number): number {
  const z = x / Math.SQRT2;
  return z < -MIDDLE ? tailErf(-z) / 2 : (1 + erf(z)) / 2;
}

/** φ(x) = e^(−x²/2) / √2π, the bell curve. */
export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
