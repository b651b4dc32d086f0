/** Training loops over every kind of layer: memory stays flat, without the loop's help. */
import { beforeEach, describe, expect, test } from 'vitest';
import { concat, manualSeed, memory, nn, noGrad, optim, randint, randn, type Tensor } from '../../core';
import { collect } from '../../core/memory/lifetimes';

const MIB = 1024 * 1024;
const bytes = (): number => memory().cpu.bytes;

beforeEach(() => {
  manualSeed(0);
  collect();
});

const first = (outputs: unknown): Tensor => (Array.isArray(outputs) ? (outputs[0] as Tensor) : (outputs as Tensor));

const block = { dimFeedforward: 64, dropout: 0.1 };

describe.each<[string, () => nn.Module, Tensor[]]>([
  ['linear layers', () => new nn.Sequential(new nn.Linear(64, 96), new nn.GELU(), new nn.Dropout()), [randn([64, 64])]],
  [
    'convolution, batch norm and pooling',
    () =>
      new nn.Sequential(
        new nn.Conv2d(3, 8, 3),
        new nn.BatchNorm2d(8),
        new nn.ReLU(),
        new nn.MaxPool2d(2),
        new nn.Flatten(),
      ),
    [randn([8, 3, 16, 16])],
  ],
  ['transposed convolution', () => new nn.ConvTranspose2d(4, 4, 3, { stride: 2 }), [randn([4, 4, 12, 12])]],
  [
    'embedding, positions and an encoder',
    () =>
      new nn.Sequential(
        new nn.Embedding(40, 32),
        new nn.LearnedPositions(20, 32),
        new nn.SinusoidalPositions(32),
        new nn.TransformerEncoder(() => new nn.TransformerEncoderLayer(32, 4, block), 2),
      ),
    [randint(0, 40, [8, 20])],
  ],
  ['a decoder', () => new nn.TransformerDecoderLayer(32, 4, block), [randn([8, 12, 32]), randn([8, 10, 32])]],
  [
    'norms',
    () => new nn.Sequential(new nn.LayerNorm([16, 8]), new nn.RMSNorm(8), new nn.GroupNorm(4, 16), new nn.PReLU(16)),
    [randn([32, 16, 8])],
  ],
  ['an RNN', () => new nn.RNN(16, 32, { bidirectional: true, recurrentDropout: 0.2 }), [randn([16, 12, 16])]],
  ['an LSTM', () => new nn.LSTM(16, 32, { numLayers: 2, dropout: 0.2, recurrentDropout: 0.2 }), [randn([16, 12, 16])]],
  ['a GRU', () => new nn.GRU(16, 32, { numLayers: 2, dropout: 0.2, recurrentDropout: 0.2 }), [randn([16, 12, 16])]],
  [
    'a graph with two inputs',
    () => {
      const [a, b] = [nn.input([64]), nn.input([32])];
      const both = nn.apply((x, y) => concat([x.tanh(), y], 1), nn.apply(new nn.Linear(64, 64), a), b);
      return nn.model([a, b], [nn.apply(new nn.Linear(96, 96), both), both]);
    },
    [randn([64, 64]), randn([64, 32])],
  ],
])('%s', (_, make, inputs) => {
  test('stays flat while it learns', () => {
    const model = make();
    const optimizer = new optim.Adagrad(model.parameters());
    const step = (): void => {
      const y = first((model.forward as (...given: Tensor[]) => unknown)(...inputs));
      optimizer.zeroGrad();
      y.mul(y).mean().backward();
      optimizer.step();
    };
    for (let i = 0; i < 4; i++) step();
    collect();
    const before = bytes();
    for (let i = 0; i < 10; i++) step(); // each makes hundreds of KiB
    expect(bytes() - before).toBeLessThan(MIB); // what is small is left to the garbage collector
    collect();
    expect(bytes() - before).toBeLessThan(MIB / 32);
  });
});

test('a cache outlives the noGrad blocks that fill it', () => {
  const attention = new nn.MultiheadAttention(64, 4);
  const cache = new nn.KeyValueCache();
  const outputs = Array.from({ length: 30 }, () =>
    noGrad(() => {
      const word = randn([2, 1, 64]);
      return attention.forward(word, word, word, { causal: true, cache })[0];
    }),
  );
  expect(cache.length).toBe(30);
  for (const y of outputs) expect(Number.isFinite(y.dataSync()[0])).toBe(true);
});
