/**
 * Learning rates that change on the way: four schedules and two rates that stay, on one problem with so much noise
 * that a large rate never comes to rest.
 */
import { manualSeed, nn, ops, optim, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { noisyMoons } from './noisy-moons';
import { schedulesFigure } from './pictures/schedules';
import { bounded, mean, medianCurve, middleAndEnds, overSeeds } from './runs';

const POINTS = 400;
const NOISE = 0.25;
const BATCH = 10;

interface Plan {
  rate: number;
  epochs: number;
}

type Follow = (optimizer: optim.SGD, plan: { epochs: number; steps: number }) => train.Callback[];

/** Step and plateau move once an epoch, the other two after every batch. */
export const SCHEDULES: Record<string, Follow> = {
  step: (optimizer, { epochs }) => [
    train.followSchedule(new optim.StepLR(optimizer, { stepSize: Math.ceil(epochs / 2), gamma: 0.1 })),
  ],
  exponential: (optimizer, { steps }) => [
    train.followSchedule(
      new optim.ExponentialLR(optimizer, { gamma: 0.96, decaySteps: steps / 100, staircase: true }),
      { every: 'batch' },
    ),
  ],
  // #region cosine
  'cosine with warm-up': (optimizer, { steps }) => [
    train.followSchedule(
      new optim.LinearWarmup(optimizer, {
        steps: steps / 10,
        startFactor: 0.01,
        next: new optim.CosineAnnealingLR(optimizer, { tMax: 0.9 * steps }),
      }),
      { every: 'batch' },
    ),
  ],
  // #endregion
  'reduce on plateau': (optimizer) => [
    train.followSchedule(new optim.ReduceLROnPlateau(optimizer, { factor: 0.3, patience: 3 }), { monitor: 'loss' }),
  ],
};

const staysAsItIs: Follow = () => [];

/** The loss by epoch, the rate by step, and the loss of the finished network on its own points and on fresh ones. */
export async function learn(seed: number, follow: Follow, { rate, epochs }: Plan) {
  manualSeed(seed);
  const [learned, fresh] = [noisyMoons(POINTS, NOISE), noisyMoons(2000, NOISE)];
  const model = new nn.Sequential(
    new nn.Linear(2, 16),
    new nn.ReLU(),
    new nn.Linear(16, 16),
    new nn.ReLU(),
    new nn.Linear(16, 1),
  );
  const optimizer = new optim.SGD(model.parameters(), { lr: rate });
  const loss = ops.bceWithLogitsLoss;
  const rates: number[] = [];
  const watch: train.Callback = { batchEnd: () => rates.push(optimizer.paramGroups[0].lr) };
  const callbacks = [watch, ...follow(optimizer, { epochs, steps: (epochs * POINTS) / BATCH })];
  const { curves } = await train.fit(model, {
    ...learned,
    optimizer,
    loss,
    epochs,
    callbacks,
    batchSize: BATCH,
    progress: false,
  });
  const [own, other] = [
    await train.evaluate(model, { ...learned, loss, batchSize: POINTS }),
    await train.evaluate(model, { ...fresh, loss, batchSize: 2000 }),
  ];
  return { losses: curves.loss.map(bounded), rates, own: bounded(own.loss), fresh: bounded(other.loss) };
}

export interface Arm {
  name: string;
  runs: Awaited<ReturnType<typeof learn>>[];
}

script({
  about: 'Step, exponential, cosine with warm-up, reduce on plateau: the rate by step and the loss that each gives.',
  options: {
    rate: number(1, { min: 1e-4, max: 10, help: 'the rate that schedules begin with (SGD)' }),
    epochs: integer(40, { min: 6, max: 1000, help: 'passes over the 400 points' }),
    seeds: integer(5, { min: 1, max: 100, help: 'runs of each, from --seed on' }),
  },
  settings: { quick: { epochs: 20, seeds: 3 }, full: { epochs: 80, seeds: 15 } },
  predict: {
    question: 'Half way through, the step schedule cuts the rate to a tenth. What does the training loss do?',
    choices: ['it falls at once', 'nothing to be seen', 'it rises for a while'],
  },
  next: 'npx ts-node chapters/05-training/regularisation.ts --predict',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { rate, epochs, seeds } = options;
    const guess = await predict();
    const kinds: { name: string; follow: Follow; rate: number }[] = [
      { name: `always ${rate}`, follow: staysAsItIs, rate },
      { name: `always ${rate / 10}`, follow: staysAsItIs, rate: rate / 10 },
      ...Object.entries(SCHEDULES).map(([name, follow]) => ({ name, follow, rate })),
    ];
    const bar = progress(kinds.length * seeds, 'training');
    const arms: Arm[] = [];
    for (const { name, follow, rate } of kinds) {
      const runs = await overSeeds(options, async (seed) => {
        const run = await learn(seed, follow, { rate, epochs });
        await bar.tick(name);
        return run;
      });
      arms.push({ name, runs });
    }
    bar.done();

    section('losses', `After ${epochs} epochs, ${seeds} seeds`);
    table(
      ['rate', 'training loss: median (lowest to highest)', 'loss on fresh points'],
      arms.map(({ name, runs }) => [
        name,
        middleAndEnds(runs.map(({ own }) => own)),
        middleAndEnds(runs.map(({ fresh }) => fresh)),
      ]),
    );

    section('cut', 'Around the cut of the step schedule: training loss by epoch, median');
    const cut = Math.ceil(epochs / 2);
    const losses = medianCurve(arms.find(({ name }) => name === 'step')!.runs.map(({ losses }) => losses));
    const around = [-3, -2, -1, 0, 1, 2].map((i) => cut + i).filter((i) => i < epochs);
    table(
      ['epoch', 'rate', 'loss'],
      around.map((i) => [String(i + 1), String(i < cut ? rate : rate / 10), losses[i].toFixed(3)]),
    );

    section('verdict');
    const before = mean(losses.slice(cut - 3, cut));
    const after = mean(losses.slice(cut, cut + 2));
    say();
    const why = `From ${before.toFixed(3)} before the cut to ${after.toFixed(3)} in the two epochs after it.`;
    verdict(guess, inWords(after / before), why);
    await figure('schedules', await schedulesFigure(arms, POINTS / BATCH));
  },
});

function inWords(ratio: number) {
  if (ratio < 0.93) return 'it falls at once';
  return ratio > 1.07 ? 'it rises for a while' : 'nothing to be seen';
}
