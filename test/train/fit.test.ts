/** fit, evaluate and predict: the plain loop and nothing else; callbacks; memory. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  concat,
  crossEntropy,
  Generator,
  manualSeed,
  memory,
  mseLoss,
  nn,
  noGrad,
  optim,
  randn,
  type Tensor,
  tensor,
  train,
} from '../../core';

beforeEach(() => void manualSeed(0));

const makeModel = () => new nn.Sequential(new nn.Linear(3, 8), new nn.Tanh(), new nn.Dropout(0.2), new nn.Linear(8, 2));
const valuesOf = (model: nn.Module) => model.parameters().map((parameter) => Array.from(parameter.dataSync()));

function problem() {
  const x = randn([40, 3]);
  const y = x.sum(1).gt(0).to('int32');
  const model = makeModel();
  return { x, y, model, optimizer: new optim.Adam(model.parameters(), { lr: 0.05 }) };
}
const common = { loss: crossEntropy, progress: false } as const;

test('fit is the plain loop, to the bit', async () => {
  const one = problem();
  manualSeed(5);
  const options = { ...one, ...common, epochs: 3, batchSize: 16, generator: new Generator(1) };
  const { curves } = await train.fit(one.model, { ...options, metrics: [train.accuracy()] });

  manualSeed(0);
  const { x, y, model, optimizer } = problem();
  manualSeed(5);
  const dataset = new train.TensorDataset(x, y);
  const loader = new train.DataLoader(dataset, { batchSize: 16, shuffle: true, generator: new Generator(1) });
  for (let epoch = 0; epoch < 3; epoch++) {
    let [sum, right] = [0, 0];
    for await (const [input, target] of loader) {
      const logits = model.forward(input);
      const loss = crossEntropy(logits, target);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      sum += loss.itemSync() * target.size;
      right += logits.argmax(1).eq(target).sum().itemSync();
    }
    expect(curves.loss[epoch]).toBeCloseTo(sum / 40, 12);
    expect(curves.accuracy[epoch]).toBe(right / 40);
  }
  expect(valuesOf(one.model)).toEqual(valuesOf(model));
});

test('clipNorm shortens long gradients together, and leaves short ones alone', async () => {
  const step = async (clipNorm: number | undefined) => {
    manualSeed(3);
    const { x, y, model } = problem();
    const before = valuesOf(model).flat();
    const optimizer = new optim.SGD(model.parameters(), { lr: 1 });
    await train.fit(model, { x, y, optimizer, ...common, batchSize: 40, shuffle: false, clipNorm });
    return valuesOf(model)
      .flat()
      .map((value, i) => value - before[i]);
  };
  const whole = await step(undefined);
  const short = await step(0.01);
  const length = Math.hypot(...whole);
  expect(length).toBeGreaterThan(0.1);
  expect(Math.hypot(...short)).toBeCloseTo(0.01, 5);
  short.forEach((value, i) => {
    expect(value).toBeCloseTo((whole[i] * 0.01) / length, 5);
  });
  expect(await step(100)).toEqual(whole);
  await expect(step(0)).rejects.toThrow('clipGradNorm: the longest length allowed is above 0, not 0');
});

test('class weights are the weighted loss', async () => {
  const train1 = async (options: object, loss: train.Loss) => {
    manualSeed(3);
    const { x, y, model, optimizer } = problem();
    await train.fit(model, { x, y, optimizer, progress: false, epochs: 2, shuffle: false, loss, ...options });
    return valuesOf(model).flat();
  };
  const weights = [1, 4];
  const own = await train1({ classWeights: weights }, crossEntropy);
  const theirs = await train1({}, (p, t) => crossEntropy(p, t, { weight: tensor(weights) }));
  own.forEach((value, i) => {
    expect(value).toBeCloseTo(theirs[i], 5);
  });
  const unweighted = await train1({}, crossEntropy);
  expect(own.some((value, i) => Math.abs(value - unweighted[i]) > 1e-3)).toBe(true);
});

test('validation is set aside at the end, judged without dropout, and named val…', async () => {
  const { x, y, model, optimizer } = problem();
  const metrics = [train.accuracy()];
  const { curves } = await train.fit(model, { x, y, optimizer, ...common, validationSplit: 0.25, metrics });
  const judged = await train.evaluate(model, { x: x.slice([30, null]), y: y.slice([30, null]), ...common, metrics });
  expect([curves.valLoss, curves.valAccuracy]).toEqual([[judged.loss], [judged.accuracy]]);
  expect(model.training).toBe(true);
  const outputs = await train.predict(model, { x, batchSize: 7 });
  model.eval();
  expect(outputs.dataSync()).toEqual(noGrad(() => model.forward(x)).dataSync());
});

test('a frozen base with batch norm and dropout is the same function before, during and after', async () => {
  const base = new nn.Sequential(new nn.Linear(3, 8), new nn.BatchNorm1d(8), new nn.Dropout(0.5));
  const [x, y] = [randn([40, 3]).mul(5), randn([40, 1])];
  const model = new nn.Sequential(base.freeze(), new nn.Linear(8, 1));
  const features = () => [...noGrad(() => base.forward(x)).dataSync()];
  const before = features();
  const seen: number[][] = [];
  const callbacks = [{ batchEnd: () => void seen.push(features()) }];
  const optimizer = new optim.Adam(model.parameters(), { lr: 0.1 });
  await train.fit(model, { x, y, optimizer, loss: mseLoss, progress: false, callbacks, validationSplit: 0.25 });
  expect([...seen, features()]).toEqual([before, before]);
  expect([model.training, base.training]).toEqual([true, false]);
});

describe('a model with several inputs and outputs', () => {
  /** From a and b: is their sum positive, and how large is it? */
  function twoAnswers() {
    const [a, b] = [randn([40, 3]), randn([40, 2])];
    const size = a.sum(1, { keepdim: true }).add(b.sum(1, { keepdim: true })); // [N, 1]
    const symbols = [nn.input([3]), nn.input([2])];
    const both = nn.apply((x, y) => concat([x, y], 1), ...symbols);
    const hidden = nn.apply(new nn.Linear(5, 8), both);
    const kinds = nn.apply(new nn.Linear(8, 2), nn.apply(new nn.Tanh(), hidden));
    const model = nn.model(symbols, [kinds, nn.apply(new nn.Linear(8, 1), hidden)]);
    const optimizer = new optim.Adam(model.parameters(), { lr: 0.05 });
    return { x: [a, b], y: [size.gt(0).to('int32').reshape(-1), size], model, optimizer };
  }
  type Tensors = readonly Tensor[];
  const loss = ([kinds, sizes]: Tensors, [kind, size]: Tensors) =>
    crossEntropy(kinds, kind).add(mseLoss(sizes, size).mul(0.5));
  const metrics = [train.forOutput(0, 'kind', train.accuracy()), train.forOutput(1, 'size', train.mae())];

  test('fit is the plain loop, to the bit; each output has its own metrics', async () => {
    const { x, y, model, optimizer } = twoAnswers();
    const options = { x, y, optimizer, loss, metrics, batchSize: 10, shuffle: false, progress: false };
    const { curves } = await train.fit(model, { ...options, epochs: 2, validationSplit: 0.25 });
    expect(Object.keys(curves)).toEqual([
      'loss',
      'kindAccuracy',
      'sizeMae',
      'valLoss',
      'valKindAccuracy',
      'valSizeMae',
    ]);

    manualSeed(0);
    const other = twoAnswers();
    for (let start = 0; start < 60; start += 10) {
      const cut = (t: Tensor) => t.narrow(0, start % 30, 10);
      const value = loss(other.model.forward(...x.map(cut)), y.map(cut));
      other.optimizer.zeroGrad();
      value.backward();
      other.optimizer.step();
    }
    expect(valuesOf(model)).toEqual(valuesOf(other.model));
  });

  test('evaluate, predict and loaders know them too', async () => {
    const { x, y, model } = twoAnswers();
    const loader = new train.DataLoader(new train.TensorDataset(...x, ...y), { batchSize: 16 });
    const judged = await train.evaluate(model, { data: loader, targets: 2, loss, metrics });
    const [kinds, sizes] = await train.predict(model, { x });
    expect([kinds.shape, sizes.shape]).toEqual([
      [40, 2],
      [40, 1],
    ]);
    expect(judged.loss).toBeCloseTo(loss([kinds, sizes], y).itemSync(), 6);
    expect(judged.kindAccuracy).toBe(await train.accuracy().of(kinds, y[0]));
    expect(judged.sizeMae).toBeCloseTo(await train.mae().of(sizes, y[1]), 6);
  });

  test('what makes no sense is answered', async () => {
    const { x, y, model, optimizer } = twoAnswers();
    const fit = (options: object) => train.fit(model, { x, y, optimizer, loss, progress: false, ...options });
    await expect(fit({ classWeights: [1, 2] })).rejects.toThrow('classWeights are for one target');
    const data = new train.DataLoader(new train.TensorDataset(...y));
    await expect(train.evaluate(model, { data, targets: 2, loss })).rejects.toThrow(
      'a batch of 2 tensors cannot hold an input and 2 targets',
    );
  });
});

