/**
 * What the learning rate and the batch size do: the same network trained with each value in turn, five times with
 * each, and one picture for each of the two.
 */
import { manualSeed, nn, ops, optim, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { noisyMoons } from './noisy-moons';
import { batchFigure, rateFigure } from './pictures/sweep';
import { bounded, middleAndEnds, overSeeds } from './runs';
import { median } from './seeds';

const POINTS = 512;
const NOISE = 0.2;
const RATES = {
  Adam: [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1],
  SGD: [1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10],
};
const BATCH_SIZES = [4, 16, 64, 256, POINTS];
const USUAL_BATCH = 16;

export interface Setting {
  optimiser: keyof typeof RATES;
  rate: number;
  batchSize: number;
  epochs: number;
}

/** Loss and accuracy on points never seen, after training with this setting. */
export async function outcome(seed: number, { optimiser, rate, batchSize, epochs }: Setting) {
  manualSeed(seed); // the points, the first weights and the order of the batches all follow from it
  const [learned, fresh] = [noisyMoons(POINTS, NOISE), noisyMoons(1000, NOISE)];
  const model = new nn.Sequential(
    new nn.Linear(2, 10),
    new nn.ReLU(),
    new nn.Linear(10, 10),
    new nn.ReLU(),
    new nn.Linear(10, 1),
  );
  const optimizer = new optim[optimiser](model.parameters(), { lr: rate });
  const loss = ops.bceWithLogitsLoss;
  await train.fit(model, { ...learned, optimizer, loss, epochs, batchSize, progress: false });
  const metrics = [train.accuracy({ threshold: 0 })];
  const judged = await train.evaluate(model, { ...fresh, loss, metrics, batchSize: 1000 });
  return { loss: bounded(judged.loss), accuracy: judged.accuracy };
}

/** All runs at one value of what is swept. */
export interface Trial {
  value: number;
  losses: number[];
  accuracies: number[];
}

type Seeds = { seed: number; seeds: number };

async function trial(value: number, setting: Setting, seeds: Seeds, tick: () => Promise<void>): Promise<Trial> {
  const runs = await overSeeds(seeds, async (seed) => {
    const run = await outcome(seed, setting);
    await tick();
    return run;
  });
  return { value, losses: runs.map(({ loss }) => loss), accuracies: runs.map(({ accuracy }) => accuracy) };
}

const rows = (trials: Trial[]): string[][] =>
  trials.map(({ value, losses, accuracies }) => [String(value), middleAndEnds(losses), middleAndEnds(accuracies)]);

const stepsAnEpoch = (batchSize: number): number => Math.ceil(POINTS / batchSize);
const epochsFor = (steps: number, batchSize: number): number =>
  Math.max(1, Math.round(steps / stepsAnEpoch(batchSize)));

script({
  about: 'One picture each for the learning rate and the batch size: the loss on fresh points against the value.',
  options: {
    epochs: integer(25, { min: 1, max: 1000, help: 'passes over the 512 points' }),
    seeds: integer(5, { min: 1, max: 100, help: 'runs with each value, from --seed on' }),
    batch: integer(32, { min: 1, max: POINTS, help: 'batch size while the rate is swept' }),
    rate: number(0.01, { min: 1e-6, max: 10, help: "Adam's rate while the batch size is swept" }),
  },
  settings: { quick: { seeds: 3, epochs: 12 }, full: { seeds: 15, epochs: 100 } },
  predict: {
    question: `Batches of ${POINTS} instead of ${USUAL_BATCH}, as many epochs: what does the loss on fresh points do?`,
    choices: ['falls', 'stays within a tenth', 'at most doubles', 'more than doubles'],
  },
  next: 'npx ts-node chapters/05-training/optimizers.ts',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { epochs, seeds, batch, rate } = options;
    const guess = await predict();

    const values = RATES.Adam.length + RATES.SGD.length;
    const bar = progress(values * seeds, 'learning rates');
    const arms: { name: Setting['optimiser']; trials: Trial[] }[] = [];
    for (const name of ['Adam', 'SGD'] as const) {
      const trials: Trial[] = [];
      for (const value of RATES[name]) {
        trials.push(await trial(value, { optimiser: name, rate: value, batchSize: batch, epochs }, options, bar.tick));
      }
      arms.push({ name, trials });
    }
    bar.done();
    for (const { name, trials } of arms) {
      section(`rate-${name.toLowerCase()}`, `Learning rate, ${name}: on fresh points after ${epochs} epochs`);
      table(['rate', 'loss: median (lowest to highest)', 'accuracy'], rows(trials));
    }
    await figure('sweep-rate', await rateFigure(arms));

    const second = progress(2 * BATCH_SIZES.length * seeds, 'batch sizes');
    const sameEpochs: Trial[] = [];
    const sameSteps: Trial[] = [];
    const steps = epochs * stepsAnEpoch(batch);
    for (const batchSize of BATCH_SIZES) {
      const setting: Setting = { optimiser: 'Adam', rate, batchSize, epochs };
      sameEpochs.push(await trial(batchSize, setting, options, second.tick));
      const fair = { ...setting, epochs: epochsFor(steps, batchSize) };
      sameSteps.push(await trial(batchSize, fair, options, second.tick));
    }
    second.done();

    section('batch-epochs', `Batch size, ${epochs} epochs with each`);
    table(
      ['batch size', 'steps', 'loss: median (lowest to highest)', 'accuracy'],
      rows(sameEpochs).map(([size, ...rest]) => [size, String(epochs * stepsAnEpoch(Number(size))), ...rest]),
    );

    section('verdict');
    const [usual, whole] = [USUAL_BATCH, POINTS].map((size) => {
      return median(sameEpochs.find(({ value }) => value === size)!.losses);
    });
    const ratio = whole / usual;
    say();
    verdict(guess, inWords(ratio), `It is ${ratio.toFixed(1)} times what it was: there were only ${epochs} steps.`);

    section('batch-steps', `Batch size, ${steps} steps with each`);
    table(
      ['batch size', 'epochs', 'loss: median (lowest to highest)', 'accuracy'],
      rows(sameSteps).map(([size, ...rest]) => [size, String(epochsFor(steps, Number(size))), ...rest]),
    );
    await figure('sweep-batch', await batchFigure(sameEpochs, sameSteps, { epochs, steps }));
  },
});

function inWords(ratio: number) {
  if (ratio < 0.9) return 'falls';
  if (ratio <= 1.1) return 'stays within a tenth';
  return ratio <= 2 ? 'at most doubles' : 'more than doubles';
}
