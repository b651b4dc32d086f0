/** The functional graph: the same numbers as a class written by hand, whatever its form; and what it refuses. */
import { expect, test } from 'vitest';
import { concat, manualSeed, nn, optim, rand, randn, type Tensor, tensor, zeros } from '../../core';
import { defaultGenerator } from '../../core/tensor/random';

/** Two inputs, a layer used twice, a branch past the middle, two outputs. */
class ByHand extends nn.Module {
  readonly look = new nn.Linear(4, 3);
  readonly norm = new nn.BatchNorm1d(6);
  readonly kind = new nn.Linear(6, 2);
  readonly size = new nn.Linear(9, 1, { bias: false });
  override forward(a: Tensor, b: Tensor): Tensor[] {
    const [left, right] = [this.look.forward(a), this.look.forward(b).tanh()];
    const both = this.norm.forward(concat([left, right], 1));
    return [this.kind.forward(both), this.size.forward(concat([both, right], 1))];
  }
}

function asGraph({ look, norm, kind, size }: ByHand) {
  const [a, b] = [nn.input([4]), nn.input([4])];
  const left = nn.apply(look, a);
  const right = nn.apply((x) => x.tanh(), nn.apply(look, b));
  const both = nn.apply(norm, nn.apply(besideEachOther, left, right));
  const kinds = nn.apply(kind, both);
  const sizes = nn.apply(size, nn.apply(besideEachOther, both, right));
  return { model: nn.model([a, b], [kinds, sizes]), a, b, left, both, kinds, sizes };
}

const besideEachOther = (a: Tensor, b: Tensor) => concat([a, b], 1);
const valuesOf = (tensors: Tensor[]) => tensors.map((t) => [...t.dataSync()]);

test('computes and learns as the class does, to the bit', () => {
  const hand = new ByHand();
  const other = new ByHand();
  other.loadStateDict(hand.stateDict());
  const { model } = asGraph(other);
  const train = (net: nn.Module & { forward(...inputs: Tensor[]): Tensor[] }) => {
    manualSeed(2);
    const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });
    for (let step = 0; step < 4; step++) {
      const [kinds, sizes] = net.forward(randn([8, 4]), randn([8, 4]));
      optimizer.zeroGrad();
      kinds.mul(kinds).mean().add(sizes.abs().mean()).backward();
      optimizer.step();
    }
    return [...valuesOf(net.parameters()), ...valuesOf(net.eval().forward(randn([3, 4]), randn([3, 4])))];
  };
  expect(train(model)).toEqual(train(hand));
});

test('layers are there once, numbered as they were applied; modes, dtype and summary reach them', async () => {
  const { model } = asGraph(new ByHand());
  expect(model.namedParameters().map(([name]) => name)).toEqual([
    '0.weight',
    '0.bias',
    '1.weight',
    '1.bias',
    '2.weight',
    '2.bias',
    '3.weight',
  ]);
  expect(model.namedBuffers()[0][0]).toBe('1.running_mean');
  expect(model.eval().layers.map(({ training }) => training)).toEqual([false, false, false, false]);
  const [kinds] = model.to('float64').forward(zeros([2, 4], { dtype: 'float64' }), zeros([2, 4], { dtype: 'float64' }));
  expect(kinds.dtype).toBe('float64');
  expect((await model.to('cpu')).parameterCount()).toBe(15 + 12 + 14 + 9);
  expect(String(nn.summary(asGraph(new ByHand()).model, [5, 4], [5, 4]))).toBe(
    [
      'layer    kind         output       parameters  learning  multiply-adds',
      '(model)  GraphModel   [5,2] [5,1]',
      '0        Linear       [5,3]                15  yes                 120',
      '1        BatchNorm1d  [5,6]                12  yes',
      '2        Linear       [5,2]                14  yes                  60',
      '3        Linear       [5,1]                 9  yes                  45',
      '',
      '50 parameters, all learning; 225 multiply-adds',
    ].join('\n'),
  );
});

test('shapes are known at once, and nothing has happened to layers and random numbers', () => {
  const hand = new ByHand();
  const dropout = new nn.Dropout(0.5);
  const place = defaultGenerator.state;
  const { left, kinds, sizes } = asGraph(hand);
  expect([left, kinds, sizes, nn.apply(dropout, left)].map(({ shape }) => shape)).toEqual([
    [1, 3],
    [1, 2],
    [1, 1],
    [1, 3],
  ]);
  expect([hand.norm.numBatchesTracked.itemSync(), hand.norm.training, dropout.training]).toEqual([0, true, true]);
  expect(defaultGenerator.state).toEqual(place);
});

test('layers with several outputs, of whatever form; inputs of words', () => {
  const words = nn.input([7], { dtype: 'int32' });
  const embedding = new nn.Embedding(10, 4);
  const lstm = new nn.LSTM(4, 5);
  const attention = new nn.MultiheadAttention(5, 1);
  const [steps, [last]] = nn.apply(lstm, nn.apply(embedding, words));
  const [attended, weights] = nn.apply(attention, steps);
  const model = nn.model(words, [attended, last]);
  expect([steps.shape, last.shape, weights]).toEqual([[1, 7, 5], [1, 1, 5], null]);
  const index = tensor([
    [1, 2, 3, 4, 5, 6, 7],
    [9, 8, 7, 6, 5, 4, 3],
  ]).to('int32');
  const [output, [h]] = lstm.forward(embedding.forward(index));
  expect(valuesOf(model.forward(index))).toEqual(valuesOf([attention.forward(output)[0], h]));
});

test('a part of a graph is a model too, and a model a layer of another', () => {
  const { a, left, both, kinds, model, b } = asGraph(new ByHand());
  const x = rand([2, 4]);
  const front = nn.model(a, left);
  expect(front.forward(x).shape).toEqual([2, 3]);
  expect(front.layers).toEqual([model.layers[0]]);
  expect(nn.model(both, kinds).layers).toEqual([model.layers[2]]);
  const stack = new nn.Sequential(front, new nn.Linear(3, 1));
  expect(stack.namedParameters().map(([name]) => name)).toEqual(['0.0.weight', '0.0.bias', '1.weight', '1.bias']);
  const [again] = nn.apply(model, a, b);
  const whole = nn.model([b, a], again);
  model.eval();
  expect(valuesOf([whole.forward(x, x)])).toEqual(valuesOf([model.forward(x, x)[0]]));
});

test('what a model lacks or does not need is told in one line', () => {
  const { a, b, left, kinds } = asGraph(new ByHand());
  const idle = nn.input([28, 28]);
  expect(() => nn.model([a, idle], kinds)).toThrow(
    'model: an output needs the input of shape [4], which is not given; no output needs input 1 of shape [28,28]',
  );
  expect(() => nn.model([a, b], left)).toThrow('model: no output needs input 1 of shape [4]');
  expect(() => nn.model([a, b, a], kinds)).toThrow('model: an input is given twice');
  expect(() => nn.model(a, [])).toThrow('there is no output');
  expect(() => nn.model(a, left).forward(zeros([1, 4]), zeros([1, 4]))).toThrow(
    'model: forward takes 1 tensors, not 2',
  );
});

test('a layer that does not fit, and a function that is none, are told where they are applied', () => {
  const x = nn.input([4]);
  expect(() => nn.apply(new nn.Linear(5, 2), x)).toThrow('5');
  const hidden = new nn.Linear(4, 4);
  expect(() => nn.apply((t) => hidden.forward(t), x)).toThrow('has parameters in it, which no model would find');
  expect(() => nn.apply((t: Tensor) => void t.neg(), x)).toThrow('returns a tensor or a list of them, not undefined');
});
