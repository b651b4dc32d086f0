/** What layers do beyond PyTorch's values: dropout, padding, caches, positions, lists, and what they refuse. */
import { beforeEach, describe, expect, test } from 'vitest';
import { concat, manualSeed, nn, noGrad, ones, randint, randn, type Tensor, tensor, zeros } from '../../core';

beforeEach(() => {
  manualSeed(0);
});

const values = (t: Tensor): number[] => [...t.dataSync()];

function expectSame(a: Tensor, b: Tensor, digits = 6): void {
  expect(a.shape).toEqual(b.shape);
  values(a).forEach((value, i) => {
    expect(value).toBeCloseTo(b.dataSync()[i], digits);
  });
}

describe('dropout', () => {
  test('drops its share while learning, scales the rest, and does nothing after eval()', () => {
    const layer = new nn.Dropout(0.3);
    const x = ones([100, 100]);
    const kept = values(layer.forward(x)).filter((value) => value !== 0);
    expect(Math.abs(kept.length / 10_000 - 0.7)).toBeLessThan(0.02);
    for (const value of kept) expect(value).toBeCloseTo(1 / 0.7, 5);
    expect(layer.eval().forward(x)).toBe(x);
  });

  test.each(['RNN', 'LSTM', 'GRU'] as const)(
    'of an %s: between storeys, and of states, only while learning',
    (kind) => {
      const x = randn([2, 5, 3]);
      const options = { numLayers: 2 };
      const plain = new nn[kind](3, 4, options);
      for (const drop of [{ dropout: 0.5 }, { recurrentDropout: 0.5 }]) {
        const layer = new nn[kind](3, 4, { ...options, ...drop });
        layer.loadStateDict(plain.stateDict());
        const run = () => values(layer.forward(x)[0]);
        expect(run()).not.toEqual(run());
        layer.eval();
        expect(run()).toEqual(values(plain.forward(x)[0]));
      }
    },
  );

  test('of states is drawn once for a sequence', () => {
    const rnn = new nn.RNN(1, 64, { recurrentDropout: 0.5, nonlinearity: 'relu', bias: false });
    const identity = tensor(
      Array.from({ length: 64 }, (_, i) => Array.from({ length: 64 }, (_, j) => Number(i === j))),
    );
    rnn.loadStateDict({ weight_ih_l0: ones([64, 1]), weight_hh_l0: identity });
    const last = values(rnn.forward(ones([1, 4, 1]))[1]); // 1 where dropped each time, 1 + 2 + 4 + 8 where never
    expect([...new Set(last)].sort()).toEqual([1, 15]);
  });

  test('of attention changes the outputs, not the proportions that are returned', () => {
    const attention = new nn.MultiheadAttention(8, 2, { dropout: 0.5 });
    const x = randn([2, 6, 8]);
    const [first, second] = [0, 1].map(() => attention.forward(x, x, x, { needWeights: true }));
    expect(values(first[0])).not.toEqual(values(second[0]));
    expect(values(first[1] as Tensor)).toEqual(values(second[1] as Tensor));
    expectSame(attention.eval().forward(x)[0], attention.forward(x, x, x, { needWeights: true })[0]);
  });
});

describe('padding', () => {
  test.each(['RNN', 'LSTM', 'GRU'] as const)('in front of or behind a sequence leaves the %s’s last state', (kind) => {
    const layer = new nn[kind](3, 4, { numLayers: 2, bidirectional: true });
    const x = randn([1, 4, 3]);
    const rubbish = randn([1, 2, 3]);
    const lastOf = (sequence: Tensor, mask: number[]): Tensor => {
      const [, state] = layer.forward(sequence, null, { mask: tensor([mask]).to('int32') });
      return Array.isArray(state) ? concat(state) : (state as Tensor);
    };
    const alone = lastOf(x, [1, 1, 1, 1]);
    expectSame(lastOf(concat([x, rubbish], 1), [1, 1, 1, 1, 0, 0]), alone);
    expectSame(lastOf(concat([rubbish, x], 1), [0, 0, 1, 1, 1, 1]), alone);
  });

  test('in an encoder changes nothing for the other words', () => {
    const encoder = new nn.TransformerEncoder(
      () => new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 8 }),
      2,
    ).eval();
    const x = randn([1, 4, 8]);
    const padded = concat([x, randn([1, 3, 8])], 1);
    const mask = tensor([[[1, 1, 1, 1, 0, 0, 0]]]).to('int32'); // [N, 1, T]
    expectSame(encoder.forward(padded, { mask }).narrow(1, 0, 4), encoder.forward(x));
  });

  test('of an embedding is 0 and learns nothing', () => {
    const embedding = new nn.Embedding(5, 3, { paddingIdx: -5 });
    const y = embedding.forward(tensor([[0, 2]]).to('int32'));
    expect(values(y).slice(0, 3)).toEqual([0, 0, 0]);
    y.sum().backward();
    const gradient = embedding.weight.grad as Tensor;
    expect(values(gradient.sum(1))).toEqual([0, 0, 3, 0, 0]);
  });
});