describe('callbacks', () => {
  test('early stopping ends after its patience and gives the best weights back', async () => {
    const { x, y, model } = problem();
    const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
    const seen: number[][][] = [];
    const losses = [3, 2, 5, 4, 1];
    const feed: train.Callback = {
      epochEnd: ({ epoch }, logs) => {
        logs.judged = losses[epoch];
        seen.push(valuesOf(model));
      },
    };
    const stopping = train.earlyStopping({ monitor: 'judged', mode: 'min', patience: 2 });
    const callbacks = [feed, stopping];
    const history = await train.fit(model, { x, y, optimizer, ...common, epochs: 5, callbacks });
    expect([history.epochs, history.stopped]).toEqual([4, 'nothing better for 2 epochs']);
    expect(valuesOf(model)).toEqual(seen[1]);
    expect(seen[3]).not.toEqual(seen[1]);
  });

  test('checkpoint on best, a schedule and a CSV log', async () => {
    const { x, y, model, optimizer } = problem();
    const saved: number[] = [];
    const csv: string[] = [];
    const schedule = new optim.ExponentialLR(optimizer, { gamma: 0.5 });
    const callbacks: train.Callback[] = [
      { epochEnd: ({ epoch }, logs) => void Object.assign(logs, { judged: [1, 3, 2, 4][epoch] }) },
      train.checkpointBest((run) => void saved.push(run.epoch), { monitor: 'judged' }),
      train.followSchedule(schedule),
      train.csvLog((line) => void csv.push(line)),
    ];
    await train.fit(model, { x, y, optimizer, ...common, epochs: 4, callbacks });
    expect(saved).toEqual([0, 1, 3]);
    expect(optimizer.paramGroups[0].lr).toBeCloseTo(0.05 / 16);
    expect(csv.join('')).toMatch(/^epoch,loss,judged\n1,[\d.]+,1\n2,[\d.]+,3\n3,[\d.]+,2\n4,[\d.]+,4\n$/);
  });

  test('are waited for; an error comes out after every fitEnd, and Ctrl-C is as before', async () => {
    const { x, y, model, optimizer } = problem();
    const ended: string[] = [];
    const listeners = process.listenerCount('SIGINT');
    const failing: train.Callback = {
      batchEnd: async ({ step }) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (step === 1) throw new Error('disk full');
      },
      fitEnd: () => {
        ended.push('failing');
        throw new Error('a second error');
      },
    };
    const callbacks = [failing, { fitEnd: async () => void ended.push('other') }];
    await expect(train.fit(model, { x, y, optimizer, ...common, callbacks })).rejects.toThrow('disk full');
    expect(ended).toEqual(['failing', 'other']);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });

  test('a value that is not there is named', async () => {
    const { x, y, model, optimizer } = problem();
    const run = train.fit(model, { x, y, optimizer, ...common, callbacks: [train.earlyStopping()] });
    await expect(run).rejects.toThrow('there is no value called valLoss; there are loss');
  });
});

