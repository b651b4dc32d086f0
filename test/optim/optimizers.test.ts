/** Optimisers: seven updates of each against PyTorch's, and their state saved and restored. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memory, optim, type Tensor, tensor } from '../../core';
import { collect } from '../../core/memory/lifetimes';
import { readNamedLines } from '../support/named-lines';

type AnyOptimizer = optim.Optimizer<{ lr: number }>;
type Maker = new (parameters: object, settings: object) => AnyOptimizer;

const { start, optimizers } = readNamedLines<{
  start: number[][];
  optimizers: { kind: string; settings: Record<string, unknown>; values: number[][] }[];
}>(join(__dirname, 'reference.jsonl'));

const makers = optim as unknown as Record<string, Maker>;
const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const title = (settings: object): string => JSON.stringify(settings).replaceAll('"', '');

class Run {
  readonly parameters = start.map((values) => tensor(values, { dtype: 'float64', requiresGrad: true }));
  readonly optimizer: AnyOptimizer;

  constructor({ kind, settings }: (typeof optimizers)[number]) {
    const [w, b] = this.parameters;
    const named = Object.fromEntries(Object.entries(settings).map(([name, value]) => [camelCase(name), value]));
    this.optimizer = new makers[kind]([{ params: [w] }, { params: [b], lr: 0.03 }], named);
  }

  /** As test/optim/reference.py: the second parameter is not learned at the third update. */
  update(step: number): number[] {
    const [w, b] = this.parameters;
    this.optimizer.zeroGrad();
    const loss = w.sin().mul(w).sum();
    (step === 2 ? loss : loss.add(b.pow(4).add(b.mul(w.sum())).sum())).backward();
    this.optimizer.step();
    return this.parameters.flatMap((parameter) => [...parameter.dataSync()]);
  }
}

describe.each(optimizers)('$kind', (row) => {
  test(`${title(row.settings)}: seven updates as PyTorch's`, () => {
    const run = new Run(row);
    row.values.forEach((expected, step) => {
      run.update(step).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 11);
      });
    });
  });

  test(`${title(row.settings)}: a run taken up again goes on to the last bit`, () => {
    const first = new Run(row);
    for (let step = 0; step < 4; step++) first.update(step);
    const second = new Run(row);
    second.parameters.forEach((parameter, i) => {
      parameter.become(first.parameters[i].detach().clone());
    });
    second.optimizer.paramGroups[0].lr = 77; // the state brings the rate along
    second.optimizer.loadStateDict(first.optimizer.stateDict());
    for (let step = 4; step < 7; step++) expect(second.update(step)).toEqual(first.update(step));
  });
});

describe('the state', () => {
  const learned = (...shape: number[]): Tensor =>
    tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), { shape, requiresGrad: true });

  const stepped = (...parameters: Tensor[]): optim.Adam => {
    const adam = new optim.Adam(parameters);
    for (const parameter of parameters) parameter.sum().backward();
    adam.step();
    return adam;
  };

  test('is made of plain records of numbers and tensors, parameter by parameter', () => {
    const { groups, parameters } = stepped(learned(2, 3)).stateDict();
    expect(groups).toEqual([{ lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0 }]);
    expect(Object.keys(parameters[0])).toEqual(['step', 'mean', 'square']);
    expect(parameters[0].step).toBe(1);
    expect((parameters[0].mean as Tensor).shape).toEqual([2, 3]);
  });

  test('that does not fit is refused, and nothing changes', () => {
    const adam = stepped(learned(2, 3));
    const refuse = (other: AnyOptimizer, message: string) =>
      expect(() => adam.loadStateDict(other.stateDict())).toThrow(`Adam.loadStateDict: ${message}`);
    refuse(stepped(learned(3, 2)), 'mean of parameter 0 has shape [3,2], the parameter [2,3]');
    refuse(stepped(learned(2, 3), learned(1)), 'the state has 2 parameters, the optimiser 1');
    refuse(
      new optim.Adam([{ params: [learned(1)] }, { params: [learned(1)] }]),
      'the state has 2 groups of parameters, the optimiser 1',
    );
    refuse(
      new optim.Adagrad([learned(2, 3)]),
      'group 0 of the state has the settings eps, initialAccumulatorValue, lr, lrDecay, weightDecay, ' +
        'the optimiser betas, eps, lr, weightDecay',
    );
    expect(adam.stateDict().parameters[0].step).toBe(1);
  });

  test('is held while the optimiser lives, and given back when it is replaced', () => {
    const weight = learned(128, 128); // 64 KiB
    const adam = stepped(weight);
    weight.grad = null;
    const state = adam.stateDict();
    collect();
    const before = memory().cpu.bytes;
    for (let i = 0; i < 50; i++) adam.loadStateDict(state);
    collect();
    expect(memory().cpu.bytes - before).toBeLessThan(4 * 65536);
  });
});

describe('what is refused', () => {
  const parameter = tensor([1], { requiresGrad: true });

  test.each<[string, () => unknown, string]>([
    ['no parameters', () => new optim.SGD([]), 'SGD: there are no parameters to learn'],
    [
      'a parameter twice',
      () => new optim.SGD([parameter, parameter]),
      'SGD: a parameter of shape [1] is named twice; name it once',
    ],
    ['a negative rate', () => new optim.AdamW([parameter], { lr: -1 }), 'AdamW: lr is a number from 0 up, not -1'],
    [
      'a negative decay in a group',
      () => new optim.Adagrad([{ params: [parameter], weightDecay: -0.1 }]),
      'Adagrad: weightDecay is a number from 0 up, not -0.1',
    ],
    ['a beta of 1', () => new optim.AdamW([parameter], { betas: [0.9, 1] }), 'AdamW: betas lie in [0, 1), not 1'],
    [
      'Nesterov without momentum',
      () => new optim.SGD([parameter], { nesterov: true }),
      'SGD: nesterov needs a momentum above 0 and no dampening',
    ],
  ])('%s', (_, make, message) => expect(make).toThrow(message));
});
