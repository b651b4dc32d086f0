/**
 * A network learns six classes from many pictures and is saved. Loaded again, it gets a new head and learns four new
 * classes from few: beside one that starts from nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualSeed } from '../../core';
import { pictureNames } from '../../datasets';
import { UsageError } from '../shared/options';
import { integer, numbers, script } from '../shared/script';
import { transferFigure } from './pictures/transfer';
import { accuracyOn, type Examples, examples, extractFeatures, fineTune, fromScratch, load, save } from './strategies';

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

export type Accuracies = Record<'from scratch' | 'frozen base' | 'fine-tuned', number>;

export interface Task {
  seen: Examples;
  fresh: Examples;
  classes: number;
}

// #region compare
/** All three learn from the same pictures; both that have been taught before begin with the same file. */
export async function compare(seed: number, file: string, { seen, fresh, classes }: Task, shown: number) {
  manualSeed(seed);
  const epochs = epochsFor(seen.y.size, shown);
  const scratch = await fromScratch(seen, classes, { epochs, rate: 2e-3 });
  const frozen = await extractFeatures(file, seen, classes, { epochs: 2 * epochs, rate: 1e-2 });
  const accuracies: Accuracies = {
    'from scratch': await accuracyOn(scratch, fresh),
    'frozen base': await accuracyOn(frozen, fresh),
    'fine-tuned': await accuracyOn(await fineTune(frozen, seen, { epochs, rate: 1e-3 }), fresh),
  };
  return accuracies;
}
// #endregion

export const RATES = [1e-5, 1e-3, 1e-1];

/** Fine-tuning at several rates: accuracy on fresh pictures of the new classes. */
export async function atRates(seed: number, file: string, seen: Examples, fresh: Examples, shown: number) {
  const epochs = epochsFor(seen.y.size, shown);
  const accuracies: number[] = [];
  for (const rate of RATES) {
    manualSeed(seed);
    const network = await extractFeatures(file, seen, NEW.length, { epochs: 2 * epochs, rate: 1e-2 });
    accuracies.push(await accuracyOn(await fineTune(network, seen, { epochs, rate }), fresh));
  }
  return accuracies;
}

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
    test: integer(400, { min: 40, help: 'fresh pictures to be judged by' }),
  },
  settings: {
    quick: { pretraining: 800, perClass: [5, 20, 60], shown: 600, test: 200 },
    full: { pretraining: 6000, test: 1000 },
  },
  predict: {
    question: 'Fine-tuned with 20 pictures a class. How many does a network from scratch need to do as well?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/08-transfer-learning/augment.ts',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { seed, pretraining, perClass: counts, shown, test } = options;
    if (!counts.includes(20)) throw new UsageError('--per-class: 20 must be among the numbers; it is what is compared');
    const guess = await predict();
    const folder = await mkdtemp(join(tmpdir(), 'transfer-'));
    const file = join(folder, 'base.safetensors');

    section('pretrain', 'Before');
    const bar = progress(6 * Math.ceil(pretraining / 32), 'pre-training');
    const before = await pretrain(seed, pretraining, file, bar.tick);
    bar.done();
    say(`${pretraining} pictures: ${namesOf(OLD)}`);
    say(`saved, loaded, asked about fresh ones: ${before.toFixed(3)} named rightly`);

    section('compare', `Four new classes: ${namesOf(NEW)}`);
    const fresh = examples(test, NEW, seed + 3000);
    const work = progress(counts.length + 1, 'new classes');
    const all: Accuracies[] = [];
    for (const count of counts) {
      const seen = examples(count * NEW.length, NEW, seed + 4000);
      all.push(await compare(seed, file, { seen, fresh, classes: NEW.length }, shown));
      await work.tick();
    }
    const twenty = examples(20 * NEW.length, NEW, seed + 4000);
    const byRate = await atRates(seed, file, twenty, fresh, shown);
    await work.tick();
    work.done();
    await rm(folder, { recursive: true });
    const names = Object.keys(all[0]) as (keyof Accuracies)[];
    table(
      ['pictures a class', ...names],
      counts.map((count, i) => [count, ...names.map((name) => all[i][name].toFixed(3))]),
    );
    const lines = Object.fromEntries(names.map((name) => [name, all.map((each) => each[name])]));
    await figure('transfer', await transferFigure(counts, lines));
    say();
    const at20 = all[counts.indexOf(20)];
    verdict(
      guess,
      needed(counts, lines),
      `With 20 of each: from scratch ${at20['from scratch'].toFixed(2)}, fine-tuned ${at20['fine-tuned'].toFixed(2)}.`,
    );

    section('rates', 'Fine-tuning with 20 pictures of each, at three rates');
    table(
      ['rate of the head', 'of the lowest block that learns', 'accuracy'],
      RATES.map((rate, i) => [rate.toExponential(0), (rate / 8).toExponential(1), byRate[i].toFixed(3)]),
    );
  },
});
