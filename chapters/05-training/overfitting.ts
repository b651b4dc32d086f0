/**
 * Two ways to fool oneself: a network that learns its examples by heart, and a chooser who takes the luckiest of many
 * for the best. Both look splendid, until somebody asks about data that had no part in it.
 */
import { manualSeed, nn, ops, optim, randint, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { noisyMoons } from './noisy-moons';
import { heartFigure } from './pictures/overfitting';
import { bestEpoch } from './runs';
import { median } from './seeds';

const FRESH = 500; // points that judge, and are never learned from
const BATCH = 40;

export interface Settings {
  points: number;
  units: number;
  noise: number;
  steps: number;
}

// #region learn
/** Learns `points` noisy moons by `steps` steps; after each epoch it is judged by fresh points. */
export async function learn(seed: number, { points, units, noise, steps }: Settings) {
  manualSeed(seed);
  const [training, fresh] = [noisyMoons(points, noise), noisyMoons(FRESH, noise)];
  const judges = new train.TensorDataset(fresh.x, fresh.y);
  const model = new nn.Sequential(
    new nn.Linear(2, units),
    new nn.ReLU(),
    new nn.Linear(units, units),
    new nn.ReLU(),
    new nn.Linear(units, 1),
  );
  const { curves } = await train.fit(model, {
    ...training,
    validation: { data: new train.DataLoader(judges, { batchSize: FRESH }) }, // all in one batch
    batchSize: BATCH,
    epochs: Math.ceil((steps * BATCH) / points),
    loss: ops.bceWithLogitsLoss,
    optimizer: new optim.Adam(model.parameters(), { lr: 0.01 }),
    metrics: [train.accuracy({ threshold: 0 })],
    progress: false,
  });
  return { model, training, curves };
}
// #endregion

export type Learned = Awaited<ReturnType<typeof learn>>;

const CURVES = ['loss', 'valLoss', 'accuracy', 'valAccuracy'];
const HEADINGS = ['training loss', 'fresh loss', 'training accuracy', 'fresh accuracy'];

const rowOf = ({ curves }: Learned, epoch: number): string[] => [
  String(epoch),
  ...CURVES.map((name) => curves[name][epoch - 1].toFixed(3)),
];

/** What the curves end at, the medians over several seeds. */
async function medianEnds(seeds: number[], settings: Settings, tick: () => Promise<void>): Promise<string[]> {
  const ends: number[][] = [];
  for (const seed of seeds) {
    const { curves } = await learn(seed, settings);
    ends.push(CURVES.map((name) => curves[name][curves[name].length - 1]));
    await tick();
  }
  return CURVES.map((_, k) => median(ends.map((end) => end[k])).toFixed(3));
}

// #region coins
/** Coins guess the labels; the best on the validation heap is chosen, and then asked about the test heap. */
export async function bestCoin(coins: number, examples: number): Promise<Shares> {
  const guesses = randint(0, 2, [coins, examples]);
  const labels = randint(0, 2, [examples]);
  const right = guesses.eq(labels).to('float32').mean(1); // [coins]
  const [guess, label] = [randint(0, 2, [1000]), randint(0, 2, [1000])]; // the chosen coin, on examples it never saw
  return { validation: await right.max().item(), test: await guess.eq(label).to('float32').mean().item() };
}
// #endregion

/** What share of each heap a coin has right. */
interface Shares {
  validation: number;
  test: number;
}

/** The medians of many choosings. */
async function choose(coins: number, examples: number, times: number): Promise<Shares> {
  const chosen: Shares[] = [];
  for (let i = 0; i < times; i++) chosen.push(await bestCoin(coins, examples));
  return {
    validation: median(chosen.map(({ validation }) => validation)),
    test: median(chosen.map(({ test }) => test)),
  };
}

const CHOICES = ['about 50 %', 'about 60 %', 'about 70 %', 'about 80 %'] as const;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

script({
  about: 'Overfitting: learning forty points by heart, and choosing the best of a hundred coins.',
  options: {
    points: integer(40, { min: 2, max: 1000, help: 'how many to learn from' }),
    units: integer(32, { min: 1, max: 256, help: 'in each of the two hidden layers' }),
    noise: number(0.3, { min: 0, max: 2, help: 'how far the points stray from their moon' }),
    steps: integer(400, { min: 10, help: 'steps of Adam' }),
    starts: integer(5, { min: 1, max: 100, help: 'seeds for the comparison of sizes' }),
  },
  settings: { quick: { starts: 3 }, full: { starts: 20, steps: 2000 } },
  predict: {
    question: 'A hundred coins guess 50 labels, heads or tails. How many does the best of them get right?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/05-training/blobs.ts',
  async run({ options: { seed, starts, ...settings }, say, section, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    section('heart', `${settings.points} noisy points, learned by heart`);
    const run = await learn(seed, settings);
    const [best, last] = [bestEpoch(run.curves.valLoss), run.curves.loss.length];
    say(`${run.model.parameterCount()} parameters; judged by ${FRESH} fresh points\n`);
    table(
      ['epoch', ...HEADINGS],
      [...new Set([1, best, Math.ceil(last / 4), last])].sort((a, b) => a - b).map((epoch) => rowOf(run, epoch)),
    );
    const stepsToBest = Math.ceil((best * settings.points) / BATCH);
    const atBest = await learn(seed, { ...settings, steps: stepsToBest }); // the same run, and no further
    await figure('overfitting', await heartFigure(run, atBest, best));

    section('more', `More points to learn from, ${settings.steps} steps, medians of ${starts} seeds`);
    const sizes = [1, 10, 100].map((times) => times * settings.points);
    const bar = progress(sizes.length * starts, 'training');
    const rows: string[][] = [];
    for (const points of sizes) {
      const seeds = Array.from({ length: starts }, (_, i) => seed + i);
      rows.push([String(points), ...(await medianEnds(seeds, { ...settings, points }, bar.tick))]);
    }
    bar.done();
    table(['points', ...HEADINGS], rows);

    manualSeed(seed);
    section('coins', 'Coins that guess; medians of 50 tries');
    const tries: (Shares & { coins: number; examples: number })[] = [];
    for (const coins of [1, 10, 100])
      for (const examples of [50, 1000]) tries.push({ coins, examples, ...(await choose(coins, examples, 50)) });
    table(
      ['coins', 'validation heap', 'best coin there', 'the same coin on the test heap'],
      tries.map(({ coins, examples, validation, test }) => [coins, examples, percent(validation), percent(test)]),
    );
    const { validation } = tries.find(({ coins, examples }) => coins === 100 && examples === 50)!;
    const truth = CHOICES[Math.min(3, Math.max(0, Math.round(10 * validation) - 5))];
    say();
    verdict(guess, truth, `It was ${percent(validation)}: among a hundred there is always a lucky one.`);
  },
});
