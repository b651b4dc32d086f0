/** A run that was saved and resumed ends where an uninterrupted one does, to the bit; and what such a file refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossEntropy, Generator, manualSeed, nn, optim, rand, Tensor, tensor, train } from '../../core';
import { loadSafetensors, loadTrainingState, type Plain, saveSafetensors, saveTrainingState } from '../../core/io';
import { defaultGenerator } from '../../core/tensor/random';
import { spirals } from '../../datasets/spirals';
import { flipped, truncated } from './damage';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const path = join(folder, 'run.safetensors');

/* ------------------------------------------------------------------------------------------- resumed runs */

const EPOCHS = 5;
const { x, y } = spirals(60, { generator: new Generator(3) });

type Rated = ConstructorParameters<typeof optim.StepLR>[0];
type Settings = [parameters: nn.Parameter[]];
const optimizers: Record<string, (...settings: Settings) => optim.Optimizer<{ lr: number }>> = {
  'SGD with momentum': (parameters) => new optim.SGD(parameters, { lr: 0.1, momentum: 0.9, nesterov: true }),
  RMSprop: (parameters) => new optim.RMSprop(parameters, { lr: 0.01, momentum: 0.5 }),
  Adagrad: (parameters) => new optim.Adagrad(parameters, { lr: 0.05 }),
  AdamW: (parameters) =>
    new optim.AdamW([{ params: parameters.slice(0, 2) }, { params: parameters.slice(2), lr: 0.002 }], { lr: 0.01 }),
};
const schedules: Record<string, (optimizer: Rated) => optim.Schedule> = {
  StepLR: (optimizer) => new optim.StepLR(optimizer, { stepSize: 2, gamma: 0.5 }),
  CosineAnnealingLR: (optimizer) => new optim.CosineAnnealingLR(optimizer, { tMax: EPOCHS }),
  ReduceLROnPlateau: (optimizer) => new optim.ReduceLROnPlateau(optimizer, { patience: 0, threshold: 10 }),
};

/** A run with all that has a state: batch norm, dropout from the common generator, shuffling from one of its own. */
function startRun(optimizerName: string, scheduleName: string) {
  const model = new nn.Sequential(
    new nn.Linear(2, 8),
    new nn.BatchNorm1d(8),
    new nn.ReLU(),
    new nn.Dropout(0.3),
    new nn.Linear(8, 3),
  );
  const optimizer = optimizers[optimizerName](model.parameters());
  const schedule = schedules[scheduleName](optimizer);
  return { model, optimizer, schedule, shuffling: new Generator(11) };
}

type Run = ReturnType<typeof startRun>;

const learn = ({ model, optimizer, schedule, shuffling }: Run, callback: train.Callback = {}, initialEpoch = 0) =>
  train.fit(model, {
    x,
    y,
    optimizer,
    loss: crossEntropy,
    epochs: EPOCHS,
    initialEpoch,
    batchSize: 16,
    generator: shuffling,
    callbacks: [train.followSchedule(schedule, { monitor: 'loss' }), callback],
    progress: false,
  });

const bitsOf = (t: Tensor) => Buffer.from(t.dataSync().buffer).toString('hex');
/** All that a run knows, tensors as their bits. */
const outcome = ({ model, optimizer, schedule, shuffling }: Run) => ({
  states: [model, optimizer, schedule].map((part) =>
    JSON.stringify(part.stateDict(), (_, value) => (value instanceof Tensor ? bitsOf(value) : value)),
  ),
  shuffling: shuffling.state,
  next: [...rand([4]).dataSync()],
});

describe.each(Object.keys(optimizers))('%s', (optimizer) => {
  test.each(Object.keys(schedules))('with %s goes on to the bit', async (schedule) => {
    manualSeed(1);
    const whole = startRun(optimizer, schedule);
    const { curves } = await learn(whole);
    const expected = outcome(whole);

    manualSeed(1);
    const first = startRun(optimizer, schedule);
    const before = await learn(first, {
      async epochEnd(run) {
        if (run.epoch !== 2) return;
        await saveTrainingState(path, first, { epoch: run.epoch + 1 });
        run.stop('killed');
      },
    });

    manualSeed(99); // other first weights, and another place of the random numbers
    const second = startRun(optimizer, schedule);
    second.shuffling.bits();
    const { epoch } = await loadTrainingState(path, second);
    const after = await learn(second, {}, epoch as number);
    expect([...before.curves.loss, ...after.curves.loss]).toEqual(curves.loss);
    expect(outcome(second)).toEqual(expected);
  });
});

/* -------------------------------------------------------------------------------------------- the records */

/** Something that knows `state`. */
const part = (state: object) => ({
  state,
  stateDict() {
    return this.state;
  },
  loadStateDict(given: object) {
    this.state = given;
  },
});

