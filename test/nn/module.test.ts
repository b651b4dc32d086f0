/** What every module can do: names, state, modes, freezing, hooks. */
import { expect, test } from 'vitest';
import { crossEntropy, nn, ones, optim, randn, type Tensor, tensor, zeros } from '../../core';

class Net extends nn.Module {
  readonly convFirst = new nn.Conv2d(1, 2, 3);
  readonly norm = new nn.BatchNorm2d(2);
  readonly blocks = [new nn.Linear(8, 3, { bias: false }), new nn.Sequential(new nn.Linear(3, 3))];
  override forward(x: Tensor): Tensor {
    const y = this.norm.forward(this.convFirst.forward(x)).relu();
    return this.blocks.reduce((signal, block) => block.forward(signal), y.flatten(1));
  }
}

test('parameters and buffers are found and named, however deep', () => {
  const net = new Net();
  expect(net.namedParameters().map(([name]) => name)).toEqual([
    'conv_first.weight',
    'conv_first.bias',
    'norm.weight',
    'norm.bias',
    'blocks.0.weight',
    'blocks.1.0.weight',
    'blocks.1.0.bias',
  ]);
  expect(net.namedBuffers().map(([name]) => name)).toEqual([
    'norm.running_mean',
    'norm.running_var',
    'norm.num_batches_tracked',
  ]);
  expect(net.namedModules().map(([name]) => name)).toEqual([
    '',
    'conv_first',
    'norm',
    'blocks.0',
    'blocks.1',
    'blocks.1.0',
  ]);
  expect(net.parameterCount()).toBe(18 + 2 + 2 + 2 + 24 + 9 + 3);
});

test('a shared parameter has both its names, and is learned once', () => {
  class Tied extends nn.Module {
    readonly embedding = new nn.Embedding(5, 3);
    readonly output = new nn.Linear(3, 5, { bias: false });
    constructor() {
      super();
      Object.assign(this.output, { weight: this.embedding.weight });
    }
    override forward(x: Tensor): Tensor {
      return this.output.forward(this.embedding.forward(x));
    }
  }
  const tied = new Tied();
  expect(tied.namedParameters().map(([name]) => name)).toEqual(['embedding.weight', 'output.weight']);
  expect(tied.parameters()).toHaveLength(1);
  expect(() => new optim.SGD(tied.parameters())).not.toThrow();
});

test('a state of another model: everything that does not fit, in one error, and nothing changes', () => {
  const net = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU(), new nn.Linear(3, 1));
  const before = net.parameters().map((parameter) => [...parameter.dataSync()]);
  const state = { '0.weight': ones([3, 2]), '0.bias': ones([4]), '2.weight': ones([1, 3]), '3.weight': ones([1]) };
  expect(() => net.loadStateDict(state)).toThrow(
    "loadStateDict: 3.weight is not in the model; 0.bias has shape [4], the model's [3]; 2.bias is missing",
  );
  expect(net.parameters().map((parameter) => [...parameter.dataSync()])).toEqual(before);
  net.loadStateDict({ '2.weight': zeros([1, 3]) }, { strict: false });
  expect([...net.parameters()[2].dataSync()]).toEqual([0, 0, 0]);
});

test('a state goes from one model to another, buffers included', () => {
  const [a, b] = [new Net(), new Net()];
  for (let i = 0; i < 3; i++) a.forward(randn([4, 1, 4, 4]));
  b.loadStateDict(a.stateDict());
  const x = randn([2, 1, 4, 4]);
  expect(b.eval().forward(x).dataSync()).toEqual(a.eval().forward(x).dataSync());
  expect(b.norm.numBatchesTracked.itemSync()).toBe(3);
});

test('frozen parts stay as they are, the rest learns', () => {
  const net = new nn.Sequential(new nn.Linear(2, 4), new nn.Tanh(), new nn.Linear(4, 2));
  net.layers[0].freeze();
  expect([net.parameterCount(), net.parameterCount({ trainableOnly: true })]).toEqual([22, 10]);
  const optimizer = new optim.Adam(net.parameters(), { lr: 0.1, weightDecay: 0.1 });
  const before = net.parameters().map((parameter) => [...parameter.dataSync()]);
  crossEntropy(net.forward(randn([8, 2])), tensor([0, 1, 0, 1, 0, 1, 0, 1]).to('int32')).backward();
  optimizer.step();
  const changed = net.parameters().map((parameter, i) => String([...parameter.dataSync()]) !== String(before[i]));
  expect(changed).toEqual([false, false, true, true]);
  net.unfreeze();
  expect(net.parameterCount({ trainableOnly: true })).toBe(22);
});

test('a frozen part stays in evaluation mode, whatever the model around it does', () => {
  const net = new Net();
  net.norm.freeze();
  const before = net.norm.runningMean.dataSync().slice();
  const learn = () => void net.train().forward(randn([4, 1, 4, 4]));
  learn();
  expect([net.training, net.norm.training, net.convFirst.training]).toEqual([true, false, true]);
  expect([net.norm.runningMean.dataSync(), net.norm.numBatchesTracked.itemSync()]).toEqual([before, 0]);

  nn.summary(net, [1, 1, 4, 4]); // goes through evaluation mode and back
  net.norm.unfreeze();
  expect(net.norm.training).toBe(true); // as the model has said meanwhile
  learn();
  expect(net.norm.numBatchesTracked.itemSync()).toBe(1);

  net.eval().norm.freeze().unfreeze();
  expect(net.norm.training).toBe(false);
});

test('train() and eval() reach every module below', () => {
  const net = new Net().eval();
  expect(net.modules().map(({ training }) => training)).toEqual(Array(6).fill(false));
  net.train();
  expect(net.modules().every(({ training }) => training)).toBe(true);
});

test('to() converts what is floating, and nothing else', () => {
  const net = new Net().to('float64');
  expect(new Set(net.parameters().map(({ dtype }) => dtype))).toEqual(new Set(['float64']));
  expect(net.buffers().map(({ dtype }) => dtype)).toEqual(['float64', 'float64', 'int32']);
  expect(net.forward(randn([2, 1, 4, 4], { dtype: 'float64' })).dtype).toBe('float64');
});

test('a hook sees what went in and came out, until it is removed', () => {
  const layer = new nn.Linear(2, 3);
  const seen: unknown[] = [];
  const remove = layer.registerForwardHook((module, inputs, output) => seen.push(module, inputs, output));
  const x = ones([1, 2]);
  const y = layer.forward(x);
  remove();
  layer.forward(x);
  expect(seen).toEqual([layer, [x], y]);
});