describe('a state goes in and out', () => {
  test.each(['RNN', 'LSTM', 'GRU'] as const)('%s: two halves are the whole', (kind) => {
    const layer = new nn[kind](3, 4, { numLayers: 2 }) as unknown as {
      forward(x: Tensor, state?: unknown): [Tensor, unknown];
    };
    const x = randn([2, 6, 3]);
    const [whole] = layer.forward(x);
    const [first, state] = layer.forward(x.narrow(1, 0, 3));
    const [second] = layer.forward(x.narrow(1, 3, 3), state);
    expectSame(concat([first, second], 1), whole);
  });
});

describe('a key-value cache', () => {
  const wordByWord = (x: Tensor, step: (word: Tensor, t: number) => Tensor): Tensor =>
    noGrad(() =>
      concat(
        Array.from({ length: x.shape[1] }, (_, t) => step(x.narrow(1, t, 1), t)),
        1,
      ),
    );

  test('gives word by word what the causal whole gives', () => {
    const make = () => new nn.TransformerEncoderLayer(16, 2, { dimFeedforward: 32, normFirst: true });
    const encoder = new nn.TransformerEncoder(make, 3, new nn.LayerNorm(16)).eval();
    const positions = new nn.SinusoidalPositions(16);
    const x = randn([2, 9, 16]);
    const whole = encoder.forward(positions.forward(x), { causal: true });
    const caches = encoder.layers.map(() => new nn.KeyValueCache());
    const parts = wordByWord(x, (word, t) => {
      expect(caches[0].length).toBe(t);
      return encoder.forward(positions.forward(word, { start: t }), { causal: true, caches });
    });
    expectSame(parts, whole, 5);
    caches[0].clear();
    expect(caches[0].length).toBe(0);
  });

  test('serves a decoder, and several words at a time', () => {
    const make = () => new nn.TransformerDecoderLayer(8, 2, { dimFeedforward: 8 });
    const decoder = new nn.TransformerDecoder(make, 2).eval();
    const [x, memory] = [randn([2, 6, 8]), randn([2, 4, 8])];
    const memoryMask = tensor([[[1, 1, 1, 0]], [[1, 1, 1, 1]]]).to('int32');
    const whole = decoder.forward(x, memory, { causal: true, memoryMask });
    const caches = decoder.layers.map(() => new nn.KeyValueCache());
    const parts = noGrad(() =>
      [0, 2, 4].map((t) => decoder.forward(x.narrow(1, t, 2), memory, { causal: true, memoryMask, caches })),
    );
    expectSame(concat(parts, 1), whole, 5);
  });

  test('is needed for each layer', () => {
    const encoder = new nn.TransformerEncoder(() => new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 8 }), 2);
    expect(() => encoder.forward(zeros([1, 1, 8]), { caches: [new nn.KeyValueCache()] })).toThrow(
      'TransformerEncoder: 2 layers need as many caches, not 1',
    );
  });
});

describe('attention', () => {
  test('heads may be wider than their share', () => {
    const attention = new nn.MultiheadAttention(6, 2, { headDim: 6 });
    expect(attention.inProjWeight.shape).toEqual([36, 6]);
    expect(attention.forward(randn([2, 3, 6]))[0].shape).toEqual([2, 3, 6]);
  });

  test('the proportions of each query sum to 1, whatever the mask', () => {
    const attention = new nn.MultiheadAttention(8, 4);
    const x = randn([2, 5, 8]);
    const mask = randint(0, 2, [2, 5, 5]).maximum(tensor([1, 0, 0, 0, 0]).to('int32'));
    const [, weights] = attention.forward(x, x, x, { mask, causal: true, needWeights: true });
    expect(weights?.shape).toEqual([2, 4, 5, 5]);
    for (const sum of values((weights as Tensor).sum(-1))) expect(sum).toBeCloseTo(1, 6);
  });
});

