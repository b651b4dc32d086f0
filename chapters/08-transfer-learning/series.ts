/**
 * Transfer without pictures: an MLP on tables of flats, and an LSTM of two layers on series. To one new task each that
 * is akin to the old one, and to one that is its opposite.
 */
import { Generator, manualSeed, nn, ops, optim, randn, type Tensor, tensor, train } from '../../core';
import { integer, script } from '../shared/script';
import { seriesFigure } from './pictures/series';

export interface Data {
  x: Tensor;
  y: Tensor; // [N, 1]
}

type Draw = (count: number, generator: Generator) => Promise<Data>;

// #region flats
/** Size, rooms, age, distance, storey, garden: what each adds to a price, beside what size and distance do together. */
const flats =
  (prices: number[], together: number): Draw =>
  async (count, generator) => {
    const x = randn([count, prices.length], { generator });
    const noise = randn([count, 1], { generator }).mul(0.1);
    const sizeTimesDistance = x
      .narrow(1, 0, 1)
      .mul(x.narrow(1, 3, 1))
      .mul(together);
    return { x, y: x.matmul(tensor(prices).unsqueeze(1)).add(sizeTimesDistance).add(noise) };
  };

export const FLATS = {
  old: flats([1, 0.5, -0.5, -0.8, 0.2, 0.4], -0.6),
  akin: flats([1.1, 0.4, -0.6, -0.8, 0.3, 0.4], -0.6),
  opposite: flats([-1, -0.5, 0.5, 0.8, -0.2, -0.4], 0.6),
};
// #endregion

export const LENGTH = 12; // steps that the network sees before it says the next one

// #region waves
/** Each value follows from the two before: v(t) = a·v(t − 1) − 0.8·v(t − 2), and a push by chance. */
export async function wave(a: number, steps: number, generator: Generator): Promise<number[]> {
  const pushes = await randn([steps + 20], { generator }).data();
  const values = [0, 0];
  for (const push of pushes) values.push(a * values[values.length - 1] - 0.8 * values[values.length - 2] + 0.3 * push);
  return values.slice(-steps);
}

/** Windows that do not overlap, [N, 12, 1], and what comes after each. */
const windows =
  (a: number): Draw =>
  async (count, generator) => {
    const values = await wave(a, count * (LENGTH + 1), generator);
    const rows = tensor(values, { shape: [count, LENGTH + 1] });
    return { x: rows.narrow(1, 0, LENGTH).unsqueeze(2), y: rows.narrow(1, LENGTH, 1) };
  };

export const TURNS = { old: 1.6, akin: 1.5, opposite: -1.6 };

export const WAVES = { old: windows(TURNS.old), akin: windows(TURNS.akin), opposite: windows(TURNS.opposite) };
// #endregion

// #region networks
class Forecaster extends nn.Module {
  readonly lstm = new nn.LSTM(1, 16, { numLayers: 2 });
  readonly head = new nn.Linear(16, 1);

  override forward(x: Tensor): Tensor {
    const [output] = this.lstm.forward(x); // [N, 12, 16]
    return this.head.forward(output.narrow(1, LENGTH - 1, 1).squeeze(1)); // the last step has seen all
  }
}

const mlp = (): nn.Sequential =>
  new nn.Sequential(new nn.Linear(6, 32), new nn.ReLU(), new nn.Linear(32, 32), new nn.ReLU(), new nn.Linear(32, 1));

export const TASKS = {
  'MLP, flats': { make: mlp as () => train.Model, data: FLATS },
  'LSTM, waves': { make: (() => new Forecaster()) as () => train.Model, data: WAVES },
};
// #endregion

const learn = (model: train.Model, { x, y }: Data, epochs: number, rate: number) =>
  train.fit(model, {
    x,
    y,
    epochs,
    batchSize: 10,
    loss: ops.mseLoss,
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    progress: false,
  });

/** The mean squared error, measured by that of the mean as the answer to everything: 1 is knowing nothing. */
async function errorOn(model: train.Model, { x, y }: Data): Promise<number> {
  const { loss } = await train.evaluate(model, { x, y, batchSize: 100, loss: ops.mseLoss });
  return loss / (await y.sub(y.mean()).pow(2).mean().item());
}

export interface Setting {
  pretraining: number;
  few: number;
  epochs: number;
}

export interface Errors {
  scratch: number;
  transferred: number;
}

// #region adapt
/** The error on fresh examples of a new task, from scratch and after pre-training on the old one. */
export async function adapt(
  seed: number,
  { make, data }: (typeof TASKS)[keyof typeof TASKS],
  to: 'akin' | 'opposite',
  { pretraining, few, epochs }: Setting,
): Promise<Errors> {
  manualSeed(seed);
  const generator = new Generator(seed + 100);
  const [old, seen, fresh] = [
    await data.old(pretraining, generator),
    await data[to](few, generator),
    await data[to](500, generator),
  ];
  const [scratch, transferred] = [make(), make()];
  await learn(transferred, old, 5, 3e-3);
  for (const model of [scratch, transferred]) await learn(model, seen, epochs, 1e-3);
  return { scratch: await errorOn(scratch, fresh), transferred: await errorOn(transferred, fresh) };
}
// #endregion

script({
  about: 'Transfer on tables and series: where it helps, and where it hurts.',
  options: {
    pretraining: integer(2000, { min: 100, help: 'examples of the old task' }),
    few: integer(20, { min: 2, help: 'examples of the new one' }),
    epochs: integer(60, { min: 1, help: 'passes over the new ones' }),
  },
  settings: { quick: { pretraining: 600 }, full: { pretraining: 6000, epochs: 100 } },
  next: 'npx ts-node chapters/08-transfer-learning/classify.ts',
  async run({ options: { seed, pretraining, few, epochs }, section, table, figure, progress }) {
    section('series', `Old task: ${pretraining} examples; new task: ${few}`);
    const bar = progress(4, 'tasks');
    const rows: (string | number)[][] = [];
    for (const [name, task] of Object.entries(TASKS)) {
      for (const to of ['akin', 'opposite'] as const) {
        const { scratch, transferred } = await adapt(seed, task, to, { pretraining, few, epochs });
        rows.push([name, to, scratch.toFixed(3), transferred.toFixed(3), transferred < scratch ? 'helps' : 'hurts']);
        await bar.tick();
      }
    }
    bar.done();
    table(['network, data', 'new task', 'error from scratch', 'pre-trained', 'transfer'], rows);
    const waves = Object.entries(TURNS).map(async ([name, a]) => ({
      name,
      a,
      values: await wave(a, 60, new Generator(seed + 7)),
    }));
    await figure('series', await seriesFigure(await Promise.all(waves)));
  },
});
