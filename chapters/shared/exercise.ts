/**
 * Exercises: the reader replaces `notYet` by an answer, checks judge it. A check receives the answer as an
 * argument, so that the same check can be tried on the reader's file, on the solution, and on wrong answers that it
 * must refuse.
 */
import { inspect, isDeepStrictEqual } from 'node:util';
import { gradCheck } from '../../core';

class NotYet extends Error {}

/** Stands where the reader's code will stand: `return notYet('the slope of tanh at x')`. */
export function notYet(what: string): never {
  throw new NotYet(`still to be written: ${what}`);
}

export interface Exercise<Answer> {
  title: string;
  /** From a nudge to nearly the answer; the reader asks for them one at a time. */
  hints: string[];
  /** Each throws an Error that tells the reader what is wrong. */
  checks: Record<string, (answer: Answer) => void | Promise<void>>;
}

/** Gives the checks their types. */
export const exercise = <Answer>(parts: Exercise<Answer>): Exercise<Answer> => parts;

export interface Verdict {
  check: string;
  state: 'passed' | 'open' | 'failed';
  error?: Error;
}

export async function judge<Answer>({ checks }: Exercise<Answer>, answer: Answer): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [check, run] of Object.entries(checks)) {
    try {
      await run(answer);
      verdicts.push({ check, state: 'passed' });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      verdicts.push({ check, state: error instanceof NotYet ? 'open' : 'failed', error });
    }
  }
  return verdicts;
}

type Numbers = number | ArrayLike<number> | Numbers[];

/** Numbers, or lists of them, equal up to rounding: |actual − expected| ≤ tolerance · max(1, |expected|). */
export function expectClose(actual: Numbers, expected: Numbers, what: string, tolerance = 1e-6): void {
  if (typeof expected === 'number') {
    const close =
      typeof actual === 'number' && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
    if (!close) throw new Error(`${what} is ${show(actual)}, expected ${show(expected)}`);
    return;
  }
  const length = (actual as ArrayLike<unknown> | undefined)?.length;
  if (length !== expected.length)
    throw new Error(`${what} is ${show(actual)}, expected ${expected.length} values: ${show(expected)}`);
  for (let i = 0; i < expected.length; i++)
    expectClose((actual as number[])[i], expected[i], `${what}[${i}]`, tolerance);
}

export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`${what} is ${show(actual)}, expected ${show(expected)}`);
}

/** A gradient written by the reader agrees with central differences; inputs and options are those of gradCheck. */
export function expectGradCheck(...check: Parameters<typeof gradCheck>): void {
  const { passed, message } = gradCheck(...check);
  if (!passed) throw new Error(message);
}

/** The slope of f at x by central differences. */
export const slope = (f: (x: number) => number, x: number, h = 1e-5): number => (f(x + h) - f(x - h)) / (2 * h);

const show = (value: unknown): string =>
  typeof value === 'number' && !Number.isInteger(value)
    ? String(Number(value.toPrecision(10)))
    : inspect(value, { breakLength: Infinity, maxArrayLength: 12 });
