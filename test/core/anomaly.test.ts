/**
 * Anomaly mode: it names the first operation that makes a NaN or an infinity, and the line that called it.
 */
import { describe, expect, test } from 'vitest';
import { customOperation, detectAnomaly, type Tensor, tensor } from '../../core';

const leaf = (values: number[]): Tensor => tensor(values, { dtype: 'float64', requiresGrad: true });

function complaint(fn: () => unknown): string {
  try {
    detectAnomaly(fn);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}

describe('anomaly mode', () => {
  test('names the first operation of the forward that goes wrong', () => {
    const message = complaint(() => leaf([1, 0, -1]).mul(2).log().exp().sum());
    expect(message).toMatch(
      /^anomaly: forward of 'log' made an infinity at element 1 of shape \[3\] \(.*anomaly\.test\.ts:\d+:\d+\)+$/,
    );
  });

  test('tells a NaN from an infinity', () => {
    expect(complaint(() => tensor([4, -4]).sqrt())).toContain("forward of 'sqrt' made a NaN at element 1 of shape [2]");
    expect(complaint(() => tensor([1, 2]).div(0))).toContain(
      "forward of 'div' made an infinity at element 0 of shape [2]",
    );
  });

  test('names the operation whose backward goes wrong, and the line of its forward', () => {
    const message = complaint(() => leaf([4, 0]).sqrt().sum().backward());
    expect(message).toContain(
      "backward of 'sqrt' made an infinity at element 1 of shape [2] in the gradient of its input 0",
    );
    expect(message).toMatch(/ \(.*anomaly\.test\.ts:\d+:\d+\)+$/);
  });

  test('names the input', () => {
    const second = customOperation('second', {
      forward: (a, b) => a.add(b),
      backward: () => ({ gradients: [(g) => g, (g) => g.mul(0).log().mul(0)] }),
    });
    const message = complaint(() =>
      second(leaf([1]), leaf([2]))
        .sum()
        .backward(),
    );
    expect(message).toContain(
      "backward of 'second' made a NaN at element 0 of shape [1] in the gradient of its input 1 ",
    );
  });

  test('says nothing while all is well, and returns what the function returns', () => {
    const x = leaf([1, 2]);
    const y = detectAnomaly(() => {
      const loss = x.mul(x).sum();
      loss.backward();
      return loss;
    });
    expect(y.itemSync()).toBe(5);
    expect(x.grad?.arraySync()).toEqual([2, 4]);
  });

  test('is over afterwards, also after an error', () => {
    complaint(() => tensor([-1]).sqrt());
    expect(tensor([-1]).sqrt().itemSync()).toBeNaN();
  });

  test('leaves whole numbers and questions alone', () => {
    expect(detectAnomaly(() => tensor([1, 2], { dtype: 'int32' }).add(1).gt(2)).arraySync()).toEqual([0, 1]);
  });
});
