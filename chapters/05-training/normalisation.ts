/**
 * Batch norm before the activation, layer norm, better first weights, or nothing: how the loss of a deep, narrow
 * network falls at rates from much too small to much too large.
 */
import { manualSeed, nn, ops, optim, train } from '../../core';
import { spirals } from '../../datasets';
import { integer, script } from '../shared/script';
import { curvesFigure, ratesFigure } from './pictures/normalisation';
import { bounded, ending, medianCurve, middleAndEnds, overSeeds } from './runs';
import { median } from './seeds';

const RATES = [0.001, 0.01, 0.1, 1];
const BETWEEN = [0.003, 0.03, 0.3]; // where there is time for them
const WIDTH = 16;
const CHANCE = Math.log(3); // the loss of a network that gives each of three classes a third

// #region network
type Norm = () => nn.BatchNorm1d | nn.LayerNorm;

/** Hidden layers of 16 units, each followed by the norm, if there is one, and then by the activation. */
function network(depth: number, norm?: Norm): nn.Sequential {
  const hidden = Array.from({ length: depth }, (_, i) => [
    new nn.Linear(i === 0 ? 2 : WIDTH, WIDTH),
    ...(norm ? [norm()] : []),
    new nn.ReLU(),
  ]);
  return new nn.Sequential(...hidden.flat(), new nn.Linear(WIDTH, 3));
}
// #endregion

function withHeWeights(model: nn.Sequential): nn.Sequential {
  for (const layer of model.modules()) {
    if (layer instanceof nn.Linear) layer.weight.become(nn.init.heNormal(layer.weight.shape));
  }
  return model;
}

export const KINDS: Record<string, (depth: number) => nn.Sequential> = {
  nothing: (depth) => network(depth),
  'He weights': (depth) => withHeWeights(network(depth)),
  'batch norm': (depth) => network(depth, () => new nn.BatchNorm1d(WIDTH)),
  'layer norm': (depth) => network(depth, () => new nn.LayerNorm(WIDTH)),
};

export interface Plan {
  depth: number;
  rate: number;
  epochs: number;
  batch: number;
}

/** Three spirals of 300 points: the training loss by epoch, and what fresh points say. */
export async function learn(seed: number, kind: (depth: number) => nn.Sequential, plan: Plan) {
  manualSeed(seed);
  const [{ x, y }, fresh] = [spirals(300), spirals(600)];
  const model = kind(plan.depth);
  const optimizer = new optim.SGD(model.parameters(), { lr: plan.rate });
  const { curves } = await train.fit(model, {
    x,
    y,
    optimizer,
    loss: ops.crossEntropy,
    epochs: plan.epochs,
    batchSize: plan.batch,
    progress: false,
  });
  const metrics = [train.accuracy()];
  const { accuracy } = await train.evaluate(model, { x: fresh.x, y: fresh.y, metrics });
  const losses = curves.loss.map(bounded);
  return { losses, end: ending(losses), accuracy };
}

/** All runs of one kind at one rate. */
export interface Trial {
  name: string;
  rate: number;
  losses: number[]; // by epoch, medians
  end: number; // median
  accuracies: number[];
}

script({
  about: 'Batch norm, layer norm, He weights or nothing in a deep network, at rates over three powers of ten.',
  options: {
    depth: integer(6, { min: 1, max: 30, help: 'hidden layers' }),
    epochs: integer(30, { min: 1, max: 1000, help: 'passes over the 300 points' }),
    batch: integer(30, { min: 2, max: 300, help: 'batch size' }),
    seeds: integer(5, { min: 1, max: 100, help: 'runs with each, from --seed on' }),
  },
  settings: { quick: { seeds: 3, epochs: 12 }, full: { seeds: 15, epochs: 100 } },
  next: 'npm run exercises 05',
  async run({ options, section, table, figure, progress }) {
    const { depth, epochs, seeds, batch, quick } = options;
    const rates = [...RATES, ...(quick ? [] : BETWEEN)].sort((a, b) => a - b);
    const bar = progress(Object.keys(KINDS).length * rates.length * seeds, 'training');
    const trials: Trial[] = [];
    for (const [name, kind] of Object.entries(KINDS)) {
      for (const rate of rates) {
        const runs = await overSeeds(options, async (seed) => {
          const run = await learn(seed, kind, { depth, rate, epochs, batch });
          await bar.tick(name);
          return run;
        });
        trials.push({
          name,
          rate,
          losses: medianCurve(runs.map(({ losses }) => losses)),
          end: median(runs.map(({ end }) => end)),
          accuracies: runs.map(({ accuracy }) => accuracy),
        });
      }
    }
    bar.done();
    const names = Object.keys(KINDS);
    const find = (name: string, rate: number) => trials.find((trial) => trial.name === name && trial.rate === rate)!;

    section(
      'losses',
      `Training loss at the end of ${epochs} epochs, median of ${seeds} (chance: ${CHANCE.toFixed(3)})`,
    );
    table(
      ['rate', ...names],
      rates.map((rate) => [String(rate), ...names.map((name) => find(name, rate).end.toFixed(3))]),
    );
    section('accuracies', 'Accuracy on fresh points: median (lowest to highest)');
    table(
      ['rate', ...names],
      rates.map((rate) => [String(rate), ...names.map((name) => middleAndEnds(find(name, rate).accuracies, 2))]),
    );
    await figure(
      'normalisation',
      await ratesFigure(names.map((name) => trials.filter((trial) => trial.name === name))),
    );
    await figure(
      'normalisation-curves',
      await curvesFigure(RATES.map((rate) => names.map((name) => find(name, rate)))),
    );
  },
});