test('numbers, texts, lists, records and tensors come back as they were', async () => {
  const state = {
    best: Infinity,
    worst: -Infinity,
    none: NaN,
    minus: -0,
    tenth: 0.1,
    tiny: 5e-324,
    words: ['', '"\n', '$number'],
    nested: { 'a.b': { yes: true, no: false, nothing: null }, ['__proto__']: 7 },
    empty: [{}, []],
  };
  const generator = new Generator(5);
  generator.take(10);
  const weights = [tensor([[1, -0, NaN]]), tensor([7], { dtype: 'int32' }), tensor(0.1, { dtype: 'float64' })];
  await saveTrainingState(path, { some: part({ ...state, weights }), generator }, { best: weights[2], list: [1, [2]] });

  const some = part({});
  const other = new Generator(0);
  const progress = await loadTrainingState(path, { some, generator: other });
  const { weights: loaded, ...rest } = some.state as typeof state & { weights: Tensor[] };
  expect(rest).toEqual(state);
  expect(Object.is(rest.minus, -0)).toBe(true);
  expect(loaded.map((t) => [t.dtype, t.shape, bitsOf(t)])).toEqual(weights.map((t) => [t.dtype, t.shape, bitsOf(t)]));
  expect(other.state).toEqual(generator.state);
  expect(bitsOf(progress.best as Tensor)).toBe(bitsOf(weights[2]));
  expect(progress.list).toEqual([1, [2]]);
  expect(Object.keys((await loadSafetensors(path)).tensors).sort()).toEqual([
    'progress.best',
    'some.weights.0',
    'some.weights.1',
    'some.weights.2',
  ]);
});

test.each<[what: string, state: object, message: string]>([
  ['a function', { f: () => 1 }, '"p.f" is of type function; only numbers, texts and tensors can be saved'],
  ['undefined', { list: [1, undefined] }, '"p.list.1" is of type undefined'],
  ['a date', { nested: { at: new Date(0) } }, '"p.nested.at" is of type Date'],
  ['a typed array', { a: new Float32Array(1) }, '"p.a" is of type Float32Array'],
  ['two tensors of one name', { 'a.b': tensor(1), a: { b: tensor(2) } }, 'there are two tensors called "p.a.b"'],
  ['a name with a $', { $tensor: 'x' }, '"p.$tensor" begins with a $; take another name'],
])('%s cannot be saved', async (_, state, message) => {
  await expect(saveTrainingState(path, { p: part(state) })).rejects.toThrow(`saveTrainingState: ${message}`);
});

test('parts that are missing or too many are all named, and nothing changes', async () => {
  await saveTrainingState(path, { model: part({ a: 1 }), schedule: part({}) });
  const model = part({ a: 2 });
  const place = defaultGenerator.state;
  await expect(loadTrainingState(path, { model, optimizer: part({}) })).rejects.toThrow(
    `${path}: "optimizer" was not saved; "schedule" was saved, but is not given`,
  );
  expect(model.state).toEqual({ a: 2 });
  expect(defaultGenerator.state).toEqual(place);
});

test('a file of weights alone is told from a run', async () => {
  await saveSafetensors(path, { weight: tensor([1]) });
  await expect(loadTrainingState(path, {})).rejects.toThrow(`${path} holds no training state; loadSafetensors() reads`);
});

test.each<[what: string, json: string]>([
  ['no JSON', '{'],
  ['a number', '7'],
  ['no parts', '{"random":{},"progress":{}}'],
  ['a tensor that is not there', '{"parts":{"a":{"$tensor":"toString"}},"random":{},"progress":{}}'],
])('a state made by hand is refused: %s', async (_, json) => {
  await saveSafetensors(path, {}, { 'training state': json });
  await expect(loadTrainingState(path, {})).rejects.toThrow(`${path}: its training state cannot be read; the file`);
});

test.each([
  ['truncated', truncated],
  ['bit-flipped', flipped],
])('a %s file is refused in one line', async (_, damage) => {
  const state = { lr: 0.1, weight: tensor([1, 2]) };
  const known = ({ weight, ...rest }: Record<string, Plain>) => ({ ...rest, weight: bitsOf(weight as Tensor) });
  await saveTrainingState(path, { model: part(state) }, { epoch: 3 });
  for (const { what, bytes } of damage(readFileSync(path))) {
    writeFileSync(path, bytes);
    const model = part({});
    const answer = await loadTrainingState(path, { model }).catch((error: Error) => error);
    if (answer instanceof Error) {
      expect(Object.getPrototypeOf(answer), what).toBe(Error.prototype);
      expect(answer.message, what).toMatch(/^.+run\.safetensors.+$/);
    } else {
      expect([answer, known(model.state as typeof state)], what).toEqual([{ epoch: 3 }, known(state)]);
    }
  }
});
