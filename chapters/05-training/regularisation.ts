/**
 * What keeps a network from learning its examples by heart: a large network, sixty noisy points, and dropout, L1, L2,
 * weight decay, early stopping, more points, or nothing.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { noisyMoons } from './noisy-moons';
import { armsFigure, bordersFigure, overfittingFigure } from './pictures/regularisation';
import { bestEpoch, curveOf, middleAndEnds, overSeeds } from './runs';
import { median } from './seeds';

const NOISE = 0.35;
const WIDTH = 32;
const RATE = 0.01;

/** What is done against learning by heart; all of it is 0 or absent in the plain network. */
export interface Remedy {
  dropout?: number;
  l1?: number;
  l2?: number;
  weightDecay?: number;
  patience?: number; // of early stopping
  points?: number;
}

/** Each strength is the best of three by validation loss on the seeds 100 to 104, which count for nothing else. */
const remedies = (points: number, strength: number): Record<string, Remedy> => ({
  nothing: {},
  'early stopping': { patience: 30 },
  dropout: { dropout: Math.min(0.7 * strength, 0.95) },
  L1: { l1: 0.01 * strength },
  L2: { l2: 0.01 * strength },
  'weight decay': { weightDecay: 3 * strength },
  'ten times the points': { points: 10 * points },
});

function network(dropout = 0): nn.Sequential {
  const drop = () => (dropout > 0 ? [new nn.Dropout(dropout)] : []);
  return new nn.Sequential(
    ...[new nn.Linear(2, WIDTH), new nn.ReLU(), ...drop()],
    ...[new nn.Linear(WIDTH, WIDTH), new nn.ReLU(), ...drop()],
    new nn.Linear(WIDTH, 1),
  );
}

// #region penalty
/** L1 adds up the sizes of all weights, L2 their squares; biases go free. */
function penalty(model: nn.Module, { l1 = 0, l2 = 0 }: Remedy): Tensor {
  const weights = model.parameters().filter(({ rank }) => rank === 2);
  const sizes = weights.map((w) => (l1 > 0 ? w.abs().sum().mul(l1) : w.pow(2).sum().mul(l2)));
  return sizes.reduce((sum, size) => sum.add(size));
}
// #endregion

/** One life: the curves of loss and accuracy, and what the network is worth on 2,000 points it has never seen. */
export async function learn(seed: number, remedy: Remedy, { points, epochs }: { points: number; epochs: number }) {
  manualSeed(seed);
  const [test, validation] = [noisyMoons(2000, NOISE), noisyMoons(300, NOISE)];
  const learned = noisyMoons(remedy.points ?? points, NOISE);
  const model = network(remedy.dropout);
  const optimizer = new optim.AdamW(model.parameters(), { lr: RATE, weightDecay: remedy.weightDecay ?? 0 });
  const penalised = remedy.l1 || remedy.l2;
  const loss: train.Loss = (score, target) => {
    const error = ops.bceWithLogitsLoss(score, target);
    return penalised && model.training ? error.add(penalty(model, remedy)) : error;
  };
  const metrics = [train.accuracy({ threshold: 0 })];
  const { curves } = await train.fit(model, {
    ...learned,
    validation,
    optimizer,
    loss,
    metrics,
    epochs,
    batchSize: 10_000, // all points at once
    callbacks: remedy.patience ? [train.earlyStopping({ patience: remedy.patience })] : [],
    progress: false,
  });
  const judge = (data: typeof test) => train.evaluate(model, { ...data, loss, metrics, batchSize: 2000 });
  const [own, unseen] = [await judge(learned), await judge(test)];
  return { model, learned, curves, own, test: unseen, nearZero: await nearZero(model) };
}

/** The share of weights that are as good as 0. */
async function nearZero(model: nn.Module): Promise<number> {
  const weights = model.parameters().filter(({ rank }) => rank === 2);
  const all = (await Promise.all(weights.map((w) => w.data()))).flatMap((values) => [...values]);
  return all.filter((w) => Math.abs(w) < 0.01).length / all.length;
}

export type Life = Awaited<ReturnType<typeof learn>>;

export interface Arm {
  name: string;
  lives: Life[];
}

const CHOICES = ['it falls below 0.6', 'it falls by 0.10 or more', 'it moves by less than 0.10', 'it rises'] as const;

script({
  about: 'Dropout, L1, L2, weight decay, early stopping and more data against learning sixty noisy points by heart.',
  options: {
    points: integer(60, { min: 4, max: 600, help: 'to learn from' }),
    strength: number(1, { min: 0, max: 100, help: 'multiplies dropout, penalties and decay' }),
    epochs: integer(300, { min: 2, max: 5000, help: 'passes over the points' }),
    seeds: integer(5, { min: 1, max: 100, help: 'runs with each, from --seed on' }),
  },
  settings: { quick: { seeds: 3, epochs: 160 }, full: { seeds: 15, epochs: 1000 } },
  predict: {
    question:
      'The loss of the plain network on validation points rises to a multiple. What does its accuracy there do?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/05-training/normalisation.ts',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { points, strength, epochs, seeds } = options;
    const guess = await predict();
    const all = Object.entries(remedies(points, strength));
    const bar = progress(all.length * seeds, 'training');
    const tryOut = async ([name, remedy]: [string, Remedy]): Promise<Arm> => {
      const lives = await overSeeds(options, async (seed) => {
        const life = await learn(seed, remedy, { points, epochs });
        await bar.tick(name);
        return life;
      });
      return { name, lives };
    };

    const plain = await tryOut(all[0]);
    const best = bestEpoch(curveOf(plain.lives, 'valLoss'));
    await figure('overfitting-by-heart', await overfittingFigure(plain, best));
    section('by-heart', `Nothing done, ${points} points, medians of ${seeds} seeds`);
    const names = ['loss', 'accuracy', 'valLoss', 'valAccuracy'];
    table(
      ['epoch', 'training loss', 'training accuracy', 'validation loss', 'validation accuracy'],
      [best, epochs].map((epoch) => [
        String(epoch),
        ...names.map((name) => curveOf(plain.lives, name)[epoch - 1].toFixed(3)),
      ]),
    );
    section('verdict');
    const accuracies = curveOf(plain.lives, 'valAccuracy');
    const [from, to] = [accuracies[best - 1], accuracies[epochs - 1]];
    say();
    verdict(guess, inWords(from, to), `It went from ${from.toFixed(2)} to ${to.toFixed(2)}.`);

    const arms = [plain];
    for (const entry of all.slice(1)) arms.push(await tryOut(entry));
    bar.done();
    section('remedies', `After ${epochs} epochs, on 2,000 points never seen: median (lowest to highest)`);
    table(
      ['', 'training loss', 'test loss', 'test accuracy', 'weights near 0'],
      arms.map(({ name, lives }) => [
        name,
        median(lives.map(({ own }) => own.loss)).toFixed(3),
        middleAndEnds(lives.map(({ test }) => test.loss)),
        middleAndEnds(lives.map(({ test }) => test.accuracy)),
        `${Math.round(100 * median(lives.map(({ nearZero }) => nearZero)))} %`,
      ]),
    );
    const drawn = arms.slice(0, -1); // more points are no remedy of the same kind, and have curves of another kind
    await figure('regularisation', await armsFigure(drawn));
    await figure('regularisation-borders', await bordersFigure(drawn));
  },
});

function inWords(from: number, to: number): (typeof CHOICES)[number] {
  if (to < 0.6) return 'it falls below 0.6';
  if (Math.abs(to - from) < 0.1) return 'it moves by less than 0.10';
  return to < from ? 'it falls by 0.10 or more' : 'it rises';
}
