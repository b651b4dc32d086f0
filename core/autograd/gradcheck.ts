/**
 * The judge: does the gradient that an operation claims agree with what its values do? Every element of every input
 * is moved a little up and down, in double precision, and the change of the output is compared with the claim.
 *
 *   ∂L/∂x ≈ (L(x + ε) − L(x − ε)) / 2ε          with L = Σ w·y
 *
 * The weights w are random: a plain sum would hide errors (the outputs of a softmax always sum to 1, so their sum has
 * no gradient at all).
 */

import { contiguousElements } from '../kernels/strided';
import { randn } from '../tensor/create';
import { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { grad } from './backward';
import { enableGrad, noGrad } from './modes';

const EPSILON = 1e-5; // the error of the formula grows with ε², that of rounding with 1/ε: both are near 1e-10 here
const RELATIVE = 1e-6;
const ABSOLUTE = 1e-7; // of the largest gradient
const SEED = 7;

export interface Mismatch {
  input: number;
  element: number;
  analytic: number;
  numeric: number;
}

export interface GradCheckReport {
  passed: boolean;
  /** How many elements were compared. */
  checked: number;
  /** The element that is furthest off, relative to its tolerance. */
  worst: Mismatch | null;
  /** One line that says what happened. */
  message: string;
}

export interface GradCheckOptions {
  relative?: number;
  absolute?: number;
  epsilon?: number;
}

type Checked = (...inputs: Tensor[]) => Tensor | Tensor[];

/**
 * Compares the gradients of `fn` with central differences. Inputs are float64 on the CPU; those with requiresGrad are
 * checked.
 */
export function gradCheck(fn: Checked, inputs: readonly Tensor[], options: GradCheckOptions = {}): GradCheckReport {
  const { relative = RELATIVE, absolute = ABSOLUTE, epsilon = EPSILON } = options;
  checkInputs(inputs);
  const own = inputs.map(copyOf); // values are changed in place below: the reader's tensors stay as they are
  const loss = weightedSum(fn, own);
  const wanted = own.filter((input) => input.requiresGrad);
  const analytic = analyticGradients(loss, own, wanted);
  const numeric = wanted.map((input) => numericGradient(() => noGrad(() => loss(...own)), input, epsilon));

  const largest = Math.max(
    ...analytic.flatMap((g) => [...g].map(Math.abs)),
    ...numeric.flatMap((g) => [...g].map(Math.abs)),
    0,
  );
  let worst: Mismatch | null = null;
  let worstRatio = -1;
  let checked = 0;
  wanted.forEach((input, w) => {
    for (let element = 0; element < numeric[w].length; element++, checked++) {
      const [a, n] = [analytic[w][element], numeric[w][element]];
      const tolerance = relative * Math.max(Math.abs(a), Math.abs(n)) + absolute * largest;
      const off = Math.abs(a - n);
      const ratio = off === 0 ? 0 : Number.isNaN(off) ? Infinity : off / tolerance;
      if (ratio <= worstRatio) continue;
      worstRatio = ratio;
      worst = { input: own.indexOf(input), element, analytic: a, numeric: n };
    }
  });
  const passed = worstRatio <= 1;
  return { passed, checked, worst, message: describe(passed, checked, worst, own) };
}

/** Checks the gradient of the gradient: is what backward computes itself differentiated rightly? */
export function gradGradCheck(fn: Checked, inputs: readonly Tensor[], options: GradCheckOptions = {}): GradCheckReport {
  const gradients: Checked = (...own) =>
    enableGrad(() => {
      const wanted = own.filter((input) => input.requiresGrad);
      return grad(weightedSum(fn, own)(...own), wanted, { createGraph: true });
    });
  return gradCheck(gradients, inputs, options);
}

function checkInputs(inputs: readonly Tensor[]): void {
  if (!inputs.some((input) => input.requiresGrad))
    throw new Error('gradCheck: none of the inputs wants a gradient (requiresGrad)');
  inputs.forEach((input, i) => {
    if (input.device !== 'cpu')
      throw new Error(`gradCheck: input ${i} is on the ${input.device}; gradients are checked on the CPU`);
    if (input.requiresGrad && input.dtype !== 'float64') {
      throw new Error(
        `gradCheck: input ${i} is ${input.dtype}; differences need double precision: make it with { dtype: 'float64' }`,
      );
    }
  });
}

function copyOf(input: Tensor): Tensor {
  const copy = input.detach().add(0).keep();
  copy.requiresGrad = input.requiresGrad;
  return copy;
}

/** L(inputs) = Σ w·y over all outputs, with the same random w at each call. */
function weightedSum(fn: Checked, inputs: readonly Tensor[]): (...inputs: Tensor[]) => Tensor {
  const outputs = (own: readonly Tensor[]): Tensor[] => [fn(...own)].flat().filter((y) => y.dtype !== 'int32');
  const generator = new Generator(SEED);
  const weights = noGrad(() => outputs(inputs).map((y) => randn(y.shape, { dtype: 'float64', generator })));
  if (weights.length === 0)
    throw new Error('gradCheck: the function has no output with fractions, so nothing to check');
  return (...own) =>
    outputs(own)
      .map((y, i) => y.mul(weights[i]).sum())
      .reduce((total, part) => total.add(part));
}

function analyticGradients(
  loss: (...inputs: Tensor[]) => Tensor,
  own: readonly Tensor[],
  wanted: readonly Tensor[],
): Float64Array[] {
  const y = enableGrad(() => loss(...own));
  if (!y.requiresGrad) return wanted.map((input) => new Float64Array(input.size)); // says: nothing depends on anything
  const gradients = grad(y, wanted, { allowUnused: true });
  return gradients.map((g, i) => (g ? (g.dataSync() as Float64Array) : new Float64Array(wanted[i].size)));
}

function numericGradient(loss: () => Tensor, input: Tensor, epsilon: number): Float64Array {
  const gradient = new Float64Array(input.size);
  for (let i = 0; i < gradient.length; i++) {
    const original = contiguousElements(input)[i];
    const lossAt = (value: number): number => {
      contiguousElements(input)[i] = value;
      return loss().itemSync();
    };
    gradient[i] = (lossAt(original + epsilon) - lossAt(original - epsilon)) / (2 * epsilon);
    contiguousElements(input)[i] = original;
  }
  return gradient;
}

function describe(passed: boolean, checked: number, worst: Mismatch | null, inputs: readonly Tensor[]): string {
  if (!worst) return 'gradCheck: the inputs are empty, nothing was compared';
  const place = `element ${worst.element} of input ${worst.input} [${inputs[worst.input].shape.join(',')}]`;
  const digits = (x: number): number => Number(x.toPrecision(9));
  const numbers = `backward says ${digits(worst.analytic)}, differences say ${digits(worst.numeric)}`;
  return passed
    ? `gradCheck: ${checked} elements agree (furthest apart: ${place}: ${numbers})`
    : `gradCheck: wrong gradient at ${place}: ${numbers}`;
}
