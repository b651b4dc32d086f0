/** The table of a model's layers. */
import { expect, test } from 'vitest';
import { concat, nn, randn, type Tensor, zeros } from '../../core';

test('a dense layer from 2 to 10 has 30 parameters', () => {
  const { parameters, multiplyAdds, rows } = nn.summary(new nn.Linear(2, 10), [1, 2]);
  expect([parameters, multiplyAdds]).toEqual([30, 20]);
  expect(rows).toEqual([
    { name: '', kind: 'Linear', outputs: [[1, 10]], parameters: 30, trainable: 30, multiplyAdds: 20 },
  ]);
});

test('a convolutional network, part of it frozen', () => {
  const model = new nn.Sequential(
    new nn.Conv2d(3, 32, 3),
    new nn.BatchNorm2d(32),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Flatten(),
    new nn.Linear(7200, 10),
  );
  model.layers[0].freeze();
  const shown = String(nn.summary(model, [1, 3, 32, 32]));
  expect(shown).toBe(
    [
      'layer    kind         output        parameters  learning  multiply-adds',
      '(model)  Sequential   [1,10]',
      '0        Conv2d       [1,32,30,30]         896  no              777,600',
      '1        BatchNorm2d  [1,32,30,30]          64  yes',
      '2        ReLU         [1,32,30,30]',
      '3        MaxPool2d    [1,32,15,15]',
      '4        Flatten      [1,7200]',
      '5        Linear       [1,10]            72,010  yes              72,000',
      '',
      '72,970 parameters, 72,074 of them learning; 849,600 multiply-adds',
    ].join('\n'),
  );
});

test('several inputs, modules used twice and not at all; everything is as before afterwards', () => {
  class Twins extends nn.Module {
    readonly encoder = new nn.Linear(4, 3, { bias: false });
    readonly head = new nn.Sequential(new nn.Linear(6, 2), new nn.Dropout());
    readonly idle = new nn.Linear(1, 1);
    calls = 0;
    override forward(a: Tensor, b: Tensor): Tensor {
      this.calls++;
      return this.head.forward(concat([this.encoder.forward(a), this.encoder.forward(b)], 1));
    }
  }
  const model = new Twins();
  model.head.eval();
  const { rows, parameters } = nn.summary(model, [5, 4], randn([5, 4]));
  expect(rows.map(({ name, outputs, multiplyAdds }) => [name, outputs, multiplyAdds])).toEqual([
    ['', [[5, 2]], null],
    ['encoder', [[5, 3]], 2 * 5 * 12],
    ['head', [[5, 2]], null],
    ['head.0', [[5, 2]], 5 * 12],
    ['head.1', [[5, 2]], null],
    ['idle', [], null],
  ]);
  expect(parameters).toBe(12 + 14 + 2);
  expect([model.training, model.encoder.training, model.head.training]).toEqual([true, true, false]);
  model.forward(zeros([1, 4]), zeros([1, 4]));
  expect([model.calls, rows.length]).toEqual([2, 6]);
});

test('multiply-adds of other layers, worked by hand', () => {
  const count = (model: nn.Module, ...inputs: (number[] | Tensor)[]) => nn.summary(model, ...inputs).multiplyAdds;
  expect(count(new nn.Conv2d(8, 8, 3, { groups: 8, padding: 1 }), [1, 8, 5, 5])).toBe(8 * 25 * 9);
  expect(count(new nn.ConvTranspose2d(2, 3, 2, { stride: 2 }), [1, 2, 4, 4])).toBe(2 * 16 * 3 * 4);
  expect(count(new nn.LSTM(3, 5, { numLayers: 2 }), [2, 7, 3])).toBe(2 * 7 * (20 * 3 + 20 * 5 + 20 * 5 + 20 * 5));
  expect(count(new nn.MultiheadAttention(8, 2), [1, 6, 8])).toBe(4 * 6 * 64 + 2 * 6 * 6 * 8);
  expect(count(new nn.Embedding(9, 4), zeros([2, 3], { dtype: 'int32' }))).toBe(0);
});
