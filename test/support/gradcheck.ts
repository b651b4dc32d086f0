/**
 * The matcher `expect(fn).toPassGradCheck(inputs)`: the gradients of fn agree with central differences. When they do
 * not, the message says where, by how much, and what such a difference usually comes from.
 */
import { expect } from 'vitest';
import { type GradCheckReport, gradCheck } from '../../core';

type Check = Parameters<typeof gradCheck>;

declare module 'vitest' {
  interface Matchers {
    toPassGradCheck(inputs: Check[1], options?: Check[2]): void;
  }
}

expect.extend({
  toPassGradCheck(fn: Check[0], inputs: Check[1], options?: Check[2]) {
    const report = gradCheck(fn, inputs, options);
    return { pass: report.passed, message: () => report.message + hint(report) };
  },
});

function hint({ passed, worst }: GradCheckReport): string {
  if (passed || !worst) return '';
  const reason = reasonFor(worst.analytic, worst.numeric);
  return reason ? `\n${reason}` : '';
}

function reasonFor(analytic: number, numeric: number): string | null {
  if (Number.isNaN(analytic)) return 'Backward makes a NaN here; detectAnomaly() names the operation.';
  if (analytic === 0)
    return 'No gradient arrives here: is a result detached, computed in noGrad, or a branch left out?';
  if (numeric === 0) return 'The value does not depend on this element at all: is the gradient at the wrong place?';
  const times = analytic / numeric;
  if (isNear(times, -1)) return 'It has the wrong sign.';
  if (isWhole(times)) return `It is ${Math.round(times)} times too large: counted twice, or a mean taken for a sum?`;
  if (isWhole(1 / times))
    return `It is ${Math.round(1 / times)} times too small: is a part left out, or a sum taken for a mean?`;
  return null;
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.abs(b);
const isWhole = (times: number): boolean => Math.round(times) > 1 && isNear(times, Math.round(times));