test('10,000 batches leave memory flat', async () => {
  const [x, y] = [randn([40_000, 8]), randn([40_000, 1])];
  const model = new nn.Linear(8, 1);
  const optimizer = new optim.SGD(model.parameters(), { lr: 1e-3 });
  const used: number[] = [];
  const watch: train.Callback = { epochEnd: () => void used.push(memory({ resetPeak: true }).cpu.peakBytes) };
  const options = { x, y, optimizer, loss: mseLoss, progress: false, metrics: [train.mae()] };
  await train.fit(model, { ...options, epochs: 5, batchSize: 20, callbacks: [watch] });
  expect(used).toHaveLength(5);
  expect(Math.max(...used)).toBeLessThan(20 * 2 ** 20); // 1 KiB kept of each batch would add 10 MiB
});

test('what makes no sense is answered', async () => {
  const { x, y, model, optimizer } = problem();
  const fit = (options: object) => train.fit(model, { x, y, optimizer, ...common, ...options });
  await expect(async () => fit({ epochs: 0 })).rejects.toThrow('from 1 up, not 0');
  await expect(async () => fit({ validationSplit: 1 })).rejects.toThrow('leaves one part empty');
  await expect(async () => fit({ metrics: [train.mae(), train.mae()] })).rejects.toThrow('two metrics called mae');
  await expect(fit({ loss: (p: typeof x) => p })).rejects.toThrow('a loss is one number');
});