describe('positions', () => {
  test('are the waves of the paper', () => {
    const table = new nn.SinusoidalPositions(6).forward(zeros([1, 40, 6])).squeeze(0);
    for (const t of [0, 1, 17, 39]) {
      for (let i = 0; i < 3; i++) {
        const angle = t / 10000 ** ((2 * i) / 6);
        expect(table.slice(t, 2 * i).itemSync()).toBeCloseTo(Math.sin(angle), 6);
        expect(table.slice(t, 2 * i + 1).itemSync()).toBeCloseTo(Math.cos(angle), 6);
      }
    }
  });

  test('survive the noGrad block in which they were first needed', () => {
    const positions = new nn.SinusoidalPositions(64);
    const x = zeros([1, 100, 64]);
    const first = noGrad(() => positions.forward(x));
    expectSame(positions.forward(x), first);
  });

  test('that are learned begin where they are told to, and end', () => {
    const positions = new nn.LearnedPositions(5, 2);
    expectSame(positions.forward(zeros([1, 2, 2]), { start: 3 }).squeeze(0), positions.weight.narrow(0, 3, 2));
    expect(() => positions.forward(zeros([1, 4, 2]), { start: 2 })).toThrow(
      'LearnedPositions: positions 2 to 5 are asked for, 5 are learned; cut the sequence, or make maxLength larger',
    );
  });
});

describe('a list of modules', () => {
  class Net extends nn.Module {
    readonly steps = new nn.ModuleList([new nn.Linear(2, 2)]).append(new nn.Linear(2, 2));
    override forward(x: Tensor): Tensor {
      return [...this.steps].reduce((y, step) => step.forward(y), x);
    }
  }

  test('names what is in it by number', () => {
    const net = new Net();
    expect(net.namedParameters().map(([name]) => name)).toEqual([
      'steps.0.weight',
      'steps.0.bias',
      'steps.1.weight',
      'steps.1.bias',
    ]);
    expect(net.forward(ones([1, 2])).shape).toEqual([1, 2]);
    expect([net.steps.length, net.steps.at(-1)]).toEqual([2, net.steps.at(1)]);
    expect(() => net.steps.at(2)).toThrow('ModuleList: there is no module 2 among 2');
    expect(() => net.steps.forward()).toThrow('ModuleList: a list computes nothing');
  });
});

test('batch norm after eval() does not look at its neighbours', () => {
  const norm = new nn.BatchNorm1d(3);
  for (let i = 0; i < 5; i++) norm.forward(randn([8, 3]));
  expect(norm.numBatchesTracked.itemSync()).toBe(5);
  norm.eval();
  const x = randn([4, 3]);
  expectSame(norm.forward(x).narrow(0, 1, 1), norm.forward(x.narrow(0, 1, 1)));
  expect(norm.numBatchesTracked.itemSync()).toBe(5);
});

describe('what is refused', () => {
  test.each<[string, () => unknown, string]>([
    ['a layer of nothing', () => new nn.Linear(0, 3), 'Linear: inFeatures is a whole number from 1 up, not 0'],
    [
      'groups that do not come out even',
      () => new nn.Conv2d(3, 4, 3, { groups: 2 }),
      'Conv2d: inChannels 3 does not divide into 2 groups of one size',
    ],
    ['half a window', () => new nn.Conv1d(3, 4, 1.5), 'Conv1d: kernelSize is a whole number from 1 up, not 1.5'],
    [
      'heads that do not come out even',
      () => new nn.MultiheadAttention(6, 4),
      'MultiheadAttention: embedDim 6 does not divide into 4 heads; give headDim',
    ],
    [
      'a query of another width',
      () => new nn.MultiheadAttention(6, 2).forward(zeros([2, 3, 5])),
      'MultiheadAttention: the query must be [N, T, 6], not of shape [2,3,5]',
    ],
    ['too much dropout', () => new nn.Dropout(1.5), 'Dropout: p is a probability in [0, 1], not 1.5'],
    [
      'dropout between one storey',
      () => new nn.LSTM(2, 3, { dropout: 0.5 }),
      'LSTM: dropout lies between storeys, and there is one; put an nn.Dropout behind it instead',
    ],
    [
      'a state of too few storeys',
      () => new nn.GRU(2, 3, { numLayers: 2 }).forward(zeros([1, 4, 2]), zeros([1, 1, 3])),
      'GRU: a state is [storeys · directions, N, H] = [2, N, 3], not of shape [1,1,3]',
    ],
    [
      'a picture for a norm of rows',
      () => new nn.BatchNorm1d(2).forward(zeros([1, 2, 3, 4])),
      'BatchNorm1d: the input must be [N, C] or [N, C, L], not of shape [1,2,3,4]',
    ],
    [
      'padding nowhere',
      () => new nn.Embedding(3, 2, { paddingIdx: 3 }),
      'Embedding: paddingIdx 3 is none of the 3 rows',
    ],
    [
      'an activation nobody knows',
      () => new nn.TransformerEncoderLayer(4, 2, { activation: 'tanh' as 'relu' }),
      "TransformerEncoderLayer: the activation is 'relu' or 'gelu', not 'tanh'",
    ],
    [
      'positions of another width',
      () => new nn.SinusoidalPositions(4).forward(zeros([1, 2, 3])),
      'SinusoidalPositions: the input must be [N, T, 4], not of shape [1,2,3]',
    ],
  ])('%s', (_, make, message) => expect(make).toThrow(message));
});
