/**
 * Six optimisers on one problem: each tries four rates on three seeds, takes the one that suits it best, and runs with
 * it on others.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { spirals } from '../../datasets';
import { integer, script } from '../shared/script';
import { curvesFigure, forgivingFigure } from './pictures/optimizers';
import { bounded, ending, medianCurve, middleAndEnds, overSeeds } from './runs';
import { median } from './seeds';

type Maker = (parameters: Tensor[], lr: number) => optim.Optimizer<{ lr: number }>;

/** Each with four rates: a third of a usual one, the usual one, three times and ten times it. */
export const OPTIMISERS: Record<string, { make: Maker; rates: number[] }> = {
  SGD: { make: (p, lr) => new optim.SGD(p, { lr }), rates: [0.3, 1, 3, 10] },
  momentum: { make: (p, lr) => new optim.SGD(p, { lr, momentum: 0.9 }), rates: [0.03, 0.1, 0.3, 1] },
  Nesterov: {
    make: (p, lr) => new optim.SGD(p, { lr, momentum: 0.9, nesterov: true }),
    rates: [0.03, 0.1, 0.3, 1],
  },
  RMSprop: { make: (p, lr) => new optim.RMSprop(p, { lr }), rates: [0.01, 0.03, 0.1, 0.3] },
  Adam: { make: (p, lr) => new optim.Adam(p, { lr }), rates: [0.01, 0.03, 0.1, 0.3] },
  AdamW: {
    make: (p, lr) => new optim.AdamW(p, { lr, weightDecay: 0.01 }),
    rates: [0.01, 0.03, 0.1, 0.3],
  },
};

const TUNING_SEED = 1000; // far from the seeds that count

/** Three spirals of 300 points, a 2-16-16-3 network, batches of 30: the loss by epoch, and what fresh points say. */
export async function learn(seed: number, make: Maker, { rate, epochs }: { rate: number; epochs: number }) {
  manualSeed(seed);
  const [{ x, y }, fresh] = [spirals(300), spirals(600)];
  const model = new nn.Sequential(
    new nn.Linear(2, 16),
    new nn.ReLU(),
    new nn.Linear(16, 16),
    new nn.ReLU(),
    new nn.Linear(16, 3),
  );
  const optimizer = make(model.parameters(), rate);
  const loss = ops.crossEntropy;
  const { curves } = await train.fit(model, { x, y, optimizer, loss, epochs, batchSize: 30, progress: false });
  const { accuracy } = await train.evaluate(model, { x: fresh.x, y: fresh.y, metrics: [train.accuracy()] });
  const losses = curves.loss.map(bounded);
  return { losses, end: ending(losses), accuracy };
}

export interface Arm {
  name: string;
  tried: { rate: number; loss: number }[];
  rate: number;
  runs: Awaited<ReturnType<typeof learn>>[];
}

const GOOD = 0.1; // a loss at which the spirals are learned

/** The first epoch at which the median is below GOOD. */
function epochsToGood(runs: Arm['runs']): string {
  const epoch = medianCurve(runs.map(({ losses }) => losses)).findIndex((loss) => loss < GOOD);
  return epoch < 0 ? 'never' : String(epoch + 1);
}

script({
  about: 'SGD, momentum, Nesterov, RMSprop, Adam and AdamW on three spirals, each at the rate that suits it best.',
  options: {
    epochs: integer(40, { min: 1, max: 1000, help: 'passes over the 300 points' }),
    seeds: integer(5, { min: 1, max: 100, help: 'runs of each optimiser, from --seed on' }),
    tuning: integer(3, { min: 1, max: 20, help: 'other seeds, on which the rates are compared' }),
  },
  settings: { quick: { epochs: 20, seeds: 3 }, full: { epochs: 100, seeds: 15, tuning: 5 } },
  next: 'npx ts-node chapters/05-training/schedules.ts',
  async run({ options, section, table, figure, progress }) {
    const { seed, epochs, seeds, tuning } = options;
    const optimisers = Object.entries(OPTIMISERS);
    const bar = progress(optimisers.length * (4 * tuning + seeds), 'training');
    const arms: Arm[] = [];
    for (const [name, { make, rates }] of optimisers) {
      const several = (rate: number, from: { seed: number; seeds: number }) =>
        overSeeds(from, async (seed) => {
          const run = await learn(seed, make, { rate, epochs });
          await bar.tick(name);
          return run;
        });
      const tried: Arm['tried'] = [];
      for (const rate of rates) {
        const runs = await several(rate, { seed: TUNING_SEED, seeds: tuning });
        tried.push({ rate, loss: median(runs.map(({ end }) => end)) });
      }
      const { rate } = tried.reduce((best, other) => (other.loss < best.loss ? other : best));
      arms.push({ name, tried, rate, runs: await several(rate, { seed, seeds }) });
    }
    bar.done();

    section('rates', `Training loss at the end of ${epochs} epochs, by rate`);
    table(
      ['', 'usual rate', 'a third of it', 'usual', 'three times', 'ten times'],
      arms.map(({ name, tried }) => [name, String(tried[1].rate), ...tried.map(({ loss }) => loss.toFixed(3))]),
    );
    section('race', `Each at its best rate, on ${seeds} other seeds`);
    table(
      ['', 'rate', 'training loss: median (lowest to highest)', `epochs to ${GOOD}`, 'accuracy on fresh points'],
      arms.map(({ name, rate, runs }) => [
        name,
        String(rate),
        middleAndEnds(runs.map(({ end }) => end)),
        epochsToGood(runs),
        middleAndEnds(runs.map(({ accuracy }) => accuracy)),
      ]),
    );
    await figure('optimizers', await curvesFigure(arms));
    await figure('optimizers-rates', await forgivingFigure(arms));
  },
});
