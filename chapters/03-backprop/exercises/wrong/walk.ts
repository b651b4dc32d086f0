import type { Value } from '../../engine';
import type * as Solution from '../solutions/walk';

type Answer = typeof Solution;

function historyOf(result: Value): Value[] {
  const found = new Set([result]);
  for (const value of found) for (const input of value.inputs) found.add(input);
  return [...found];
}

const latestFirst = (result: Value): Value[] => historyOf(result).sort((a, b) => b.order - a.order);

function passOn(values: Value[], receive: (input: Value, gradient: number) => void): void {
  for (const value of values) {
    for (const [i, input] of value.inputs.entries()) receive(input, value.slopes[i] * value.grad);
  }
}

const add = (input: Value, gradient: number): void => {
  input.grad += gradient;
};

export const overwrites: Answer = {
  walk(result) {
    result.grad = 1;
    passOn(latestFirst(result), (input, gradient) => {
      input.grad = gradient;
    });
  },
};

export const neverStarts: Answer = { walk: (result) => passOn(latestFirst(result), add) };

/** Passes on as soon as a value is found, when half of its gradient may still be on the way. */
export const inTheOrderOfDiscovery: Answer = {
  walk(result) {
    result.grad = 1;
    passOn(historyOf(result), add);
  },
};

/** Follows every path by itself: right, but 2⁴⁰ paths are too many. Counted here instead of waited for. */
export const everyPathByItself: Answer = {
  walk(result) {
    let visits = 0;
    const follow = (value: Value, gradient: number): void => {
      if (visits++ > 1e5) throw new Error('still walking');
      value.grad += gradient;
      for (const [i, input] of value.inputs.entries()) follow(input, gradient * value.slopes[i]);
    };
    follow(result, 1);
  },
};

/** The textbook's recursive order: the call stack is shorter than the chain. */
export const recursively: Answer = {
  walk(result) {
    const order: Value[] = [];
    const seen = new Set<Value>();
    const visit = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      value.inputs.forEach(visit);
      order.unshift(value);
    };
    visit(result);
    result.grad = 1;
    passOn(order, add);
  },
};
