/**
 * A network learns six classes from many pictures and is saved. Loaded again, it gets a new head and learns four new
 * classes from few: beside one that starts from nothing.
 */
import { manualSeed, type nn } from '../../core';
import { pictureNames } from '../../datasets';
import { UsageError } from '../shared/options';
import { integer, numbers, script } from '../shared/script';
import { transferFigure } from './pictures/transfer';
import {
  accuracyOn,
  type Examples,
  examples,
  extractFeatures,
  fineTune,
  fromScratch,
  load,
  save,
  withFile,
} from './strategies';

export const OLD = [0, 1, 2, 3, 4, 5];
export const NEW = [6, 7, 8, 9];

export const namesOf = (classes: readonly number[]): string => classes.map((label) => pictureNames[label]).join(', ');

/** Few pictures are gone through more often, so that every network makes a good number of steps. */
export const epochsFor = (count: number, shown: number): number => Math.max(8, Math.ceil(shown / count));

// #region pretrain
export async function pretrain(seed: number, count: number, file: string, tick?: () => unknown): Promise<number> {
  manualSeed(seed);
  const network = await fromScratch(examples(count, OLD, seed + 1000), OLD.length, { epochs: 6, rate: 2e-3, tick });
  await save(network, file);
  return accuracyOn(await load(file), examples(300, OLD, seed + 2000));
}
// #endregion

export interface Task {
  /** To learn from. */
  seen: Examples;
  /** To choose a rate by. */
  aside: Examples;
  /** To be judged by, once. */
  fresh: Examples;
  classes: number;
}

/** The four new classes, some pictures of each to learn from. */
export const newClasses = (seed: number, perClass: number, test: number): Task => ({
  seen: examples(perClass * NEW.length, NEW, seed + 4000),
  aside: examples(400, NEW, seed + 5000),
  fresh: examples(test, NEW, seed + 3000),
  classes: NEW.length,
});

export interface Outcome {
  /** On the pictures set aside, for each rate. */
  tried: number[];
  /** The rate that did best on them. */
  rate: number;
  /** With that rate, on fresh pictures. */
  accuracy: number;
}

export interface Setting {
  shown: number;
  rates: readonly number[];
}

export const RATES = [1e-4, 1e-3, 1e-2, 1e-1];

// #region compare
/** All three learn from the same pictures, each at its own best rate; both with a base begin with the same file. */
export async function compare(seed: number, file: string, { seen, aside, fresh, classes }: Task, setting: Setting) {
  const epochs = epochsFor(seen.y.size, setting.shown);

  async function best(teach: (rate: number) => Promise<nn.Sequential>): Promise<Outcome> {
    const tried: number[] = [];
    const networks: nn.Sequential[] = [];
    for (const rate of setting.rates) {
      manualSeed(seed);
      networks.push(await teach(rate));
      tried.push(await accuracyOn(networks[networks.length - 1], aside));
    }
    const chosen = tried.indexOf(Math.max(...tried));
    return { tried, rate: setting.rates[chosen], accuracy: await accuracyOn(networks[chosen], fresh) };
  }

  const newHeadAt = (rate: number) => extractFeatures(file, seen, classes, { epochs: 2 * epochs, rate });
  const scratch = await best((rate) => fromScratch(seen, classes, { epochs, rate }));
  const frozen = await best(newHeadAt);
  const tuned = await best(async (rate) => fineTune(await newHeadAt(frozen.rate), seen, { epochs, rate }));
  return { 'from scratch': scratch, 'frozen base': frozen, 'fine-tuned': tuned };
}
// #endregion

export type Outcomes = Awaited<ReturnType<typeof compare>>;

const CHOICES = ['20', 'up to 100', 'more than 100'] as const;

/** How many pictures of each class it takes to do as well from scratch as fine-tuned with 20. */
function needed(counts: readonly number[], { 'from scratch': scratch, 'fine-tuned': tuned }: Record<string, number[]>) {
  const enough = counts.find((count, i) => count >= 20 && scratch[i] >= tuned[counts.indexOf(20)]) ?? Infinity;
  return CHOICES[enough <= 20 ? 0 : enough <= 100 ? 1 : 2];
}

script({
  about: 'Learns six classes, then four new ones from few pictures: from scratch, frozen, fine-tuned.',
  options: {
    pretraining: integer(2500, { min: 60, help: 'pictures of the six old classes' }),
    perClass: numbers([5, 20, 100, 500], { length: 'any', help: 'pictures of each new class, 20 among them' }),
    shown: integer(3000, { min: 100, help: 'few pictures are repeated until so many have been shown' }),
    rates: numbers(RATES, { length: 'any', help: 'that each way tries' }),
    test: integer(400, { min: 40, help: 'fresh pictures to be judged by' }),
  },
  settings: {
    quick: { pretraining: 800, perClass: [5, 20, 100], shown: 600, rates: [1e-3, 1e-2], test: 200 },
    full: { pretraining: 6000, test: 1000 },
  },
  predict: {
    question: 'Fine-tuned with 20 pictures a class. How many does a network from scratch need to do as well?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/08-transfer-learning/augment.ts',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { seed, pretraining, perClass: counts, rates, test } = options;
    if (!counts.includes(20)) throw new UsageError('--per-class: 20 must be among the numbers; it is what is compared');
    const guess = await predict();
    const all: Outcomes[] = [];
    await withFile(async (file) => {
      section('pretrain', 'Before');
      const bar = progress(6 * Math.ceil(pretraining / 32), 'pre-training');
      const before = await pretrain(seed, pretraining, file, bar.tick);
      bar.done();
      say(`${pretraining} pictures: ${namesOf(OLD)}`);
      say(`saved, loaded, asked about fresh ones: ${before.toFixed(3)} named rightly`);

      section('compare', `Four new classes: ${namesOf(NEW)}`);
      const work = progress(counts.length, 'new classes');
      for (const count of counts) {
        all.push(await compare(seed, file, newClasses(seed, count, test), options));
        await work.tick();
      }
      work.done();
    });
    const names = Object.keys(all[0]) as (keyof Outcomes)[];
    table(
      ['pictures a class', ...names],
      counts.map((count, i) => [count, ...names.map((name) => all[i][name].accuracy.toFixed(3))]),
    );
    const lines = Object.fromEntries(names.map((name) => [name, all.map((each) => each[name].accuracy)]));
    await figure('transfer', await transferFigure(counts, lines));
    say();
    const twenty = counts.indexOf(20);
    const at20 = (name: keyof Outcomes) => all[twenty][name].accuracy.toFixed(2);
    verdict(
      guess,
      needed(counts, lines),
      `With 20 of each: from scratch ${at20('from scratch')}, fine-tuned ${at20('fine-tuned')}.`,
    );

    section('rates', 'With 20 of each, on the pictures set aside');
    table(
      ['rate', ...names],
      rates.map((rate, i) => [rate.toExponential(0), ...names.map((name) => all[twenty][name].tried[i].toFixed(3))]),
    );
  },
});
