/**
 * Two moons: the training loop written out, train.fit doing the same, and the first lesson about the learning rate.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { moons } from '../../datasets';
import { integer, number, numbers, script } from '../shared/script';
import { boundariesFigure, curvesFigure } from './pictures/moons';
import { spread } from './seeds';

// #region network
/** The score of "lower moon"; its sigmoid is the probability. */
export const network = (): nn.Sequential =>
  new nn.Sequential(
    new nn.Linear(2, 10), // [N, 2] → [N, 10]
    new nn.ReLU(),
    new nn.Linear(10, 10),
    new nn.ReLU(),
    new nn.Linear(10, 1), // [N, 10] → [N, 1]
  );
// #endregion

// #region heaps
type Pairs = [x: Tensor, y: Tensor];

export async function threeHeaps(noise = 0.1): Promise<{ training: Pairs; validation: Pairs; test: Pairs }> {
  const { x, y } = moons(1000, { noise });
  const target = y.to('float32').unsqueeze(1); // [1000] → [1000, 1], as the network's scores
  const { train: shuffled, test } = await train.trainTestSplit([x, target], { testSize: 0.2 });
  const part = (from: number, to: number) => shuffled.map((t) => t.slice([from, to])) as Pairs;
  return { training: part(0, 640), validation: part(640, 800), test };
}
// #endregion

interface Settings {
  rate: number;
  epochs: number;
  noise?: number;
}

// #region loop
export async function loop(model: nn.Sequential, [x, y]: Pairs, { rate, epochs }: Settings): Promise<void> {
  const optimizer = new optim.Adam(model.parameters(), { lr: rate });
  const batches = new train.DataLoader(new train.TensorDataset(x, y), { batchSize: 32, shuffle: true });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (const [input, target] of batches) {
      const loss = ops.bceWithLogitsLoss(model.forward(input), target);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    }
  }
}
// #endregion

// #region fit
const accuracy = train.accuracy({ threshold: 0 }); // a score above 0 is a probability above ½

export const fit = (model: nn.Sequential, [x, y]: Pairs, more: More): Promise<train.History> =>
  train.fit(model, {
    x,
    y,
    batchSize: 32,
    loss: ops.bceWithLogitsLoss,
    metrics: [accuracy],
    progress: false, // no bar of its own
    ...more, // optimizer, epochs and whatever else train.fit knows
  });
// #endregion

type More = Pick<train.FitOptions, 'optimizer' | 'epochs' | 'initialEpoch' | 'validation' | 'callbacks'>;

export const accuracyOn = async (model: nn.Sequential, [x, y]: Pairs): Promise<number> =>
  (await train.evaluate(model, { x, y, metrics: [accuracy] })).accuracy;

/** The network and its data as they are before training, the same for the same seed. */
async function start(seed: number, noise?: number) {
  manualSeed(seed);
  return { heaps: await threeHeaps(noise), model: network() };
}

/** The same start trained in both ways, with the same order of the batches. */
export async function bothWays(seed: number, settings: Settings) {
  const [byHand, byFit] = [await start(seed, settings.noise), await start(seed, settings.noise)];
  const before = await accuracyOn(byHand.model, byHand.heaps.test);
  manualSeed(seed);
  await loop(byHand.model, byHand.heaps.training, settings);
  manualSeed(seed);
  const optimizer = new optim.Adam(byFit.model.parameters(), { lr: settings.rate });
  await fit(byFit.model, byFit.heaps.training, { optimizer, epochs: settings.epochs });
  return { before, byHand, byFit };
}

/** The largest difference between the weights of two networks. */
export async function largestDifference(a: nn.Module, b: nn.Module): Promise<number> {
  const others = b.parameters();
  const differences = a.parameters().map((parameter, i) => parameter.sub(others[i]).abs().max().item());
  return Math.max(...(await Promise.all(differences)));
}

/** One life: its data, its network, how it went, and how good it became. */
export async function live(seed: number, { rate, epochs, noise }: Settings, callbacks: train.Callback[] = []) {
  const { heaps, model } = await start(seed, noise);
  const [x, y] = heaps.validation;
  const optimizer = new optim.Adam(model.parameters(), { lr: rate });
  const { curves } = await fit(model, heaps.training, { optimizer, epochs, validation: { x, y }, callbacks });
  const [validation, test] = [curves.valAccuracy[epochs - 1], await accuracyOn(model, heaps.test)];
  return { rate, model, heaps, curves, validation, test };
}

export type Life = Awaited<ReturnType<typeof live>>;

script({
  about: 'Two moons: the training loop, train.fit, and what the learning rate decides.',
  options: {
    rates: numbers([0.001, 0.01], { length: 'any', help: 'learning rates to compare' }),
    epochs: integer(50, { min: 1, help: 'passes over the training heap' }),
    starts: integer(5, { min: 1, max: 100, help: 'how many seeds, from --seed on' }),
    noise: number(0.1, { min: 0, max: 2, help: 'how far the points stray from their moon' }),
  },
  settings: { full: { starts: 20 } },
  next: 'npx ts-node chapters/05-training/overfitting.ts',
  async run({ options: { seed, rates, epochs, starts, noise }, say, section, table, figure, progress }) {
    section('loop', 'By hand and by train.fit');
    const { before, byHand, byFit } = await bothWays(seed, { rate: rates[rates.length - 1], epochs, noise });
    say(`${byHand.model.parameterCount()} parameters, ${byHand.heaps.training[0].shape[0]} points to learn from\n`);
    const { test } = byHand.heaps;
    table(
      ['test accuracy', ''],
      [
        ['before', before.toFixed(3)],
        ['after the loop', (await accuracyOn(byHand.model, test)).toFixed(3)],
        ['after train.fit', (await accuracyOn(byFit.model, test)).toFixed(3)],
      ],
    );
    say(`\nlargest difference between their weights: ${await largestDifference(byHand.model, byFit.model)}`);

    const bar = progress(rates.length * starts * epochs, 'training');
    const callbacks = [{ epochEnd: () => bar.tick() }];
    const arms: Life[][] = [];
    for (const rate of rates) {
      const lives: Life[] = [];
      for (let i = 0; i < starts; i++) lives.push(await live(seed + i, { rate, epochs, noise }, callbacks));
      arms.push(lives);
    }
    bar.done();
    const firsts = arms.map(([life]) => life);
    await figure('moons', await boundariesFigure(firsts));
    await figure('moons-curves', await curvesFigure(firsts));

    section('rates', `Accuracy after ${epochs} epochs, ${starts} ${starts === 1 ? 'seed' : 'seeds'}`);
    table(
      ['learning rate', 'heap', 'lowest', 'median', 'highest'],
      arms.flatMap((lives) =>
        (['validation', 'test'] as const).map((heap) => [
          String(lives[0].rate),
          heap,
          ...spread(lives.map((life) => life[heap])),
        ]),
      ),
    );
  },
});
