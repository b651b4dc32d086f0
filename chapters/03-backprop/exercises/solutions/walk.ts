import type { Value } from '../../engine';

export function walk(result: Value): void {
  const found = new Set([result]);
  for (const value of found) for (const input of value.inputs) found.add(input);
  const latestFirst = [...found].sort((a, b) => b.order - a.order);

  result.grad = 1;
  for (const { grad, inputs, slopes } of latestFirst) {
    inputs.forEach((input, i) => {
      input.grad += slopes[i] * grad;
    });
  }
}
